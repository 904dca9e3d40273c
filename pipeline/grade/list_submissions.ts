import { basename, join, resolve } from "node:path";
import { UserError } from "../system/errors.ts";

/**
 * The submissions that the paths stand for, each once, sorted by name: a zip, a folder with a manifest.yaml or src/mod.ts in it, or a folder of
 * such, of which hidden entries are left out. Throws a UserError for a path that is none, and for two submissions of the same name.
 */
export async function listSubmissions(paths: readonly string[]): Promise<string[]> {
  const found = new Map<string, string>();
  for (const path of paths) {
    for (const submission of await expand(path)) {
      const name = submissionName(submission);
      const other = found.get(name);
      if (other !== undefined && resolve(other) !== resolve(submission)) {
        throw new UserError(
          `Cannot grade: submissions must differ in their names, found ${other} and ${submission}`,
        );
      }
      found.set(name, submission);
    }
  }
  return [...found].sort(([a], [b]) => a < b ? -1 : 1).map(([, path]) => path);
}

/** The folder's name, or the archive's without its extension. */
export function submissionName(path: string): string {
  return basename(resolve(path)).replace(/\.zip$/i, "");
}

async function expand(path: string): Promise<string[]> {
  const info = await stat(path);
  if (info === null) throw new UserError(`Cannot grade ${path}: there is no such file or folder`);
  if (info.isFile) {
    if (/\.zip$/i.test(path)) return [path];
    throw new UserError(`Cannot grade ${path}: a submission must be a folder or a .zip, found another file`);
  }
  if (await isSubmission(path)) return [path];
  const inside: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(path)) {
    if (name.startsWith(".")) continue;
    if (isDirectory || isFile && /\.zip$/i.test(name)) inside.push(join(path, name));
  }
  if (inside.length === 0) {
    throw new UserError(
      `Cannot grade ${path}: it must be a submission, with a manifest.yaml in it, or a folder of submissions, found neither`,
    );
  }
  return inside;
}

async function isSubmission(path: string): Promise<boolean> {
  const marks = await Promise.all(
    ["manifest.yaml", "src/mod.ts", "probe.npz", "weights.npz"].map((name) => stat(join(path, name))),
  );
  return marks.some((mark) => mark !== null);
}

async function stat(path: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    // A name too long for the system, or below a file, is not there either.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    throw error;
  }
}
