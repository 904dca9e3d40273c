// What exp() and log() share: numbers of so many bits that the tables made from them are right to the last bit of a double.

/** Fraction bits of fixed-point numbers. */
export const FIXED = 128n;

/** A double, and its two halves: little-endian, as WebAssembly is. */
export const FLOAT = new Float64Array(1);
export const WORDS = new Int32Array(FLOAT.buffer);

/** ln(p/q) in fixed point, for 1/2 <= p/q <= 2: 2 atanh((p - q)/(p + q)) by its series. */
export function naturalLog(p: bigint, q: bigint): bigint {
  const difference = p - q;
  const total = p + q;
  let term = ((2n * difference) << FIXED) / total;
  let sum = 0n;
  for (let n = 1n; term !== 0n; n += 2n) {
    sum += term / n;
    term = term * difference * difference / (total * total);
  }
  return sum;
}

/** A fixed-point number as a multiple of 2^-bits and a double for the rest. */
export function split(fixed: bigint, bits: bigint): [high: number, low: number] {
  const shift = FIXED - bits;
  const high = (fixed + (1n << (shift - 1n))) >> shift;
  return [Number(high) / Number(1n << bits), Number(fixed - (high << shift)) / Number(1n << FIXED)];
}
