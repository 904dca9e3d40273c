import { type Case, EPOCH_IMAGES } from "./cases.ts";
import type { Contestant } from "./contestant.ts";

/** What a program reached in a case, or why it did not run. */
export type Outcome = Times | { readonly failure: string };

/** @see Outcome */
export interface Times {
  /** What ran, with its versions. */
  readonly program: string;
  /** Of each round, for an epoch of 48,000 images. */
  readonly epochSeconds: readonly number[];
}

/** How much a program trains in a round, so that it takes the time that it should: `images` again and again. */
interface Workload {
  readonly images: number;
  readonly repetitions: number;
}

/** A program's speed is taken from a measure of at least this share of a round's seconds. */
const WARM_UP = 0.25;

/**
 * Lets programs train in turn, `rounds` times after a warm-up, so that whatever disturbs the machine disturbs them all alike.
 * A program that cannot go on drops out.
 *
 * @param options.seconds that a program trains for in a round, about: part of an epoch, or several
 */
export async function race(
  contestants: readonly (Contestant | { readonly failure: string })[],
  { batch, seconds, rounds, progress }: Pick<Case, "batch" | "seconds"> & {
    rounds: number;
    progress: (done: number, total: number) => void;
  },
): Promise<Outcome[]> {
  const lanes = contestants.map((entry) => ({
    entry,
    workload: { images: 0, repetitions: 0 },
    epochSeconds: [] as number[],
  }));
  let done = 0;
  for (let round = 0; round <= rounds; round++) {
    for (const lane of lanes) {
      progress(done++, (rounds + 1) * lanes.length);
      if ("failure" in lane.entry) continue;
      try {
        if (round === 0) lane.workload = await warmUp(lane.entry, { batch, seconds });
        else lane.epochSeconds.push(await timeEpoch(lane.entry, lane.workload));
      } catch (error) {
        lane.entry = { failure: error instanceof Error ? error.message : String(error) };
      }
    }
  }
  return lanes.map(({ entry, epochSeconds }) =>
    "failure" in entry ? entry : { program: entry.program, epochSeconds }
  );
}

/** Trains until caches, compilers and branch predictors know the code. Returns what fits into `seconds`. */
async function warmUp(
  contestant: Contestant,
  { batch, seconds }: Pick<Case, "batch" | "seconds">,
): Promise<Workload> {
  let images = batch;
  await contestant.measure(images); // cold: it says nothing about the speed
  let measure = await contestant.measure(images);
  while (measure.seconds < WARM_UP * seconds && images < EPOCH_IMAGES) {
    images = Math.min(4 * images, EPOCH_IMAGES);
    measure = await contestant.measure(images);
  }
  const fitting = images * seconds / measure.seconds;
  if (fitting >= EPOCH_IMAGES) {
    return { images: EPOCH_IMAGES, repetitions: Math.round(fitting / EPOCH_IMAGES) };
  }
  return { images: Math.max(1, Math.floor(fitting / batch)) * batch, repetitions: 1 };
}

/** Seconds for an epoch, from one workload. */
async function timeEpoch(contestant: Contestant, { images, repetitions }: Workload): Promise<number> {
  let seconds = 0;
  for (let i = 0; i < repetitions; i++) seconds += (await contestant.measure(images)).seconds;
  return seconds * EPOCH_IMAGES / (images * repetitions);
}
