import { adagrad } from "./adagrad.ts";
import { adam, adamw } from "./adam.ts";
import { momentum } from "./momentum.ts";
import { nesterov } from "./nesterov.ts";
import type { Optimizer, SettingValues } from "./optimizer.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

/** The optimizers that there are, by the names that a config gives them. */
export const OPTIMIZERS = {
  sgd,
  momentum,
  nesterov,
  adagrad,
  rmsprop,
  adam,
  adamw,
} as const satisfies Readonly<Record<string, Optimizer>>;

/** The name of an optimizer. */
export type OptimizerName = keyof typeof OPTIMIZERS;

export const OPTIMIZER_NAMES = Object.keys(OPTIMIZERS) as OptimizerName[];

/** An optimizer by its name, or a mapping with its name and those of its settings that are not the defaults. */
export type OptimizerChoice =
  | OptimizerName
  | { readonly name: OptimizerName; readonly [setting: string]: string | number | boolean };

/** The optimizer that is chosen, with a value for each of its settings. */
export function chosenOptimizer(choice: OptimizerChoice): { optimizer: Optimizer; settings: SettingValues } {
  const { name, ...others } = typeof choice === "string" ? { name: choice } : choice;
  const optimizer: Optimizer = OPTIMIZERS[name];
  const defaults = Object.entries(optimizer.settings).map(([key, setting]) => [key, setting.default]);
  // A config's schema has made sure that the others are settings of this optimizer.
  return { optimizer, settings: { ...Object.fromEntries(defaults), ...others } };
}

/** Of the choices that mean the same, the one that stands for all: a word where nothing but defaults is set, else what differs from them, in the optimizer's order. */
export function plainOptimizer(choice: OptimizerChoice): OptimizerChoice {
  if (typeof choice === "string") return choice;
  const { name } = choice;
  const set = Object.entries(OPTIMIZERS[name].settings).flatMap(([key, setting]) =>
    choice[key] === undefined || choice[key] === setting.default ? [] : [[key, choice[key]] as const]
  );
  return set.length === 0 ? name : { name, ...Object.fromEntries(set) };
}
