import type { Dataset, Rows } from "./dataset.ts";

export const DATASET_FORMAT = 1;

/** Every array begins at a multiple of this, from the artifact's beginning: a cache line, and any SIMD width. */
export const DATASET_ALIGNMENT = 64;

const MAGIC = "dataset";
const HEADER_BYTES = 2048;

type Dtype = "uint8" | "uint16" | "uint32" | "float32";
type Elements = Uint8Array | Uint16Array | Uint32Array | Float32Array;

/** Where an array lies: `offset` in bytes from the artifact's beginning, `length` in elements, little-endian. */
interface ArrayEntry {
  dtype: Dtype;
  offset: number;
  length: number;
}

interface PartHeader {
  storage: Rows["storage"];
  count: number;
  arrays: Record<string, ArrayEntry>;
}

interface Header extends Omit<Dataset, "train" | "test"> {
  magic: string;
  version: number;
  train: PartHeader;
  test: PartHeader;
}

/**
 * A data set as one binary artifact, to be copied as it stands into a shared memory: a header of 2,048 bytes, JSON filled
 * up with spaces and a line end, then the arrays row_starts, columns, values or pixels or numbers, and labels of each part,
 * each at a multiple of 64 bytes, zeros between. The length is a multiple of 64 too.
 */
export function encodeDataset(dataset: Dataset): Uint8Array<ArrayBuffer> {
  let end = HEADER_BYTES;
  const placed: { array: Elements; offset: number }[] = [];
  const place = (part: Rows): PartHeader => {
    const arrays: Record<string, ArrayEntry> = {};
    for (const [name, dtype, array] of arraysOf(part)) {
      arrays[name] = { dtype, offset: end, length: array.length };
      placed.push({ array, offset: end });
      end = align(end + array.byteLength);
    }
    return { storage: part.storage, count: part.count, arrays };
  };
  const { features, classes, rows, columns } = dataset;
  const [train, test] = [place(dataset.train), place(dataset.test)];
  const about = { magic: MAGIC, version: DATASET_FORMAT };
  const header: Header = { ...about, features, classes, rows, columns, train, test };
  const bytes = new Uint8Array(end);
  bytes.set(new TextEncoder().encode(JSON.stringify(header).padEnd(HEADER_BYTES - 1) + "\n"));
  for (const { array, offset } of placed) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
  }
  return bytes;
}

/**
 * The data set whose artifact begins at `byteOffset`, a multiple of 64, of `buffer`, shared or not. Its arrays are views:
 * nothing is copied, and a view's own `byteOffset` is its address in a WebAssembly memory that `buffer` belongs to.
 * Throws RangeError where `byteOffset` is not aligned or an array does not lie in the buffer, SyntaxError where no
 * artifact of this version begins there. That the content is unharmed is for the artifact's hash to say.
 */
export function decodeDataset(buffer: ArrayBufferLike, byteOffset = 0): Dataset {
  if (!Number.isInteger(byteOffset) || byteOffset < 0 || byteOffset % DATASET_ALIGNMENT !== 0) {
    throw new RangeError(
      `Cannot decode the data set: byteOffset must be a multiple of 64, found ${byteOffset}`,
    );
  }
  const { magic: _, version: __, train, test, ...rest } = readHeader(buffer, byteOffset);
  return { ...rest, train: readPart(train, buffer, byteOffset), test: readPart(test, buffer, byteOffset) };
}

function arraysOf(part: Rows): (readonly [name: string, dtype: Dtype, array: Elements])[] {
  const labels = ["labels", "uint8", part.labels] as const;
  switch (part.storage) {
    case "sparse":
      return [
        ["row_starts", "uint32", part.rowStarts],
        ["columns", "uint16", part.columns],
        ["values", "uint8", part.values],
        labels,
      ];
    case "dense":
      return [["pixels", "uint8", part.pixels], labels];
    case "real":
      return [["numbers", "float32", part.numbers], labels];
  }
}

function readHeader(buffer: ArrayBufferLike, byteOffset: number): Header {
  const length = Math.max(0, Math.min(HEADER_BYTES, buffer.byteLength - byteOffset));
  // A TextDecoder takes no shared memory, hence the copy.
  const bytes = new Uint8Array(length);
  bytes.set(new Uint8Array(buffer, Math.min(byteOffset, buffer.byteLength), length));
  let header: Partial<Header> | null;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    const message = "Cannot decode the data set: it must begin with a JSON header, found something else";
    throw new SyntaxError(message, { cause });
  }
  if (header?.magic !== MAGIC || header.version !== DATASET_FORMAT) {
    throw new SyntaxError(
      `Cannot decode the data set: its header must say "${MAGIC}", version ${DATASET_FORMAT}, ` +
        `found ${JSON.stringify(header?.magic)}, version ${header?.version}`,
    );
  }
  return header as Header;
}

function readPart({ storage, count, arrays }: PartHeader, buffer: ArrayBufferLike, byteOffset: number): Rows {
  const place = (name: string, bytesPerElement: number): [address: number, length: number] => {
    const { offset, length } = arrays[name];
    const address = byteOffset + offset;
    if (offset % DATASET_ALIGNMENT !== 0 || address + length * bytesPerElement > buffer.byteLength) {
      throw new RangeError(
        `Cannot decode the data set: ${name} must lie, aligned to ${DATASET_ALIGNMENT}, in the buffer's ` +
          `${buffer.byteLength} bytes, found ${length} x ${bytesPerElement} bytes at ${address}`,
      );
    }
    return [address, length];
  };
  const labels = new Uint8Array(buffer, ...place("labels", 1));
  if (storage === "dense") {
    return { storage, count, labels, pixels: new Uint8Array(buffer, ...place("pixels", 1)) };
  }
  if (storage === "real") {
    return { storage, count, labels, numbers: new Float32Array(buffer, ...place("numbers", 4)) };
  }
  const rowStarts = new Uint32Array(buffer, ...place("row_starts", 4));
  const columns = new Uint16Array(buffer, ...place("columns", 2));
  const values = new Uint8Array(buffer, ...place("values", 1));
  return { storage, count, labels, rowStarts, columns, values };
}

function align(length: number): number {
  return Math.ceil(length / DATASET_ALIGNMENT) * DATASET_ALIGNMENT;
}
