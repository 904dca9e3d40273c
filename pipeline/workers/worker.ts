/// <reference lib="deno.worker" />
// A training worker. It has no permission at all: everything it works with is posted to it.

import { createHash } from "node:crypto";
import { splitTrainValidation } from "../../src/data/split.ts";
import { fitStandardisation, type Standardisation } from "../../src/data/standardise.ts";
import { type Bench, joinBench } from "../../src/nn/bench.ts";
import { evaluateWeights } from "../../src/nn/evaluate.ts";
import { startTraining } from "../../src/nn/open_training.ts";
import type { Trainer, TrainerState } from "../../src/nn/trainer.ts";
import { hashWeights } from "../../src/nn/weights.ts";
import { formatPredictions } from "../../src/tables/predictions_csv.ts";
import {
  type EpochProbe,
  type EvaluateRequest,
  type InspectRequest,
  trainingOptions,
  type TrainingState,
  type TrainRequest,
  type WorkerReply,
  type WorkerRequest,
} from "./protocol.ts";
import { writeInspection } from "../../src/numpy/inspection_npz.ts";
import { writePlane } from "../../src/numpy/plane_npz.ts";
import { writeJudgedRows } from "../../src/numpy/rows_npz.ts";
import { readWeights, writeWeights } from "../../src/numpy/weights_npz.ts";
import { inspectPlane, isPlane } from "./inspect_plane.ts";
import { inspectRows, inspectRun } from "./inspect_run.ts";
import { measureRun } from "./measure_run.ts";

let bench: Bench | null = null;

function reply(message: WorkerReply, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

function train(bench: Bench, { training, epochs, from, checkpointSeconds }: TrainRequest): void {
  const options = trainingOptions(training);
  const trainer = startTraining(bench, { ...options, from: from ? decodeState(from) : undefined });
  let saved = performance.now();
  let probes: EpochProbe[] = from ? [] : [{ epoch: 0, layers: trainer.probe() }];
  const scheduled = training.train.schedule !== undefined;
  while (trainer.epoch < epochs && !trainer.stopped) {
    const start = performance.now();
    const train_loss = trainer.trainEpoch();
    const seconds = (performance.now() - start) / 1000;
    const validation = Number.isFinite(train_loss) ? trainer.validate() : null;
    const finite = Number.isFinite(train_loss) && (validation === null || Number.isFinite(validation.loss));
    // Weights are looked at after each epoch, so that where a training has diverged does not depend on where it once stopped.
    if (!finite || !trainer.finite) return reply({ type: "trained", state: null });
    probes.push({ epoch: trainer.epoch, layers: trainer.probe() });
    reply({
      type: "epoch",
      epoch: trainer.epoch,
      train_loss,
      val_loss: validation?.loss ?? null,
      val_accuracy: validation?.accuracy ?? null,
      seconds,
      ...scheduled && { learning_rate: trainer.rate },
      probes,
    });
    probes = [];
    const goesOn = trainer.epoch < epochs && !trainer.stopped;
    if (goesOn && performance.now() - saved >= 1000 * checkpointSeconds) {
      replyState("checkpoint", trainer);
      saved = performance.now();
    }
  }
  replyState("trained", trainer);
}

/** What stands before the names of the last weights where others are kept. */
const LAST = "last_";

function replyState(type: "checkpoint" | "trained", trainer: Trainer): void {
  const { epoch, parameters, optimizer, best, ...rest } = trainer.state;
  const kept = best ?? parameters;
  const last = best ? parameters.map((tensor) => ({ ...tensor, name: LAST + tensor.name })) : [];
  const weights_sha256 = hashWeights(kept, createHash("sha256")); // ten times as fast as the library's own
  const files = { weights: writeWeights(kept), optimizer: writeWeights([...optimizer, ...last]) };
  const early = trainer.watches &&
    { early: { stopped: trainer.stopped ? epoch : null, kept: trainer.kept.epoch } };
  const state = { epoch, weights_sha256, ...rest, ...early, ...files };
  reply({ type, state }, [files.weights.buffer, files.optimizer.buffer]);
}

function decodeState({ epoch, weights, optimizer, shuffle, noise, losses }: TrainingState): TrainerState {
  const kept = readWeights(weights), tensors = readWeights(optimizer);
  const last = tensors.filter(({ name }) => name.startsWith(LAST));
  return {
    epoch,
    ...last.length === 0 ? { parameters: kept } : {
      parameters: last.map((tensor) => ({ ...tensor, name: tensor.name.slice(LAST.length) })),
      best: kept,
    },
    optimizer: tensors.filter((tensor) => !last.includes(tensor)),
    shuffle,
    noise,
    losses,
  };
}

function evaluate(
  bench: Bench,
  { activation, scale, standardise, weights, measures }: EvaluateRequest,
): void {
  const start = performance.now();
  const standardisation = fit(bench, { scale, standardise });
  const options = { weights: readWeights(weights), activation, scale, standardisation };
  const evaluation = evaluateWeights(bench, options);
  const measured = Number.isFinite(evaluation.loss)
    ? measureRun(bench, options, { measures, predictions: evaluation.predictions })
    : {};
  const { labels } = bench.dataset.test;
  const text = formatPredictions({ labels, predictions: evaluation.predictions });
  const predictions = new TextEncoder().encode(text);
  reply({
    type: "evaluated",
    test_loss: evaluation.loss,
    test_accuracy: evaluation.accuracy,
    measured,
    predictions,
    seconds: (performance.now() - start) / 1000,
  }, [predictions.buffer]);
}

/** Fitted again to the rows that the weights were trained on. */
function fit(
  { dataset: { train, features } }: Bench,
  { scale, standardise }: Pick<EvaluateRequest, "scale" | "standardise">,
): Standardisation | undefined {
  if (standardise === undefined) return undefined;
  const { mode, validation, limit = Infinity, seed } = standardise;
  const split = splitTrainValidation({ count: Math.min(limit, train.count), validation, seed });
  return fitStandardisation(train, split.train, { features, scale, standardise: mode });
}

function inspect(bench: Bench, { activation, scale, standardise, weights, limit }: InspectRequest): void {
  const standardisation = fit(bench, { scale, standardise });
  const options = { weights: readWeights(weights), activation, scale, standardisation };
  const inspection = bench.dataset.test.storage !== "real"
    ? writeInspection(inspectRun(bench, options))
    : isPlane(bench.dataset)
    ? writePlane(inspectPlane(bench, { ...options, limit }))
    : writeJudgedRows(inspectRows(bench, options));
  reply({ type: "inspected", inspection }, [inspection.buffer]);
}

self.addEventListener("message", ({ data: request }: MessageEvent<WorkerRequest>) => {
  try {
    if (request.type === "open") bench = joinBench({ ...request, kernels: request.module });
    else if (bench === null) throw new TypeError(`Cannot ${request.type}: the worker must be open`);
    else if (request.type === "train") train(bench, request);
    else if (request.type === "evaluate") evaluate(bench, request);
    else inspect(bench, request);
  } catch (error) {
    reply({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
});
