/// <reference lib="deno.worker" />
// A training worker. It has no permission at all: everything it works with is posted to it.

import type { Dataset } from "../../src/data/dataset.ts";
import { decodeDataset } from "../../src/data/dataset_codec.ts";
import { splitTrainValidation } from "../../src/data/split.ts";
import { Arena } from "../../src/nn/arena.ts";
import { evaluateWeights } from "../../src/nn/evaluate.ts";
import { hashWeights } from "../../src/nn/hash_weights.ts";
import { Trainer, type TrainerState } from "../../src/nn/trainer.ts";
import { trainingData } from "../../src/nn/training_data.ts";
import { wasmWorkspace, type Workspace } from "../../src/nn/memory.ts";
import { formatPredictions } from "../../src/tables/predictions_csv.ts";
import type {
  EpochProbe,
  EvaluateRequest,
  OpenRequest,
  TrainingState,
  TrainRequest,
  WorkerReply,
  WorkerRequest,
} from "./protocol.ts";
import { readWeights, writeWeights } from "../../src/numpy/weights_npz.ts";

interface Bench {
  readonly workspace: Workspace;
  readonly dataset: Dataset;
  readonly arena: OpenRequest["arena"];
}

let bench: Bench | null = null;

function reply(message: WorkerReply, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

function open({ module, memory, dataset, arena }: OpenRequest): Bench {
  return {
    workspace: wasmWorkspace(module, memory),
    dataset: decodeDataset(memory.buffer, dataset),
    arena,
  };
}

function train({ workspace, dataset, arena }: Bench, request: TrainRequest): void {
  const { options, scale, split, epochs, from, checkpointSeconds } = request;
  const data = trainingData(dataset, scale);
  const trainer = new Trainer(workspace, new Arena(arena.start, arena.end), data, options);
  trainer.begin(splitTrainValidation(split), from ? decodeState(from) : undefined);
  let saved = performance.now();
  let probes: EpochProbe[] = from ? [] : [{ epoch: 0, layers: trainer.probe() }];
  while (trainer.epoch < epochs) {
    const start = performance.now();
    const train_loss = trainer.trainEpoch();
    const seconds = (performance.now() - start) / 1000;
    const validation = Number.isFinite(train_loss) ? trainer.validate() : null;
    if (!Number.isFinite(train_loss) || (validation && !Number.isFinite(validation.loss))) {
      return reply({ type: "trained", state: null });
    }
    probes.push({ epoch: trainer.epoch, layers: trainer.probe() });
    reply({
      type: "epoch",
      epoch: trainer.epoch,
      train_loss,
      val_loss: validation?.loss ?? null,
      val_accuracy: validation?.accuracy ?? null,
      seconds,
      probes,
    });
    probes = [];
    if (trainer.epoch < epochs && performance.now() - saved >= 1000 * checkpointSeconds) {
      replyState("checkpoint", trainer.state);
      saved = performance.now();
    }
  }
  if (trainer.finite) replyState("trained", trainer.state);
  else reply({ type: "trained", state: null });
}

function replyState(
  type: "checkpoint" | "trained",
  { epoch, parameters, optimizer, shuffle }: TrainerState,
): void {
  const weights_sha256 = hashWeights(parameters);
  const files = { weights: writeWeights(parameters), optimizer: writeWeights(optimizer ?? []) };
  const state = { epoch, shuffle, weights_sha256, ...files };
  reply({ type, state }, [files.weights.buffer, files.optimizer.buffer]);
}

function decodeState({ epoch, weights, optimizer, shuffle }: TrainingState): TrainerState {
  const state = readWeights(optimizer);
  return { epoch, parameters: readWeights(weights), optimizer: state.length > 0 ? state : null, shuffle };
}

function evaluate(
  { workspace, dataset, arena }: Bench,
  { activation, scale, weights }: EvaluateRequest,
): void {
  const start = performance.now();
  const evaluation = evaluateWeights(workspace, new Arena(arena.start, arena.end), {
    data: trainingData(dataset, scale),
    activation,
    weights: readWeights(weights),
  });
  const { labels } = dataset.test;
  const text = formatPredictions({ labels, predictions: evaluation.predictions });
  const predictions = new TextEncoder().encode(text);
  reply({
    type: "evaluated",
    test_loss: evaluation.loss,
    test_accuracy: evaluation.accuracy,
    predictions,
    seconds: (performance.now() - start) / 1000,
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
