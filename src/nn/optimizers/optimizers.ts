import { adagrad } from "./adagrad.ts";
import { momentum } from "./momentum.ts";
import type { Optimizer } from "./optimizer.ts";
import { sgd } from "./sgd.ts";

/** The optimizers that there are, by the names that a config gives them. */
export const OPTIMIZERS = { sgd, momentum, adagrad } as const satisfies Readonly<Record<string, Optimizer>>;

/** The name of an optimizer. */
export type OptimizerName = keyof typeof OPTIMIZERS;

export const OPTIMIZER_NAMES = Object.keys(OPTIMIZERS) as OptimizerName[];
