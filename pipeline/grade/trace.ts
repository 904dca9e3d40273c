import type { ReferenceEpoch, TrainingSeeds, TrainingSettings } from "../../src/grade/engine.ts";
import { openTraining } from "../../src/nn/open_training.ts";
import type { TrainerState } from "../../src/nn/trainer.ts";
import { RandomState } from "../../src/random/random_state.ts";
import { RANDOM_SCHEME } from "../../src/random/seeds.ts";
import type { Step, StepContext } from "../steps/step.ts";
import type { ImageDataset } from "../../src/grade/image_dataset.ts";

/** What a trace depends on besides the data set. */
interface TraceParameters {
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
  /** The trained network's; null where it diverged. */
  readonly test: { readonly loss: number; readonly accuracy: number } | null;
}

/** The parameters of a trace. */
export function traceParameters(
  { dataset: _, ...settings }: TrainingSettings,
  seeds: TrainingSeeds,
): TraceParameters {
  return { settings, seeds, random_scheme: RANDOM_SCHEME };
}

/**
 * Trains a network as the course does and notes, epoch by epoch, besides the usual losses that of the training rows after the epoch, and
 * that of the last batch before its step; at the end how it does on the test images.
 */
export const traceStep: Step<TraceParameters, "dataset", never, TraceFacts, TraceContext> = {
  name: "grade_trace",
  version: 2,
  async run({ parameters, context }) {
    const dataset = await context.dataset();
    return { outputs: {}, facts: trace(dataset, parameters) };
  },
};

/**
 * The last batch of each epoch is trained apart from the others, by a trainer of its own that goes on with their weights: so its loss is
 * known, and everything else comes out as in one go.
 */
function trace(dataset: ImageDataset, { settings, seeds }: TraceParameters): TraceFacts {
  const split = dataset.rows({ validation: settings.validation, seed: seeds.split });
  const permutation = new RandomState(seeds.shuffle).permutation(split.train.length);
  const order = Uint32Array.from(permutation, (i) => split.train[i]);
  const last = order.length % settings.batch_size || Math.min(settings.batch_size, order.length);
  const first = order.length - last;
  const { epochs: _, limit: __, sigma, ...network } = settings;
  const open = (train: Uint32Array, validation: Uint32Array) =>
    openTraining(dataset.images, {
      ...network,
      kernels: dataset.kernels,
      init: { method: "gaussian", sigma, bias: "gaussian" },
      shuffle: "none",
      seeds: { init: seeds.init },
      rows: { train, validation },
    });
  const whole = first > 0 ? open(order.subarray(0, first), new Uint32Array()) : null;
  const ragged = open(order.subarray(first), split.validation);
  const after = open(order.subarray(first), order);

  const epochs: ReferenceEpoch[] = [];
  let state: TrainerState | undefined;
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    let loss = 0;
    if (whole !== null) {
      whole.restore(state);
      loss = whole.trainEpoch();
      if (!Number.isFinite(loss)) break;
      state = whole.state;
    }
    ragged.restore(state);
    const last_batch_loss = ragged.trainEpoch();
    const val_loss = ragged.validate()?.loss ?? null;
    if (!Number.isFinite(last_batch_loss) || !Number.isFinite(val_loss ?? 0)) break;
    state = ragged.state;
    after.restore(state);
    const train_loss_after = after.validate()?.loss ?? NaN;
    if (!Number.isFinite(train_loss_after)) break;
    const train_loss = (loss * first + last_batch_loss * last) / order.length;
    epochs.push({ train_loss, train_loss_after, val_loss, last_batch_loss });
  }
  if (state === undefined || epochs.length < settings.epochs) return { epochs, test: null };
  const { loss, accuracy } = after.test();
  return { epochs, test: { loss, accuracy } };
}
