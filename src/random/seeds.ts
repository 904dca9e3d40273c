/** The version of the scheme that turns seeds into random numbers. It is part of every fingerprint. */
export const RANDOM_SCHEME = 1;

/** A seed for each use of random numbers in a run, each an integer from 0 to 2**32 - 1. */
export interface Seeds {
  /** Which rows are for validation. */
  split: number;
  /** The initial weights and biases. */
  init: number;
  /** The order of the batches. */
  shuffle: number;
  /** The points of a random search. */
  search: number;
  /** The units that dropout leaves out, and the noise of the inputs. */
  noise: number;
}

const MAX_SEED = 0x3fffffff;
const MAX_PIN = 0xffffffff;

/**
 * The seeds of a run: 4 * seed + 0..3 in the order split, init, shuffle, search, and 2**32 - 1 - seed for noise, so that no two uses and
 * no two runs share one while seeds are below 3 * 2**28; a pin takes the place of its own. Throws RangeError unless `seed` is an integer from 0 to 2**30 - 1 and
 * each pin one from 0 to 2**32 - 1.
 */
export function deriveSeeds(
  seed: number,
  pins: { readonly [use in keyof Seeds]?: number | undefined } = {},
): Seeds {
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
    throw new RangeError(`Cannot derive seeds: seed must be an integer from 0 to ${MAX_SEED}, found ${seed}`);
  }
  const seeds: Seeds = {
    split: 4 * seed,
    init: 4 * seed + 1,
    shuffle: 4 * seed + 2,
    search: 4 * seed + 3,
    noise: MAX_PIN - seed,
  };
  for (const use of Object.keys(seeds) as (keyof Seeds)[]) {
    const pin = pins[use];
    if (pin === undefined) continue;
    if (!Number.isInteger(pin) || pin < 0 || pin > MAX_PIN) {
      throw new RangeError(
        `Cannot derive seeds: ${use} must be an integer from 0 to ${MAX_PIN}, found ${pin}`,
      );
    }
    seeds[use] = pin;
  }
  return seeds;
}
