import type { Texts } from "../text/language.ts";
import { DataFileError } from "./data_file_error.ts";

/** Grey images of one size. */
export interface IdxImages {
  /** The number of images. */
  count: number;
  /** The height of each in pixels. */
  rows: number;
  /** The width of each in pixels. */
  columns: number;
  /** count x rows x columns bytes: image by image, each row by row. */
  pixels: Uint8Array;
}

const TYPES: Record<number, Texts> = {
  0x08: { en: "unsigned bytes", ja: "符号なしバイト" },
  0x09: { en: "signed bytes", ja: "符号付きバイト" },
  0x0b: { en: "16-bit integers", ja: "16 ビット整数" },
  0x0c: { en: "32-bit integers", ja: "32 ビット整数" },
  0x0d: { en: "float32", ja: "float32" },
  0x0e: { en: "float64", ja: "float64" },
};

const DIMENSIONS: Record<"count" | "rows" | "columns", Texts> = {
  count: { en: "count", ja: "件数（count）" },
  rows: { en: "rows", ja: "行数（rows）" },
  columns: { en: "columns", ja: "列数（columns）" },
};

/**
 * Reads an IDX file of images (LeCun's format: magic 0x00000803, count, rows, columns as big-endian 32-bit integers,
 * then the bytes). `pixels` is a view of `bytes`. Throws DataFileError, a SyntaxError, where the file is not of this form,
 * a dimension is 0, or the file is not exactly as long as it says.
 */
export function parseIdxImages(bytes: Uint8Array): IdxImages {
  const [count, rows, columns] = readHeader(bytes, "idx_images", ["count", "rows", "columns"]);
  return { count, rows, columns, pixels: bytes.subarray(16) };
}

/** Reads an IDX file of labels (magic 0x00000801, count, then the bytes) as a view of `bytes`. Throws as parseIdxImages. */
export function parseIdxLabels(bytes: Uint8Array): Uint8Array {
  readHeader(bytes, "idx_labels", ["count"]);
  return bytes.subarray(8);
}

/** Writes images as an IDX file. Throws TypeError unless there are count x rows x columns pixels. */
export function encodeIdxImages({ count, rows, columns, pixels }: IdxImages): Uint8Array<ArrayBuffer> {
  if (pixels.length !== count * rows * columns) {
    throw new TypeError(
      `Cannot write IDX images: pixels must be ${count} x ${rows} x ${columns} bytes, found ${pixels.length}`,
    );
  }
  return encode([count, rows, columns], pixels);
}

/** Writes labels as an IDX file. */
export function encodeIdxLabels(labels: Uint8Array): Uint8Array<ArrayBuffer> {
  return encode([labels.length], labels);
}

function readHeader(
  bytes: Uint8Array,
  attempt: "idx_images" | "idx_labels",
  names: readonly (keyof typeof DIMENSIONS)[],
): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = 4 + 4 * names.length;
  if (bytes.length < headerLength) {
    throw new DataFileError(attempt, {
      en: `the file must begin with a header of ${headerLength} bytes, found ${bytes.length} bytes`,
      ja:
        `ファイルは ${headerLength} バイトのヘッダーで始まらなければなりませんが、全部で ${bytes.length} バイトです`,
    });
  }
  const magic = view.getUint32(0);
  const expected = 0x0800 | names.length;
  if (magic !== expected) {
    const [wanted, found] = [expected, magic].map(describeMagic);
    throw new DataFileError(attempt, {
      en: `the file must begin with ${wanted.en}, found ${found.en}`,
      ja: `ファイルは ${wanted.ja}で始まらなければなりませんが、${found.ja}です`,
    });
  }
  const dimensions = names.map((name, i) => {
    const dimension = view.getUint32(4 + 4 * i);
    if (dimension === 0) {
      const { en, ja } = DIMENSIONS[name];
      throw new DataFileError(attempt, {
        en: `${en} must be at least 1, found 0`,
        ja: `${ja}は 1 以上でなければなりませんが、0 です`,
      });
    }
    return dimension;
  });
  const length = dimensions.reduce((product, dimension) => product * dimension, 1) + headerLength;
  if (bytes.length !== length) {
    const size = dimensions.join(" x ");
    throw new DataFileError(attempt, {
      en: `a file of ${size} must be ${length} bytes, found ${bytes.length}`,
      ja: `${size} のファイルは ${length} バイトでなければなりませんが、${bytes.length} バイトです`,
    });
  }
  return dimensions;
}

function describeMagic(magic: number): Texts {
  const hex = `0x${magic.toString(16).padStart(8, "0")}`;
  const type = TYPES[magic >>> 8];
  const { en, ja }: Texts = magic >>> 16 === 0x1f8b
    ? { en: "a gzip file, to be unpacked first", ja: "展開していない gzip ファイル" }
    : type === undefined
    ? { en: "not an IDX file", ja: "IDX ではないファイル" }
    : { en: `${type.en}, dimensions: ${magic & 0xff}`, ja: `${type.ja}、${magic & 0xff} 次元` };
  return { en: `${hex} (${en})`, ja: `${hex}（${ja}）` };
}

function encode(dimensions: number[], content: Uint8Array): Uint8Array<ArrayBuffer> {
  const headerLength = 4 + 4 * dimensions.length;
  const bytes = new Uint8Array(headerLength + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 | dimensions.length);
  dimensions.forEach((dimension, i) => view.setUint32(4 + 4 * i, dimension));
  bytes.set(content, headerLength);
  return bytes;
}
