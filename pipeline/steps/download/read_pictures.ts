import { join } from "node:path";
import { type FolderFile, packFolder } from "../../../src/data/files/packed_folder.ts";
import { type TransferError, transferError } from "./transfer_error.ts";

/** What systems put into folders by themselves. */
const SYSTEM_FILES = /^(?:\..*|Thumbs\.db|desktop\.ini|__MACOSX)$/i;
/** Folders below the first: train/CLASS/NAME.png. */
const MAX_DEPTH = 3;
const MAX_FILES = 500_000;
const MAX_BYTES = 2 ** 30;

/**
 * The PNG pictures of a folder, packed as one. Links are refused, so that nothing outside is read. Throws a TransferError where there is no
 * such folder, or something else than pictures is in it.
 */
export async function readPictures(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  const files: FolderFile[] = [];
  let bytes = 0;
  const walk = async (inner: readonly string[]): Promise<void> => {
    const here = join(folder, ...inner);
    for await (const { name, isFile, isDirectory, isSymlink } of Deno.readDir(here)) {
      if (SYSTEM_FILES.test(name)) continue;
      const path = [...inner, name].join("/");
      if (isSymlink) throw refusal((t) => t.link(path));
      if (isDirectory) {
        if (inner.length + 1 >= MAX_DEPTH) {
          throw refusal((t) => t.deepFolder(path));
        }
        await walk([...inner, name]);
        continue;
      }
      if (!isFile || !/\.png$/i.test(name)) throw refusal((t) => t.noPicture(path));
      const content = await Deno.readFile(join(here, name));
      files.push({ path, content });
      bytes += content.length;
      if (files.length > MAX_FILES || bytes > MAX_BYTES) {
        throw refusal((t) => t.manyPictures(MAX_FILES, MAX_BYTES));
      }
    }
  };
  try {
    await walk([]);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw refusal((t) => t.noFolder, error);
    if (error instanceof Deno.errors.NotADirectory) throw refusal((t) => t.notAFolder, error);
    const isDenied = error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable;
    if (isDenied) throw refusal((t) => t.denied, error);
    throw error;
  }
  if (files.length === 0) throw refusal((t) => t.noPictures);
  return packFolder(files);
}

function refusal(reason: Parameters<typeof transferError>[1], cause?: unknown): TransferError {
  return transferError("permanent", reason, { cause });
}
