/** Random test data, the same each time, from a generator that shares nothing with src/random: mulberry32. */
export class RandomNumbers {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** In [0, 1), of 32 bits. */
  unit(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** 0 to n - 1. */
  below(n: number): number {
    return Math.floor(n * this.unit());
  }

  /** Floats of (-1, 1): sums of which round at every step. */
  tame(n: number): Float32Array<ArrayBuffer> {
    return Float32Array.from({ length: n }, () => 2 * this.unit() - 1);
  }

  /**
   * Floats of all magnitudes up to 2^60, subnormals, 0 and -0: products of two underflow and lose all their bits, and yet no sum of
   * a hundred overflows, which would make NaN.
   */
  wild(n: number): Float32Array<ArrayBuffer> {
    return Float32Array.from({ length: n }, () => {
      const sign = this.unit() < 0.5 ? -1 : 1;
      const kind = this.unit();
      if (kind < 0.1) return sign * 0;
      if (kind < 0.2) return sign * this.below(1 << 23) * 2 ** -149;
      const [low, high] = kind < 0.3 ? [40, 60] : kind < 0.6 ? [-4, 4] : [-126, 30];
      return sign * (1 + this.unit()) * 2 ** (low + this.below(high - low));
    });
  }

  /** Bytes of which a share of about `density` is not 0. */
  pixels(n: number, density: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length: n }, () => this.unit() < density ? 1 + this.below(255) : 0);
  }

  /** n rows out of `rows`, with repetitions. */
  rows(n: number, rows: number): Uint32Array<ArrayBuffer> {
    return Uint32Array.from({ length: n }, () => this.below(rows));
  }
}
