import { NpyError } from "./npy_error.ts";

/** The typed arrays that a `.npy` file can hold here: floats and integers, no objects. */
export type NpyData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** An array in C order: its shape (empty for a scalar) and as many values as the shape says. */
export interface NpyArray {
  /** Lengths of the dimensions, the outermost first. */
  readonly shape: readonly number[];
  /** The values; the last dimension varies fastest. */
  readonly data: NpyData;
}

type Constructor = (new (buffer: ArrayBuffer) => NpyData) & { readonly BYTES_PER_ELEMENT: number };

/** NumPy's type codes. `<` is little-endian, which typed arrays are on every machine that Deno, Node and Bun run on. */
const TYPES = new Map<string, Constructor>([
  ["<f4", Float32Array],
  ["<f8", Float64Array],
  ["|i1", Int8Array],
  ["|u1", Uint8Array],
  ["<i2", Int16Array],
  ["<u2", Uint16Array],
  ["<i4", Int32Array],
  ["<u4", Uint32Array],
  ["<i8", BigInt64Array],
  ["<u8", BigUint64Array],
]);

const MAGIC = "\x93NUMPY\x01\x00";
/** The header ends at a multiple of this. */
const ALIGN = 64;
/** NumPy leaves room for the first dimension to grow to so many digits. */
const GROWTH_DIGITS = 21;
const HEADER = /^\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \(((?:\d+, ?)*\d*)\), \} *\n$/;
/** As in NumPy, whose own headers are far shorter. */
const MAX_HEADER = 10_000;

/**
 * A `.npy` file as `numpy.save` writes it (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): format 1.0.
 * @throws TypeError if the data are not as many as the shape says, RangeError if a dimension is not a whole number
 */
export function writeNpy({ shape, data }: NpyArray): Uint8Array<ArrayBuffer> {
  const bad = shape.find((length) => !Number.isSafeInteger(length) || length < 0);
  if (bad !== undefined) {
    throw new RangeError(`Cannot write an array: its dimensions must be integers of 0 or more, found ${bad}`);
  }
  const size = shape.reduce((product, length) => product * length, 1);
  if (data.length !== size) {
    throw new TypeError(
      `Cannot write an array: shape (${shape.join(", ")}) must have ${size} values, found ${data.length}`,
    );
  }
  let descr = "";
  for (const [code, type] of TYPES) if (data instanceof type) descr = code;
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  let header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  if (shape.length > 0) header += " ".repeat(Math.max(0, GROWTH_DIGITS - String(shape[0]).length));
  const unpadded = MAGIC.length + 2 + header.length + 1;
  // A header that would end at a multiple already gets a whole block more, as NumPy's does.
  header += " ".repeat(ALIGN - unpadded % ALIGN) + "\n";

  const start = MAGIC.length + 2 + header.length;
  const bytes = new Uint8Array(start + data.byteLength);
  const preamble = MAGIC + String.fromCharCode(header.length & 255, header.length >> 8) + header;
  for (let i = 0; i < start; i++) bytes[i] = preamble.charCodeAt(i);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return bytes;
}

/**
 * Reads a `.npy` file of format 1.0, little-endian floats (4 or 8 bytes) or integers, in C or Fortran order. Anything else,
 * pickled objects above all, is refused. The data are copied out of `bytes`.
 * @throws NpyError that says what is not as it must be
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  if (latin1(bytes.subarray(0, 6)) !== MAGIC.slice(0, 6)) throw new NpyError({ kind: "other_bytes" });
  if (bytes.length < 10) throw new NpyError({ kind: "no_header", bytes: bytes.length });
  if (bytes[6] !== 1 || bytes[7] !== 0) {
    throw new NpyError({ kind: "format", found: `${bytes[6]}.${bytes[7]}` });
  }
  const start = 10 + bytes[8] + 256 * bytes[9];
  const header = latin1(bytes.subarray(10, Math.min(start, 10 + MAX_HEADER)));
  const match = HEADER.exec(header);
  if (match === null || start > bytes.length) {
    throw new NpyError({ kind: "header", found: header.trim().slice(0, 80) });
  }
  const [, descr, fortran, tuple] = match;
  const type = TYPES.get(descr);
  if (type === undefined) throw new NpyError({ kind: "type", allowed: [...TYPES.keys()], found: descr });
  const shape = (tuple.match(/\d+/g) ?? []).map(Number);
  if (!shape.every(Number.isSafeInteger)) throw new NpyError({ kind: "dimensions", found: tuple });
  const expected = shape.reduce((product, length) => product * length, type.BYTES_PER_ELEMENT);
  const found = bytes.length - start;
  if (found !== expected) throw new NpyError({ kind: "length", shape, type: descr, expected, found });
  const data = new type(bytes.slice(start).buffer as ArrayBuffer);
  return { shape, data: fortran === "True" ? inCOrder(shape, data) : data };
}

/** Values in which the first dimension varies fastest, as NumPy saves a transposed array, in the order of C. */
function inCOrder(shape: readonly number[], data: NpyData): NpyData {
  const ordered = data.slice();
  const places = new Array<number>(shape.length).fill(0);
  for (let i = 0; i < data.length; i++) {
    let place = 0;
    for (let d = 0; d < shape.length; d++) place = place * shape[d] + places[d];
    ordered[place] = data[i];
    for (let d = 0; d < shape.length && ++places[d] === shape[d]; d++) places[d] = 0;
  }
  return ordered;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
