import { DataFileError } from "../data_file_error.ts";
import { compareCodePoints } from "./labelled_rows.ts";

/** A file of a folder, by its path from there, parts joined by `/`. */
export interface FolderFile {
  /** As `train/cat/1.png`. */
  readonly path: string;
  /** Its content. */
  readonly content: Uint8Array;
}

/**
 * A folder's files as one: a line of JSON with each path and length, then their contents, in the order of the paths' character codes. The
 * same files give the same bytes, whatever order a system lists them in.
 */
export function packFolder(files: readonly FolderFile[]): Uint8Array<ArrayBuffer> {
  const sorted = [...files].sort((a, b) => compareCodePoints(a.path, b.path));
  const index = sorted.map(({ path, content }) => [path, content.length]);
  const head = new TextEncoder().encode(JSON.stringify(index) + "\n");
  const bytes = new Uint8Array(sorted.reduce((sum, { content }) => sum + content.length, head.length));
  bytes.set(head);
  let at = head.length;
  for (const { content } of sorted) {
    bytes.set(content, at);
    at += content.length;
  }
  return bytes;
}

/** The files that packFolder() packed, as views of `bytes`. Throws a DataFileError for any other bytes. */
export function unpackFolder(bytes: Uint8Array): FolderFile[] {
  const end = bytes.indexOf(0x0a);
  let index: unknown = null;
  try {
    index = JSON.parse(new TextDecoder().decode(bytes.subarray(0, Math.max(0, end))));
  } catch {
    // Said below.
  }
  const isIndex = (value: unknown): value is [string, number][] =>
    Array.isArray(value) &&
    value.every((entry) =>
      Array.isArray(entry) && typeof entry[0] === "string" && Number.isSafeInteger(entry[1]) && entry[1] >= 0
    );
  if (!isIndex(index) || index.reduce((sum, [, length]) => sum + length, end + 1) !== bytes.length) {
    throw new DataFileError("packed_folder", {
      en: "it must begin with a list of its files, found something else",
      ja: "ファイルの一覧で始まっていません",
    });
  }
  let at = end + 1;
  return index.map(([path, length]) => ({ path, content: bytes.subarray(at, at += length) }));
}
