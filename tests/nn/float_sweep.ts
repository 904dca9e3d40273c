const WORDS = new Int32Array(1);
const FLOAT = new Float32Array(WORDS.buffer);

/** Where the functions have edges: clamps, the limits of normal and of finite numbers, 1. */
const EDGES = [0, 2 ** -149, 2 ** -126, 1, 7.9, 17, 87, 88, 3.4028234663852886e38];
const AROUND = 20;
const STRIDE = 4099; // a prime: all exponents, and all low bits of the mantissa

/**
 * A million float32 of all bit patterns, infinities and NaN among them; and of both signs those around every edge of the functions and
 * around every odd multiple of ln(2) / 2, where exp goes over to the next power of two. Their number is a multiple of 16.
 */
export function floatSweep(): Float32Array<ArrayBuffer> {
  const words: number[] = [];
  for (let word = 0; word < 2 ** 32; word += STRIDE) words.push(word);
  const edges = [...EDGES, Infinity];
  for (let k = 1; k < 256; k += 2) edges.push(k * Math.LN2 / 2);
  for (const edge of edges) {
    FLOAT[0] = edge;
    for (let i = -AROUND; i <= AROUND; i++) words.push(WORDS[0] + i, (WORDS[0] + i) ^ 0x80000000);
  }
  while (words.length % 16 !== 0) words.push(0);
  return new Float32Array(Int32Array.from(words, (word) => word | 0).buffer);
}

/** The distance from x to the next float32 away from zero, at the float32 nearest to x: an ulp. */
export function ulp32(x: number): number {
  FLOAT[0] = Math.abs(x);
  const nearest = FLOAT[0];
  WORDS[0]++;
  return FLOAT[0] - nearest;
}
