/// <reference lib="deno.worker" />
// A training worker. It has no permission at all: everything it works with is posted to it.

import { decodeDataset } from "../../src/data/dataset_codec.ts";
import { splitTrainValidation } from "../../src/data/split.ts";
import { Arena } from "../../src/nn/arena.ts";
import { evaluateWeights } from "../../src/nn/evaluate.ts";
import { hashWeights } from "../../src/nn/hash_weights.ts";
import { Trainer } from "../../src/nn/trainer.ts";
import { type TrainingData, trainingData } from "../../src/nn/training_data.ts";
import { wasmWorkspace, type Workspace } from "../../src/nn/workspace.ts";
import { formatPredictions } from "../../src/report/predictions_csv.ts";
import type { EvaluateRequest, OpenRequest, TrainRequest, WorkerReply, WorkerRequest } from "./protocol.ts";
import { readWeights, writeWeights } from "../weights_npz.ts";

interface Bench {
  readonly workspace: Workspace;
  readonly data: TrainingData;
  readonly arena: OpenRequest["arena"];
}

let bench: Bench | null = null;

function reply(message: WorkerReply, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

function open({ module, memory, dataset, arena }: OpenRequest): Bench {
  return {
    workspace: wasmWorkspace(module, memory),
    data: trainingData(decodeDataset(memory.buffer, dataset)),
    arena,
  };
}

function train({ workspace, data, arena }: Bench, { options, split, epochs }: TrainRequest): void {
  const trainer = new Trainer(workspace, new Arena(arena.start, arena.end), data, options);
  trainer.begin(splitTrainValidation({ count: data.train.count, ...split }));
  while (trainer.epoch < epochs) {
    const start = performance.now();
    const train_loss = trainer.trainEpoch();
    const seconds = (performance.now() - start) / 1000;
    if (!Number.isFinite(train_loss)) return replyTrained("diverged", null);
    const validation = trainer.validate();
    if (validation && !Number.isFinite(validation.loss)) return replyTrained("diverged", null);
    reply({
      type: "epoch",
      epoch: trainer.epoch,
      train_loss,
      val_loss: validation?.loss ?? null,
      val_accuracy: validation?.accuracy ?? null,
      seconds,
    });
  }
  replyTrained("ok", trainer);
}

function replyTrained(status: "ok" | "diverged", trainer: Trainer | null): void {
  const tensors = trainer?.weights ?? [];
  const weights = writeWeights(tensors);
  const weights_sha256 = trainer ? hashWeights(tensors) : null;
  reply({ type: "trained", status, weights, weights_sha256 }, [weights.buffer]);
}

function evaluate({ workspace, data, arena }: Bench, { activation, weights }: EvaluateRequest): void {
  const evaluation = evaluateWeights(workspace, new Arena(arena.start, arena.end), {
    data,
    activation,
    weights: readWeights(weights),
  });
  const { labels } = data.test;
  const text = formatPredictions({ labels, predictions: evaluation.predictions });
  const predictions = new TextEncoder().encode(text);
  reply({
    type: "evaluated",
    test_loss: evaluation.loss,
    test_accuracy: evaluation.accuracy,
    predictions,
  }, [predictions.buffer]);
}

self.addEventListener("message", ({ data: request }: MessageEvent<WorkerRequest>) => {
  try {
    if (request.type === "open") bench = open(request);
    else if (bench === null) throw new TypeError(`Cannot ${request.type}: the worker must be open`);
    else if (request.type === "train") train(bench, request);
    else evaluate(bench, request);
  } catch (error) {
    reply({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
});
