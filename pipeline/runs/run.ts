import type { Experiment } from "../../src/config/schema.ts";
import { deriveSeeds, type Seeds } from "../../src/random/seeds.ts";
import type { sweepRungs } from "../../src/sweep/sweep_rungs.ts";
import type { Trial } from "../../src/sweep/trial.ts";
import { runName } from "../../src/tables/results_csv.ts";

/** A trial with one of the experiment's seeds, and what its generators are seeded with. */
export interface Run {
  readonly name: string;
  readonly trial: Trial;
  readonly seed: number;
  readonly seeds: Seeds;
}

export type Rung = ReturnType<typeof sweepRungs>[number];

/** By trial, then seed. */
export function planRuns(trials: Iterable<Trial>, { seeds, rng }: Pick<Experiment, "seeds" | "rng">): Run[] {
  return [...trials].flatMap((trial) =>
    seeds.map((seed) => {
      const name = runName({ trial: trial.index, seed });
      return { name, trial, seed, seeds: deriveSeeds(seed, rng) };
    })
  );
}

/** A rung of as many epochs as the experiment's settings say leaves each trial its own: a sweep may have given it others. */
export function planRung(
  { epochs }: Rung,
  trials: Iterable<Trial>,
  experiment: Pick<Experiment, "seeds" | "rng" | "train">,
): Run[] {
  if (epochs === experiment.train.epochs) return planRuns(trials, experiment);
  return planRuns(Array.from(trials, (trial) => withEpochs(trial, epochs)), experiment);
}

export function withEpochs<T extends Pick<Trial, "train">>(trial: T, epochs: number): T {
  return { ...trial, train: { ...trial.train, epochs } };
}
