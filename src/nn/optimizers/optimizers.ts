import type { Workspace } from "../memory.ts";

/** Names of the optimizers. */
export type OptimizerName = "sgd" | "momentum" | "adagrad";

/** Moves the parameters against the gradient; blocks as in layers/layer.ts. */
export interface Optimizer {
  /** Whether it keeps a state of the parameters' size, zero at first. */
  readonly stateful: boolean;
  /** One step over `floats` floats. */
  step(blocks: { parameters: number; gradient: number; state: number; floats: number }): void;
}

/** What momentum keeps of its velocity at each step. */
const MOMENTUM = 0.9;

/** The optimizer of that name. */
export function optimizer(
  name: OptimizerName,
  { kernels }: Workspace,
  learningRate: number,
): Optimizer {
  switch (name) {
    case "sgd":
      return {
        stateful: false,
        step: ({ parameters, gradient, floats }) =>
          kernels.sgdStep(parameters, gradient, floats, learningRate),
      };
    case "momentum":
      return {
        stateful: true,
        step: ({ parameters, gradient, state, floats }) =>
          kernels.momentumStep(parameters, state, gradient, floats, learningRate, MOMENTUM),
      };
    case "adagrad":
      return {
        stateful: true,
        step: ({ parameters, gradient, state, floats }) =>
          kernels.adagradStep(parameters, state, gradient, floats, learningRate),
      };
  }
}
