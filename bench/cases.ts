import type { ActivationName } from "../src/nn/activation.ts";

/** A training to be timed: what `--case` takes by name. */
export interface Case {
  readonly name: string;
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly batch: number;
  /** Most seconds that one measure should take; a whole epoch where it takes less. */
  readonly seconds: number;
  /** Whether its kernels are timed too. */
  readonly profiled?: true;
}

const COURSE = { hidden: [400, 200], activation: "tanh", batch: 20, seconds: 1 } as const;

/** The cases in the order in which they run and are reported. */
export const CASES: readonly Case[] = [
  { ...COURSE, name: "course-20", seconds: 4, profiled: true },
  { ...COURSE, name: "course-1", batch: 1 },
  { ...COURSE, name: "course-100", batch: 100 },
  { ...COURSE, name: "course-1000", batch: 1000 },
  { ...COURSE, name: "relu", activation: "relu" },
  { ...COURSE, name: "sigmoid", activation: "sigmoid" },
  { ...COURSE, name: "hidden-30", hidden: [30] },
  { ...COURSE, name: "hidden-100", hidden: [100] },
  { ...COURSE, name: "wide", hidden: [1000, 1000], batch: 128, profiled: true },
];

export const FEATURES = 784;
export const CLASSES = 10;
/** Images an epoch: MNIST's 60,000 less the fifth that validates. */
export const EPOCH_IMAGES = 48_000;
export const LEARNING_RATE = 0.01;
/** Standard deviation of the first weights. */
export const SIGMA = 0.01;

/** Units from the features to the classes. */
export function layerSizes({ hidden }: Pick<Case, "hidden">): number[] {
  return [FEATURES, ...hidden, CLASSES];
}

/**
 * Floating-point operations by which a dense implementation trains on one image: 2 (a multiplication and an addition) for each
 * weight in the forward pass, in the gradient by the weights and, but for the first layer, in the gradient by its input.
 * Activations, loss and biases are not counted.
 */
export function trainingFlops(sizes: readonly number[]): number {
  let multiplyAdds = 0;
  for (let l = 1; l < sizes.length; l++) multiplyAdds += (l === 1 ? 2 : 3) * sizes[l - 1] * sizes[l];
  return 2 * multiplyAdds;
}
