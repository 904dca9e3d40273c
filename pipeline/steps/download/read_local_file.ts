import { dirname } from "node:path";
import type { StepContext } from "../step.ts";
import { TransferError } from "./transfer_error.ts";
import { unpack } from "./unpack.ts";

/**
 * Brings the first of the paths that is there into the store. Throws a TransferError where none is, or not
 * with the right content.
 */
export async function readLocalFile(
  paths: readonly string[],
  sha256: string,
  { store, signal }: StepContext,
): Promise<void> {
  for (const path of paths) {
    const file = await openFile(path);
    if (!file) continue;
    try {
      return await unpack(file, { store, sha256, signal });
    } finally {
      file.close();
    }
  }
  const folderExists = await Deno.stat(dirname(paths[0] ?? "")).then(
    ({ isDirectory }) => isDirectory,
    () => false,
  );
  throw new TransferError("permanent", folderExists ? "no such file" : "no such folder");
}

/** Null where there is no such file. */
async function openFile(path: string): Promise<Deno.FsFile | null> {
  try {
    if (!(await Deno.stat(path)).isFile) throw new TransferError("permanent", "not a file");
    return await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    if (error instanceof TransferError || !(error instanceof Error)) throw error;
    const denied = error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable;
    throw new TransferError("permanent", denied ? "permission denied" : error.message, { cause: error });
  }
}
