import type {
  ReferenceEpoch,
  ReferenceRun,
  TrainingSeeds,
  TrainingSettings,
} from "../../src/grade/engine.ts";
import { Arena } from "../../src/nn/arena.ts";
import type { Tensor } from "../../src/nn/tensor.ts";
import { Trainer, type TrainerOptions, type TrainerState } from "../../src/nn/trainer.ts";
import { RandomState } from "../../src/random/random_state.ts";
import { RANDOM_SCHEME } from "../../src/random/seeds.ts";
import type { Step, StepContext } from "../steps/step.ts";
import type { ImageDataset } from "./image_dataset.ts";

/** What a trace depends on besides the data set. */
export interface TraceParameters {
  readonly settings: Omit<TrainingSettings, "dataset">;
  readonly seeds: TrainingSeeds;
  readonly random_scheme: number;
}

interface TraceContext extends StepContext {
  dataset(): Promise<ImageDataset>;
}

/** Epochs up to the end, or up to one in which the loss was no longer finite. */
export interface TraceFacts {
  readonly epochs: ReferenceEpoch[];
}

/** The parameters of a trace. */
export function traceParameters(
  { dataset: _, ...settings }: TrainingSettings,
  seeds: TrainingSeeds,
): TraceParameters {
  return { settings, seeds, random_scheme: RANDOM_SCHEME };
}

/** Trains a network as the course does and notes, epoch by epoch, besides the losses that of the last batch before its step. */
export const traceStep: Step<TraceParameters, "dataset", never, TraceFacts, TraceContext> = {
  name: "grade_trace",
  version: 1,
  async run({ parameters, context }) {
    const dataset = await context.dataset();
    return { outputs: {}, facts: { epochs: trace(dataset, parameters).epochs } };
  },
};

/** Metrics of a network at its end, on the test images; null where the training diverged. */
export type RunFacts = Omit<ReferenceRun, "seed">;

/** Trains a network of several activations, which experiments do not have, as the course does, and evaluates it. */
export const runStep: Step<TraceParameters, "dataset", never, RunFacts, TraceContext> = {
  name: "grade_run",
  version: 1,
  async run({ parameters, context }) {
    const dataset = await context.dataset();
    const { epochs, weights } = trace(dataset, parameters);
    const { activation, epochs: all } = parameters.settings;
    if (epochs.length < all || weights === null) {
      return { outputs: {}, facts: { test_accuracy: null, test_loss: null } };
    }
    const named = weights.map(({ name, shape, data }) =>
      [name, { shape, data: Float64Array.from(data) }] as const
    );
    const { accuracy, loss } = dataset.evaluate({ parameters: Object.fromEntries(named), activation });
    return { outputs: {}, facts: { test_accuracy: accuracy, test_loss: loss } };
  },
};

/**
 * The last batch of each epoch is trained apart from the others, by a trainer of its own that goes on with their weights: so its loss is
 * known, and everything else comes out as in one go.
 */
function trace(
  dataset: ImageDataset,
  { settings, seeds }: TraceParameters,
): { epochs: ReferenceEpoch[]; weights: readonly Tensor[] | null } {
  const split = dataset.rows({ validation: settings.validation, seed: seeds.split });
  const permutation = new RandomState(seeds.shuffle).permutation(split.train.length);
  const order = Uint32Array.from(permutation, (i) => split.train[i]);
  const last = order.length % settings.batch_size || Math.min(settings.batch_size, order.length);
  const first = order.length - last;
  const options = (train: number, validation: number): TrainerOptions => ({
    hidden: settings.hidden,
    activation: settings.activation,
    init: { method: "gaussian", sigma: settings.sigma, bias: "gaussian" },
    batchSize: settings.batch_size,
    learningRate: settings.learning_rate,
    optimizer: "sgd",
    reduction: settings.reduction,
    shuffle: "none",
    seeds: { init: seeds.init, shuffle: 0 },
    counts: { train, validation },
  });
  const most = options(first, 0);
  const rest = options(last, split.validation.length);
  const { data } = dataset.bench(0);
  const bytes = (first > 0 ? Trainer.bytes(data, most) : 0) + Trainer.bytes(data, rest);
  const { workspace, data: placed, start } = dataset.bench(bytes);
  const arena = new Arena(start);
  const whole = first > 0 ? new Trainer(workspace, arena, placed, most) : null;
  const ragged = new Trainer(workspace, arena, placed, rest);
  const none = new Uint32Array();

  const epochs: ReferenceEpoch[] = [];
  let state: TrainerState | undefined;
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    let loss = 0;
    if (whole !== null) {
      whole.begin({ train: order.subarray(0, first), validation: none }, state);
      loss = whole.trainEpoch();
      if (!Number.isFinite(loss)) break;
      state = whole.state;
    }
    ragged.begin({ train: order.subarray(first), validation: split.validation }, state);
    const last_batch_loss = ragged.trainEpoch();
    const val_loss = ragged.validate()?.loss ?? null;
    if (!Number.isFinite(last_batch_loss) || !Number.isFinite(val_loss ?? 0)) break;
    state = ragged.state;
    const train_loss = (loss * first + last_batch_loss * last) / order.length;
    epochs.push({ train_loss, val_loss, last_batch_loss });
  }
  return { epochs, weights: state?.parameters ?? null };
}
