import { FLOAT, naturalLog, split, WORDS } from "./fixed_point.ts";

/*
 * ln x = k ln 2 + ln c + ln(1 + r), where x = 2^k z, z in [0.6875, 1.375), and c is the middle of z's interval among
 * 128: the scheme of Tang (1990) and of glibc's log. 1/c is rounded to 10 bits, so that r = z/c - 1 is exact as the sum
 * of two doubles; the leading parts of ln 2 and ln c are multiples of 2^-42, so that their sum is exact too. What is
 * left to round is small: the result is within 0.51 ulp, and so almost always the double nearest to ln x.
 */
const INTERVALS = 128;
const OFFSET = 0x3fe60000; // high word of 0.6875

/** 2^-k at 1023 + k. Multiplying by it is exact, and faster than writing the exponent's bits. */
const POWERS = new Float64Array(2048);
for (let i = 0, power = 8.98846567431158e307; i < POWERS.length; i++, power /= 2) POWERS[i] = power;

/** Per interval: 1/c, then ln c as a multiple of 2^-42 and the rest. */
const TABLE = new Float64Array(3 * INTERVALS);
const [LN2_HIGH, LN2_LOW] = split(naturalLog(2n, 1n), 42n);

for (let i = 0, previous = 512, sum = 0n; i < INTERVALS; i++) {
  WORDS[1] = OFFSET + (i << 13) + (1 << 12);
  const middle = FLOAT[0];
  // The intervals next to 1 take c = 1, which makes ln x = ln(1 + r) with nothing to cancel.
  const inverse = Math.abs(middle - 1) < 1 / 128 ? 512 : Math.round(512 / middle);
  sum = inverse === 512 ? 0n : sum + naturalLog(BigInt(previous), BigInt(inverse));
  TABLE[3 * i] = inverse / 512;
  [TABLE[3 * i + 1], TABLE[3 * i + 2]] = split(sum, 42n);
  previous = inverse;
}

/**
 * The natural logarithm of a float64, from IEEE operations alone, hence the same bits on every engine (`Math.log`'s
 * differ). Within 0.51 ulp. As `Math.log` it gives -Infinity for 0, NaN below, and takes subnormals.
 */
export function log(x: number): number {
  FLOAT[0] = x;
  let high = WORDS[1];
  let scaled = 0;
  if (((high - 0x00100000) >>> 0) >= 0x7fe00000) { // subnormal, zero, negative, infinite or NaN
    if (x === 0) return -Infinity;
    if (x < 0 || x !== x) return NaN;
    if (x === Infinity) return x;
    FLOAT[0] = x * 18014398509481984; // 2^54
    high = WORDS[1];
    scaled = 54;
  }
  const shifted = high - OFFSET;
  const exponent = shifted >> 20;
  const entry = 3 * ((shifted >> 13) & (INTERVALS - 1));
  const z = FLOAT[0] * POWERS[1023 + exponent];

  const inverse = TABLE[entry];
  const zHigh = (z + 3145728) - 3145728; // 3 * 2^20: to a multiple of 2^-31
  const a = zHigh * inverse - 1;
  const b = (z - zHigh) * inverse;
  const r = a + b;
  const rLow = (a - r) + b;

  const k = exponent - scaled;
  const w = k * LN2_HIGH + TABLE[entry + 1];
  const sum = w + r;
  const low = (w - sum) + r + (rLow + (k * LN2_LOW + TABLE[entry + 2]));
  const r2 = r * r;
  const tail = (1 / 3 - r / 4) + r2 * ((1 / 5 - r * (1 / 6)) + r2 * ((1 / 7 - r / 8) + r2 * (1 / 9)));
  return sum + (low + (r2 * r * tail - 0.5 * r2));
}
