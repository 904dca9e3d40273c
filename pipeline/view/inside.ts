import { join } from "node:path";
import { UserError } from "../system/errors.ts";
import { isMissing } from "../system/files.ts";
import { readInput } from "../system/read_input.ts";

/**
 * A file of a results folder by its place in it, as `runs/0-0/predictions.csv`; null where there is none. Throws a UserError where a link leads
 * elsewhere: what is shown is what lies in the folder, and nothing that it points to.
 * @param options.most how many bytes it may have, below what any input may
 */
export async function readInside(
  folder: string,
  place: string,
  { most = Infinity }: { most?: number } = {},
): Promise<Uint8Array<ArrayBuffer> | null> {
  const path = join(folder, place);
  try {
    const real = join(Deno.realPathSync(folder), place);
    if (Deno.realPathSync(path) !== real) {
      throw new UserError(`Cannot read ${path}: it must be a file of the folder, found a link out of it`);
    }
    const { size } = Deno.statSync(path);
    if (size > most) {
      throw new UserError(
        `Cannot show ${path}: it must have at most ${most >> 20} MiB to be shown here, found ${size} bytes`,
      );
    }
    return await readInput(path);
  } catch (error) {
    if (isMissing(error) || (error instanceof UserError && isMissing(error.cause))) return null;
    throw error;
  }
}

/** As readInside(), in UTF-8. */
export async function readTextInside(folder: string, place: string): Promise<string | null> {
  const bytes = await readInside(folder, place);
  return bytes && new TextDecoder().decode(bytes);
}
