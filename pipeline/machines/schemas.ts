import { z } from "zod";
import { settingsShape } from "../../src/settings/settings.ts";
import { SHA256 } from "../../src/text/codecs.ts";
import { MEASURES } from "../../src/tables/metrics.ts";
import type { EvaluateFacts } from "../steps/evaluate.ts";
import type { TrainFacts } from "../steps/training_files.ts";
import { FORMAT } from "./agreement.ts";

// What machines send one another. Whatever arrives is anybody's until it is parsed here.

const hash = z.string().regex(SHA256);
const count = z.int().min(0);
const epochs = z.int().min(1).max(1_000_000);
const seed = z.int().min(0).max(2 ** 32 - 1);
const text = (length: number) => z.string().max(length);

export const MAX_LABEL = 300;

/** Of a machine; also a part of a subject. */
export const machineId = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);

/** One of the workers of a machine. */
const machine = z.strictObject({ id: machineId, name: text(100), slot: count.max(1023) });

export type Machine = z.infer<typeof machine>;

const trainShape = settingsShape.train.unwrap().shape;

/** See TrainParameters; a step's own defaults are filled in by whoever asks, so nothing is left out. */
const trainParameters = z.strictObject({
  model: settingsShape.model.unwrap(),
  train: z.strictObject({ ...trainShape, epochs: trainShape.epochs.unwrap().optional() }),
  preprocess: settingsShape.preprocess.unwrap(),
  seeds: z.strictObject({ split: seed, init: seed, shuffle: seed.nullable(), noise: seed.exactOptional() }),
  random_scheme: count,
});

/** What is measured of a run beside loss and accuracy. */
const measures = z.array(z.enum(MEASURES)).max(MEASURES.length);

/** A run to train up to an epoch and to evaluate. */
export const jobSchema = z.strictObject({
  format: z.literal(FORMAT),
  fingerprint: hash,
  stage: epochs,
  parameters: trainParameters,
  /** SHA-256 of the encoded data set, which is an object of that name. */
  dataset: hash,
  /** The epoch of which there is a state to go on from; null for a new training. */
  from: epochs.nullable(),
  measures,
  /** For people. */
  label: text(MAX_LABEL),
});

export type Job = z.infer<typeof jobSchema>;

/** Bytes beside the header, or those of an object. */
const part = z.strictObject({ sha256: hash, bytes: count.max(2 ** 31), inline: z.boolean() });

export type Part = z.infer<typeof part>;

/** What a parcel begins with: see encodeParcel(). */
export const headerSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("state"),
    format: z.literal(FORMAT),
    fingerprint: hash,
    stage: epochs,
    /** Null where a sweep says so, of what it had. */
    machine: machine.nullable(),
    parts: z.strictObject({
      /** See bodySchema. */
      body: part,
      weights: part,
      optimizer: part,
      diagnostics: part,
      predictions: part.optional(),
    }),
  }),
  z.strictObject({
    kind: z.literal("failed"),
    format: z.literal(FORMAT),
    fingerprint: hash,
    stage: epochs,
    machine: machine.nullable(),
    reason: text(2000),
  }),
]);

export type Header = z.infer<typeof headerSchema>;

const metric = z.number().nullable();

const generator = z.strictObject({
  key: z.array(seed).length(624),
  position: z.int().min(0).max(624),
  cachedNormal: z.number().nullable(),
});

const trainFacts: z.ZodType<TrainFacts> = z.strictObject({
  status: z.enum(["ok", "diverged"]),
  history: z.array(
    z.strictObject({
      epoch: epochs,
      train_loss: z.number(),
      val_loss: metric,
      val_accuracy: metric,
      learning_rate: z.number().exactOptional(),
    }),
  ),
  weights_sha256: hash.nullable(),
  shuffle: generator.nullable(),
  noise: generator.exactOptional(),
  early: z.strictObject({ stopped: epochs.nullable(), kept: count }).exactOptional(),
});

const evaluateFacts: z.ZodType<EvaluateFacts> = z.strictObject(
  {
    test_loss: metric,
    test_accuracy: metric,
    test_top2_accuracy: z.number().exactOptional(),
    test_macro_f1: z.number().exactOptional(),
    test_ece: z.number().exactOptional(),
    calibration: z.array(z.strictObject({ count, accuracy: metric, confidence: metric })).exactOptional(),
  } satisfies Record<keyof EvaluateFacts, z.ZodType>,
);

/** What a state comes to besides bytes. */
export const bodySchema = z.strictObject({
  train: trainFacts,
  /** Of each epoch of the history, the seconds of its training loop; 0 where nobody knows. */
  seconds: z.array(z.number().min(0)),
  /** Null for a state on the way, and of a training that diverged. */
  evaluate: z.strictObject({ facts: evaluateFacts, measures, seconds: z.number().min(0) }).nullable(),
});

/** What is told of a run under way, by the worker of a machine. */
export const progressSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("start"), machine }),
  z.strictObject({
    type: z.literal("epoch"),
    machine,
    epoch: epochs,
    train_loss: z.number(),
    val_loss: metric,
    val_accuracy: metric,
    seconds: z.number().min(0),
  }),
]);

export type Progress = z.infer<typeof progressSchema>;

/** How often a job was given back by a worker that was asked to end: no fault of the job's. */
export const returnedSchema = z.strictObject({ returned: count });

/** What a machine says of itself each few seconds; one of another version may say more. */
export const beatSchema = z.object({
  format: z.int(),
  id: machineId,
  name: text(100),
  workers: count.max(1024),
  /** See agreement(). */
  core: text(64),
  versions: z.record(text(40), text(100)),
  images_per_second: z.number().min(0),
  /** Why the server has no room for what it has to store; null where it has. */
  full: text(2000).nullable().default(null),
  /** What is trained, as keyText() names it. */
  runs: z.array(text(100)).max(1024).default([]),
  /** Of each worker, what it trains; null is idle. */
  doing: z.array(z.strictObject({ label: text(MAX_LABEL), epoch: count, epochs: count }).nullable()).max(
    1024,
  ),
});

export type Beat = z.infer<typeof beatSchema>;
