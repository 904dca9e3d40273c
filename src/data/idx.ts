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

const TYPES: Record<number, string> = {
  0x08: "unsigned bytes",
  0x09: "signed bytes",
  0x0b: "16-bit integers",
  0x0c: "32-bit integers",
  0x0d: "float32",
  0x0e: "float64",
};

/**
 * Reads an IDX file of images (LeCun's format: magic 0x00000803, count, rows, columns as big-endian 32-bit integers,
 * then the bytes). `pixels` is a view of `bytes`. Throws SyntaxError where the file is not of this form or not exactly
 * as long as it says, RangeError where a dimension is 0.
 */
export function parseIdxImages(bytes: Uint8Array): IdxImages {
  const [count, rows, columns] = readHeader(bytes, "images", ["count", "rows", "columns"]);
  return { count, rows, columns, pixels: bytes.subarray(16) };
}

/** Reads an IDX file of labels (magic 0x00000801, count, then the bytes) as a view of `bytes`. Throws as parseIdxImages. */
export function parseIdxLabels(bytes: Uint8Array): Uint8Array {
  readHeader(bytes, "labels", ["count"]);
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

function readHeader(bytes: Uint8Array, what: string, names: string[]): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = 4 + 4 * names.length;
  if (bytes.length < headerLength) {
    throw new SyntaxError(
      `Cannot read IDX ${what}: the file must begin with a header of ${headerLength} bytes, found ${bytes.length} bytes`,
    );
  }
  const magic = view.getUint32(0);
  const expected = 0x0800 | names.length;
  if (magic !== expected) {
    const [wanted, found] = [expected, magic].map(describeMagic);
    throw new SyntaxError(`Cannot read IDX ${what}: the file must begin with ${wanted}, found ${found}`);
  }
  const dimensions = names.map((name, i) => {
    const dimension = view.getUint32(4 + 4 * i);
    if (dimension === 0) throw new RangeError(`Cannot read IDX ${what}: ${name} must be at least 1, found 0`);
    return dimension;
  });
  const length = dimensions.reduce((product, dimension) => product * dimension, 1) + headerLength;
  if (bytes.length !== length) {
    const size = dimensions.join(" x ");
    throw new SyntaxError(
      `Cannot read IDX ${what}: a file of ${size} must be ${length} bytes, found ${bytes.length}`,
    );
  }
  return dimensions;
}

function describeMagic(magic: number): string {
  const hex = `0x${magic.toString(16).padStart(8, "0")}`;
  if (magic >>> 16 === 0x1f8b) return `${hex} (a gzip file, to be unpacked first)`;
  const type = TYPES[magic >>> 8];
  return type === undefined ? `${hex} (not an IDX file)` : `${hex} (${type}, dimensions: ${magic & 0xff})`;
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
