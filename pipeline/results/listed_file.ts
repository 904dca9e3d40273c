import type { FileEntry } from "./manifest.ts";
import { hashFile } from "../store/hash.ts";
import { systemCode } from "../system/reasons.ts";

/**
 * Whether a file is as a manifest lists it: in its size, and if `whole` is set byte by byte. One that is not there or cannot be read is
 * not.
 */
export async function isAsListed(
  path: string,
  { sha256, bytes }: FileEntry,
  { whole }: { whole: boolean },
): Promise<boolean> {
  if (sizeOf(path) !== bytes) return false;
  if (!whole) return true;
  try {
    return await hashFile(path) === sha256;
  } catch (error) {
    if (systemCode(error) === null) throw error;
    return false;
  }
}

/** A file's bytes; null where there is no file. */
export function sizeOf(path: string): number | null {
  try {
    const { isFile, size } = Deno.statSync(path);
    return isFile ? size : null;
  } catch (error) {
    if (systemCode(error) === null) throw error;
    return null;
  }
}
