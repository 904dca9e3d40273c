import { log } from "./log.ts";
import { MT19937 } from "./mt19937.ts";

/** A generator's whole state, plain enough for JSON: what `np.random.RandomState.get_state()` holds. */
export interface RandomSnapshot {
  /** The 624 words of MT19937. */
  key: number[];
  /** How many words of the block have been used, 0 to 624. */
  position: number;
  /** The second normal of the last pair, if it is still to come. */
  cachedNormal: number | null;
}

/**
 * `np.random.RandomState(seed)`: the same numbers, in the same order, from NumPy's legacy algorithms
 * (`numpy/random/src/legacy/legacy-distributions.c` and `mtrand.pyx`). Normals may differ from NumPy's in the last bit
 * of the float64, where the C library's logarithm is not the nearest double (see `log`).
 */
export class RandomState {
  #generator: MT19937;
  #cachedNormal = 0;
  #hasCachedNormal = false;

  /** `seed` is an integer from 0 to 2**32 - 1. Throws RangeError for anything else. */
  constructor(seed: number) {
    this.#generator = new MT19937(seed);
  }

  /** The next double in [0, 1): `random_sample()`. */
  random(): number {
    return this.#generator.nextDouble();
  }

  /** The next double in [low, high): `uniform(low, high)`. Throws RangeError unless the range is finite. */
  uniform(low: number, high: number): number {
    const range = high - low;
    if (!Number.isFinite(range)) {
      throw new RangeError(`Cannot draw a uniform number: the range must be finite, found ${low} to ${high}`);
    }
    return low + range * this.#generator.nextDouble();
  }

  /** The next standard normal: `randn()`, by the polar method, which makes two and keeps the second. */
  standardNormal(): number {
    if (this.#hasCachedNormal) {
      this.#hasCachedNormal = false;
      return this.#cachedNormal;
    }
    const generator = this.#generator;
    let x1, x2, r2: number;
    do {
      x1 = 2 * generator.nextDouble() - 1;
      x2 = 2 * generator.nextDouble() - 1;
      r2 = x1 * x1 + x2 * x2;
    } while (r2 >= 1 || r2 === 0);
    const f = Math.sqrt(-2 * log(r2) / r2);
    this.#cachedNormal = f * x1;
    this.#hasCachedNormal = true;
    return f * x2;
  }

  /**
   * Writes `scale * randn()` to out[start .. start + length), multiplied in float64 and rounded once where `out` is
   * float32: the bits of `(scale * random_state.randn(length)).astype(out.dtype)`.
   * Throws RangeError where the span does not lie in `out`.
   */
  fillStandardNormal(
    out: Float32Array | Float64Array,
    { start = 0, length = out.length - start, scale = 1 }: {
      start?: number;
      length?: number;
      scale?: number;
    } = {},
  ): void {
    const end = start + length;
    if (
      !(Number.isInteger(start) && Number.isInteger(length) && start >= 0 && length >= 0 && end <= out.length)
    ) {
      throw new RangeError(
        `Cannot fill with normals: the span must lie in 0..${out.length}, found start ${start}, length ${length}`,
      );
    }
    for (let i = start; i < end; i++) out[i] = scale * this.standardNormal();
  }

  /**
   * Writes `count` uniform integers from 0 to 65535 to out[start ..], two a word, the first in the lower half: as little-endian uint16 the
   * numbers of `randint(0, 65536, count, dtype=np.uint16)`. An odd count takes a whole word for its last one, as NumPy does.
   */
  fillShorts(out: Uint32Array, { start, count }: { start: number; count: number }): void {
    this.#generator.fillWords(out, start, Math.ceil(count / 2));
  }

  /**
   * A uniform integer from 0 to `max`, both included: NumPy's `random_interval`, masked rejection on 32-bit words. For
   * 0 it draws nothing. Throws RangeError unless `max` is an integer from 0 to 2**32 - 1.
   */
  interval(max: number): number {
    if (!Number.isInteger(max) || max < 0 || max > 0xffffffff) {
      throw new RangeError(
        `Cannot draw an integer: max must be an integer from 0 to 4294967295, found ${max}`,
      );
    }
    if (max === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(max);
    const generator = this.#generator;
    let value: number;
    do value = (generator.nextUint32() & mask) >>> 0; while (value > max);
    return value;
  }

  /** Shuffles in place, from the end as Fisher and Yates do: `shuffle(values)`. */
  shuffle(values: Uint32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.interval(i);
      const value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  /** The integers 0 to n - 1 shuffled: `permutation(n)`. Throws RangeError unless n is an integer from 0 to 2**32 - 1. */
  permutation(n: number): Uint32Array<ArrayBuffer> {
    if (!Number.isInteger(n) || n < 0 || n > 0xffffffff) {
      throw new RangeError(
        `Cannot make a permutation: n must be an integer from 0 to 4294967295, found ${n}`,
      );
    }
    const values = new Uint32Array(n);
    for (let i = 0; i < n; i++) values[i] = i;
    this.shuffle(values);
    return values;
  }

  /** The state to go on from later, in the middle of a block and of a pair of normals too. */
  snapshot(): RandomSnapshot {
    return { ...this.#generator.snapshot(), cachedNormal: this.#hasCachedNormal ? this.#cachedNormal : null };
  }

  /** A generator that goes on where `snapshot` was taken. Throws TypeError or RangeError where it is malformed. */
  static restore(snapshot: RandomSnapshot): RandomState {
    const { cachedNormal } = snapshot;
    if (cachedNormal !== null && !Number.isFinite(cachedNormal)) {
      throw new RangeError(
        `Cannot restore RandomState: cachedNormal must be a finite number or null, found ${cachedNormal}`,
      );
    }
    const state = new RandomState(0);
    state.#generator = MT19937.restore(snapshot);
    state.#hasCachedNormal = cachedNormal !== null;
    state.#cachedNormal = cachedNormal ?? 0;
    return state;
  }
}
