import { RandomNumbers } from "../random_numbers.ts";

const POOL = 1 << 16;

/** n numbers of a kind, in no relation to those drawn before. */
export type Draw = (n: number) => Float32Array<ArrayBuffer>;

/** Runs a test on both kinds of numbers: tame ones show the order of sums, wild ones what under- or overflows. */
export function eachKind(test: (draw: Draw, kind: "tame" | "wild") => void): void {
  for (const kind of ["tame", "wild"] as const) {
    const random = new RandomNumbers(1);
    const pool = random[kind](POOL);
    test((n) => {
      const start = random.below(POOL - n);
      return pool.subarray(start, start + n);
    }, kind);
  }
}
