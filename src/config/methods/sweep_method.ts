import type { z } from "zod";
import type { Settings } from "../../settings/settings.ts";
import type { Candidates } from "./candidates.ts";
import type { Decided } from "./method.ts";
import type { Flaw } from "./parameters.ts";

/** A round of a sweep, in which trials are trained up to a number of epochs. The best of them go on to the next. */
export interface Rung {
  /** Epochs that each of its trials has in all, those of earlier rungs included. */
  readonly epochs: number;
  /** How many trials take part. */
  readonly trials: number;
}

/** A way through a sweep: of which trials it is, and in which rungs they are trained. */
export interface SweepMethod<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  /** The part of the sweep that lists its trials, and the keys below the sweep where it stands. */
  candidates(sweep: z.output<Schema>): Candidates;
  readonly at: readonly string[];
  /** Whether trials of more epochs are better than those of fewer, whatever their metrics: they got further. */
  readonly ranksByEpochs: boolean;
  /** The rungs for so many trials and epochs of `train`. */
  rungs(sweep: z.output<Schema>, plan: { epochs: number; trials: number }): Rung[];
  /** What is wrong beside its candidates, where its schema cannot tell. */
  flaws(sweep: z.output<Schema>, base: Settings): Iterable<Flaw>;
  /** What a sweep that was written with these keys, right or wrong, decides for every trial beside its candidates. */
  decides(keys: readonly string[]): Decided[];
}

/** Types a method by its schema. */
export function sweepMethod<Schema extends z.ZodType>(method: SweepMethod<Schema>): SweepMethod<Schema> {
  return method;
}

/** The way of the methods that list trials: all of them in one rung. */
export const ONE_RUNG = {
  candidates: (sweep: Candidates) => sweep,
  at: [],
  ranksByEpochs: false,
  rungs: (_: unknown, rung: Rung) => [rung],
  flaws: () => [],
  decides: () => [],
};
