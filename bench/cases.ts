import type { ActivationName } from "../src/nn/activation.ts";

/** Learning rates of the optimizers that every program has. */
export const LEARNING_RATES = { sgd: 0.01, adam: 0.001 } as const;

/** The name of such an optimizer. */
export type BenchOptimizer = keyof typeof LEARNING_RATES;

/** A training to be timed: what `--case` takes by name. */
export interface Case {
  readonly name: string;
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly batch: number;
  /** Left out: sgd. */
  readonly optimizer?: BenchOptimizer;
  /** Seconds that a program trains for in a round, about. */
  readonly seconds: number;
  /** Whether its kernels are timed too. */
  readonly profiled?: true;
}

const COURSE = { hidden: [400, 200], activation: "tanh", batch: 20, seconds: 0.7 } as const;

/** The cases in the order in which they run and are reported. */
export const CASES: readonly Case[] = [
  { ...COURSE, name: "course-1", batch: 1 },
  { ...COURSE, name: "course-20", seconds: 2.4, profiled: true },
  { ...COURSE, name: "course-100", batch: 100 },
  { ...COURSE, name: "course-1000", batch: 1000 },
  { ...COURSE, name: "relu", activation: "relu" },
  { ...COURSE, name: "sigmoid", activation: "sigmoid" },
  { ...COURSE, name: "hidden-30", hidden: [30] },
  { ...COURSE, name: "hidden-100", hidden: [100] },
  { ...COURSE, name: "wide", hidden: [1000, 1000], batch: 128, profiled: true },
  { ...COURSE, name: "adam", optimizer: "adam", activation: "relu", batch: 128, profiled: true },
];

export const FEATURES = 784;
export const CLASSES = 10;
/** Images an epoch: MNIST's 60,000 less the fifth that validates. */
export const EPOCH_IMAGES = 48_000;
/** Standard deviation of the first weights. */
export const SIGMA = 0.01;

/** Units from the features to the classes. */
export function layerSizes({ hidden }: Pick<Case, "hidden">): number[] {
  return [FEATURES, ...hidden, CLASSES];
}
