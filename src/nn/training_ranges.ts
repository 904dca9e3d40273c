import type { NumberRange } from "./range.ts";

// What a training can be done with. A config may ask for less: its schema says how much.

/** Numbers, by the names that a config gives them. */
export const TRAINING_RANGES = {
  /** Of each hidden layer. */
  hidden: { min: 1, integer: true },
  sigma: { above: 0 },
  epochs: { min: 1, integer: true },
  batch_size: { min: 1, integer: true },
  learning_rate: { above: 0 },
  weight_decay: { min: 0, max: 1 },
  clip_norm: { above: 0 },
  dropout: { min: 0, max: 0.99 },
  input_noise: { min: 0, max: 1_000 },
  scale: { above: 0 },
  validation: { min: 0, below: 1 },
  limit: { min: 1, integer: true },
} as const satisfies Readonly<Record<string, NumberRange>>;

/** Those of early stopping. */
export const STOPPING_RANGES = {
  patience: { min: 1, integer: true },
  min_delta: { min: 0 },
} as const satisfies Readonly<Record<string, NumberRange>>;

export const REDUCTIONS = ["mean", "sum"] as const;

export const SHUFFLES = [
  "once",
  "each_epoch",
  "none",
] as const;

export const INIT_METHODS = ["gaussian", "xavier", "he"] as const;

/** Biases that are no number. */
export const BIASES = ["zero", "gaussian"] as const;
