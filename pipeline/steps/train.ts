import type { Settings } from "../../src/config/settings_schema.ts";
import type { TrainerOptions } from "../../src/nn/trainer.ts";
import { RANDOM_SCHEME } from "../../src/random/seeds.ts";
import type { WorkerPool } from "../workers/pool.ts";
import type { EpochReply } from "../workers/protocol.ts";
import type { Step, StepContext } from "./step.ts";

/** The seeds that a training draws from. One that it does not draw from does not matter to it: null. */
export interface TrainSeeds {
  split: number;
  init: number;
  shuffle: number | null;
}

export interface TrainParameters {
  model: Settings["model"];
  train: Settings["train"];
  validation: number;
  seeds: TrainSeeds;
  /** How seeds turn into numbers. */
  random_scheme: number;
}

/** A row of history.csv without the run it belongs to. */
export interface EpochFacts {
  epoch: number;
  train_loss: number;
  val_loss: number | null;
  val_accuracy: number | null;
}

export interface TrainFacts {
  /** diverged: a loss was no longer finite, in the epoch after the history's last. */
  status: "ok" | "diverged";
  history: EpochFacts[];
  /** See hashWeights(). Null for a diverged training. */
  weights_sha256: string | null;
}

export interface TrainContext extends StepContext {
  pool(): Promise<WorkerPool>;
  /** How many images the training part has, before validation is set aside. */
  readonly trainCount: number;
  onStart(worker: number): void;
  onEpoch(epoch: EpochReply, worker: number): void;
}

/** What training needs to know of a trial and a run's seeds. */
export function trainParameters(
  { model, train, preprocess }: Settings,
  seeds: { split: number; init: number; shuffle: number },
): TrainParameters {
  const { split, init } = seeds;
  const shuffle = train.shuffle === "none" ? null : seeds.shuffle;
  const { validation } = preprocess;
  return { model, train, validation, seeds: { split, init, shuffle }, random_scheme: RANDOM_SCHEME };
}

/** The same as the trainer takes it. */
export function trainerOptions(parameters: TrainParameters, trainCount: number): TrainerOptions {
  const { model, train, seeds, validation } = parameters;
  const held = Math.ceil(validation * trainCount);
  return {
    hidden: model.hidden,
    activation: model.activation,
    init: model.init,
    batchSize: train.batch_size,
    learningRate: train.learning_rate,
    optimizer: train.optimizer,
    reduction: train.reduction,
    shuffle: train.shuffle,
    seeds: { init: seeds.init, shuffle: seeds.shuffle ?? 0 },
    counts: { train: trainCount - held, validation: held },
  };
}

/** Trains a network on a worker, from the first weights to the last epoch. */
export const trainStep: Step<TrainParameters, "dataset", "weights", TrainFacts, TrainContext> = {
  name: "train",
  version: 1,
  async run({ parameters, context }) {
    const pool = await context.pool();
    const history: EpochFacts[] = [];
    const { status, weights, weights_sha256 } = await pool.train({
      type: "train",
      options: trainerOptions(parameters, context.trainCount),
      split: { validation: parameters.validation, seed: parameters.seeds.split },
      epochs: parameters.train.epochs,
    }, {
      onStart: context.onStart,
      onEpoch(reply, worker) {
        const { epoch, train_loss, val_loss, val_accuracy } = reply;
        history.push({ epoch, train_loss, val_loss, val_accuracy });
        context.onEpoch(reply, worker);
      },
    });
    return { outputs: { weights }, facts: { status, history, weights_sha256 } };
  },
};
