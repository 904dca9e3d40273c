import { Buffer } from "node:buffer";

/** Bytes of the secret that begins every frame of the child's. */
export const NONCE_BYTES = 32;

/** Bytes of the two lengths, little-endian uint32: of the header in bytes, and of the numbers in float64s. */
export const LENGTHS_BYTES = 8;

/**
 * A message between the grader and a student's process: a JSON header, which says what it is and where tensors stand in it, and all its
 * numbers, bit for bit, in the order in which the header names them.
 *
 * On the wire: the two lengths, the header in UTF-8, zeros up to a multiple of 8, the numbers as little-endian float64. Lengths and header
 * end at a multiple of 8, and so does a nonce, so that either side can view the numbers in place.
 */
export interface Frame {
  /** JSON. */
  readonly header: string;
  /** In the order of the header. */
  readonly numbers: Float64Array;
}

/** Bytes from the start of the header to the start of the numbers. */
function paddedHeaderBytes(headerBytes: number): number {
  return Math.ceil(headerBytes / 8) * 8;
}

/** A frame without a nonce, as the grader sends it; its numbers may come in pieces. */
export function encodeFrame(
  { header, numbers }: { header: string; numbers: readonly Float64Array[] },
): Uint8Array<ArrayBuffer> {
  const count = numbers.reduce((total, part) => total + part.length, 0);
  const text = new TextEncoder().encode(header);
  const start = LENGTHS_BYTES + paddedHeaderBytes(text.length);
  const bytes = new Uint8Array(start + 8 * count);
  const lengths = new DataView(bytes.buffer);
  lengths.setUint32(0, text.length, true);
  lengths.setUint32(4, count, true);
  bytes.set(text, LENGTHS_BYTES);
  let at = start;
  for (const part of numbers) {
    new Float64Array(bytes.buffer, at, part.length).set(part);
    at += part.byteLength;
  }
  return bytes;
}

/** Bytes of a reply's header: UTF-8 of what boot.ts writes at most, with room to spare. */
const MAX_HEADER_BYTES = 8 * 1024 * 1024;

/**
 * Finds the frames in what a student's process writes to standard output. A frame begins with the secret nonce; all between frames is what the
 * student printed, and is thrown away.
 */
export class ReplyReader {
  readonly #nonce: Uint8Array;
  readonly #maxNumbers: number;
  /** What may be the start of a frame. */
  #tail: Uint8Array = new Uint8Array(0);
  /** The frame being received. */
  #frame: { body: Uint8Array<ArrayBuffer>; filled: number; headerBytes: number } | null = null;

  /** `maxNumbers` bounds a frame, and so what is held in memory. */
  constructor(nonce: Uint8Array, maxNumbers: number) {
    this.#nonce = nonce;
    this.#maxNumbers = maxNumbers;
  }

  /**
   * Takes the next bytes. Returns the frames that end in them, and how many bytes before and between frames were found to be none.
   * @throws SyntaxError where a frame is not as boot.ts writes them
   */
  push(chunk: Uint8Array): { frames: Frame[]; printed: number } {
    const frames: Frame[] = [];
    let printed = 0;
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#frame === null) {
        const found = this.#search(rest);
        printed += found.printed;
        rest = found.rest;
      } else {
        rest = this.#collect(rest, frames);
      }
    }
    return { frames, printed };
  }

  #search(chunk: Uint8Array): { rest: Uint8Array; printed: number } {
    const data = this.#tail.length === 0 ? chunk : Buffer.concat([this.#tail, chunk]);
    const at = Buffer.from(data.buffer, data.byteOffset, data.length).indexOf(this.#nonce);
    const start = at + NONCE_BYTES;
    if (at < 0 || data.length < start + LENGTHS_BYTES) {
      const printed = at < 0 ? Math.max(0, data.length - NONCE_BYTES + 1) : at;
      this.#tail = data.slice(printed);
      return { rest: data.subarray(data.length), printed };
    }
    const lengths = new DataView(data.buffer, data.byteOffset + start, LENGTHS_BYTES);
    const headerBytes = lengths.getUint32(0, true);
    const count = lengths.getUint32(4, true);
    if (headerBytes > MAX_HEADER_BYTES || count > this.#maxNumbers) {
      throw new SyntaxError(`Cannot read a reply: it must be smaller, found ${headerBytes}, ${count}`);
    }
    const body = new Uint8Array(paddedHeaderBytes(headerBytes) + 8 * count);
    this.#tail = new Uint8Array(0);
    this.#frame = { body, filled: 0, headerBytes };
    return { rest: data.subarray(start + LENGTHS_BYTES), printed: at };
  }

  #collect(chunk: Uint8Array, frames: Frame[]): Uint8Array {
    const frame = this.#frame;
    if (frame === null) return chunk;
    const { body, filled, headerBytes } = frame;
    const taken = chunk.subarray(0, body.length - filled);
    body.set(taken, filled);
    frame.filled += taken.length;
    if (frame.filled === body.length) {
      const header = new TextDecoder().decode(body.subarray(0, headerBytes));
      frames.push({ header, numbers: new Float64Array(body.buffer, paddedHeaderBytes(headerBytes)) });
      this.#frame = null;
    }
    return chunk.subarray(taken.length);
  }
}
