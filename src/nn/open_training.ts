import type { Dataset } from "../data/dataset.ts";
import { countRows, type Split, splitTrainValidation } from "../data/split.ts";
import { deriveSeeds } from "../random/seeds.ts";
import { checkTraining } from "./check_training.ts";
import { type Bench, type Engine, openBench } from "./bench.ts";
import { evaluationBytes } from "./evaluate.ts";
import { Arena } from "./memory.ts";
import { Trainer, type TrainerOptions, type TrainerState } from "./trainer.ts";
import { zeroTensors } from "./weights.ts";

/**
 * What to train: the keys of a config's sections `preprocess`, `model` and `train`, which may be spread into it, and seeds. What is left
 * out is as in a config.
 */
export interface TrainingOptions extends Partial<Omit<TrainerOptions, "seeds" | "counts">> {
  /** Only the first so many images of the training part. */
  readonly limit?: number | undefined;
  /** Part of these that is set aside to validate on, from 0 to below 1. */
  readonly validation?: number;
  /** A run's seed, from which those of each use follow: see deriveSeeds(). */
  readonly seed?: number;
  /** Seeds of single uses, in place of what follows from the run's; null for an order that is not drawn. */
  readonly seeds?: {
    readonly split?: number;
    readonly init?: number;
    readonly shuffle?: number | null;
    readonly noise?: number | undefined;
  };
  /** The rows themselves, in place of limit, validation and the split's seed. */
  readonly rows?: Split;
  /** Where to go on; left out for a new training. */
  readonly from?: TrainerState | undefined;
}

/** What a config's defaults are too. */
const DEFAULTS = {
  hidden: [400, 200],
  activation: "tanh",
  init: { method: "gaussian", sigma: 0.01, bias: "gaussian" },
  batch_size: 20,
  learning_rate: 0.01,
  optimizer: "sgd",
  reduction: "mean",
  shuffle: "once",
  scale: 255,
  validation: 0.2,
} as const satisfies TrainingOptions;

/**
 * A training of a network on a data set, in a memory of its own, ready for its first epoch. `kernels`: see loadKernels().
 *
 * @throws RangeError where an option is none that a training can be done with, as a batch_size of 2.5, rows that the training part does not
 * have, or what takes more than 4 GiB; TypeError where gaussian weights have no sigma, a schedule or early stopping that goes by the
 * validation loss has no rows to validate on, or `from` is the state of another training
 */
export function openTraining(
  dataset: Dataset,
  { kernels, ...options }: TrainingOptions & { readonly kernels: Engine },
): Trainer {
  checkTraining(dataset, { ...DEFAULTS, ...options });
  const bytes = trainingBytes(dataset, [options]);
  return startTraining(openBench(dataset, { kernels, bytes }), options);
}

/** The same on a bench whose room is large enough: see trainingBytes(). */
export function startTraining({ workspace, dataset, room }: Bench, options: TrainingOptions): Trainer {
  const arena = new Arena(room.start, room.end);
  const trainer = new Trainer(workspace, arena, dataset, resolve(dataset, options));
  trainer.begin(options.rows ?? splitOf(dataset, options), options.from);
  return trainer;
}

/** Bytes of room that the largest of some trainings takes on a bench of this data set, and the evaluation of what comes out of it. */
export function trainingBytes(dataset: Dataset, trainings: Iterable<TrainingOptions>): number {
  const sizes = new Map<string, number>();
  for (const training of trainings) {
    const options = resolve(dataset, training);
    const key = JSON.stringify({ ...options, seeds: null }); // many trainings of a sweep differ in their seeds alone
    if (!sizes.has(key)) {
      sizes.set(key, Math.max(Trainer.bytes(dataset, options), bytesAfter(dataset, options)));
    }
  }
  return [...sizes.values()].reduce((most, size) => Math.max(most, size), -Infinity);
}

/** Bytes for evaluating a network: fewer than for its training, but where noise makes sparse rows dense in training alone. */
function bytesAfter(
  dataset: Dataset,
  { hidden, activation, scale, input_noise = 0 }: TrainerOptions,
): number {
  if (input_noise === 0) return 0;
  const weights = zeroTensors([dataset.features, ...hidden, dataset.classes]);
  return evaluationBytes(dataset, { weights, activation, scale });
}

function resolve(dataset: Dataset, options: TrainingOptions): TrainerOptions {
  const { limit, validation, rows, from: _from, seed: _seed, seeds: _seeds, ...trainer } = {
    ...DEFAULTS,
    ...options,
  };
  const count = Math.min(limit ?? Infinity, dataset.train.count);
  const counts = rows
    ? { train: rows.train.length, validation: rows.validation.length }
    : countRows({ count, validation });
  return { ...trainer, seeds: seedsOf(options), counts };
}

function splitOf(dataset: Dataset, options: TrainingOptions): Split {
  const { limit = Infinity, validation = DEFAULTS.validation } = options;
  const count = Math.min(limit, dataset.train.count);
  return splitTrainValidation({ count, validation, seed: seedsOf(options).split });
}

function seedsOf({ seed = 0, seeds = {} }: TrainingOptions) {
  const { split, init, shuffle, noise } = seeds;
  return deriveSeeds(seed, { split, init, shuffle: shuffle ?? undefined, noise });
}
