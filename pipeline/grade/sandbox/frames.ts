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
export function paddedHeaderBytes(headerBytes: number): number {
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
