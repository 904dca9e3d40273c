const N = 624;
const M = 397;

/**
 * The Mersenne Twister MT19937 (Matsumoto and Nishimura 1998, the authors' `mt19937ar.c`), seeded by `init_genrand`
 * as `np.random.RandomState(seed)` is for an integer. It makes and tempers a whole block of 624 words at a time.
 */
export class MT19937 {
  readonly #state = new Uint32Array(N);
  readonly #output = new Uint32Array(N);
  #position = N;

  /** Throws RangeError unless `seed` is an integer from 0 to 2**32 - 1. */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(
        `Cannot seed MT19937: seed must be an integer from 0 to 4294967295, found ${seed}`,
      );
    }
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < N; i++) {
      const previous = state[i - 1];
      state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
  }

  /** The next 32 bits, as an integer from 0 to 2**32 - 1. */
  nextUint32(): number {
    if (this.#position === N) this.#nextBlock();
    return this.#output[this.#position++];
  }

  /** Writes the next `count` words to `out` from `start` on: as many calls of nextUint32(), a block at a time. */
  fillWords(out: Uint32Array, start: number, count: number): void {
    for (let at = start, end = start + count; at < end;) {
      if (this.#position === N) this.#nextBlock();
      const part = this.#output.subarray(this.#position, Math.min(N, this.#position + end - at));
      out.set(part, at);
      at += part.length;
      this.#position += part.length;
    }
  }

  /** The next double in [0, 1) with 53 random bits: `genrand_res53`, NumPy's `random_sample`. */
  nextDouble(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 67108864 + low) * (1 / 9007199254740992);
  }

  /** The state as `RandomState.get_state()` has it: 624 words, and how many of the block have been used. */
  snapshot(): { key: number[]; position: number } {
    return { key: Array.from(this.#state), position: this.#position };
  }

  /**
   * A generator that goes on where `snapshot` was taken. Throws TypeError unless `key` holds 624 words, RangeError
   * where a word is no 32-bit integer or `position` is outside 0..624.
   */
  static restore(snapshot: { key: readonly number[]; position: number }): MT19937 {
    const { key, position } = snapshot;
    if (!Array.isArray(key) || key.length !== N) {
      throw new TypeError(`Cannot restore MT19937: key must hold ${N} words, found ${key?.length ?? key}`);
    }
    const bad = key.find((word) => !Number.isInteger(word) || word < 0 || word > 0xffffffff);
    if (bad !== undefined) {
      throw new RangeError(
        `Cannot restore MT19937: a word must be an integer from 0 to 4294967295, found ${bad}`,
      );
    }
    if (!Number.isInteger(position) || position < 0 || position > N) {
      throw new RangeError(
        `Cannot restore MT19937: position must be an integer from 0 to ${N}, found ${position}`,
      );
    }
    const generator = new MT19937(0);
    generator.#state.set(key);
    generator.#position = position;
    for (let i = 0; i < N; i++) generator.#output[i] = temper(key[i]);
    return generator;
  }

  #nextBlock(): void {
    const state = this.#state;
    const output = this.#output;
    for (let i = 0; i < N; i++) {
      const far = i < N - M ? i + M : i + M - N;
      state[i] = state[far] ^ twist(state[i], state[i + 1 < N ? i + 1 : 0]);
      output[i] = temper(state[i]);
    }
    this.#position = 0;
  }
}

/** The recurrence's mix of one word's top bit with the next one's lower 31, times the matrix A. */
function twist(word: number, next: number): number {
  const y = (word & 0x80000000) | (next & 0x7fffffff);
  return (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
}

function temper(word: number): number {
  let y = word;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >>> 18);
}
