import type { Kernels } from "../kernels.ts";

/** What turns gradients into steps: a value that says what it keeps and makes one step. Registered in optimizers.ts. */
export interface Optimizer {
  /** What it is, for whoever chooses one. */
  readonly description: { readonly en: string; readonly ja: string };
  /** Its constants, by the names that its literature gives them. */
  readonly settings: Readonly<Record<string, number>>;
  /** Names of the blocks that it keeps from step to step, each of the parameters' size and zero at first. */
  readonly state: readonly string[];
  /** A step is parameters -= rate * gradient and nothing else: the network then moves them while it forms the gradient. */
  readonly direct?: true;
  /** Moves the parameters against the gradient. */
  step(kernels: Kernels, blocks: OptimizerStep): void;
}

/** What a step works on. Blocks are pointers to the numbers of all layers: see layers/layer.ts. */
export interface OptimizerStep {
  /** Block to be moved. */
  readonly parameters: number;
  /** Block of the batch's gradient. */
  readonly gradient: number;
  /** Blocks of what is kept, in the order of their names. */
  readonly state: readonly number[];
  /** How many float32 a block has: a multiple of 16, padding is zero. */
  readonly floats: number;
  /** The learning rate. */
  readonly rate: number;
  /** Counts the steps of a training, from 1. */
  readonly t: number;
}
