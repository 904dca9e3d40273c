import { join } from "node:path";
import { MANIFEST_FILE } from "../results/manifest.ts";

/** How far below the folder that is searched a results folder may lie. */
const MAX_DEPTH = 3;

/** The folders with a manifest.json: `folder` itself or, if it has none, those below it; in the order of their paths. */
export function findResults(folder: string, depth = MAX_DEPTH): string[] {
  const entries = list(folder);
  if (entries.some(({ name, isFile }) => isFile && name === MANIFEST_FILE)) return [folder];
  if (depth === 0) return [];
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort()
    .flatMap((name) => findResults(join(folder, name), depth - 1));
}

function list(folder: string): Deno.DirEntry[] {
  try {
    return Array.from(Deno.readDirSync(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return [];
    throw error;
  }
}
