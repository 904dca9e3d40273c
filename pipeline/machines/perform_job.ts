import type { Measure } from "../../src/tables/metrics.ts";
import { evaluateParameters, evaluateStep } from "../steps/evaluate.ts";
import type { StepContext } from "../steps/step.ts";
import { type TrainContext, type TrainParameters, trainStep } from "../steps/train.ts";
import { hashBytes } from "../store/hash.ts";
import type { EpochReply } from "../workers/protocol.ts";
import type { WorkerPool } from "../workers/pool.ts";
import type { RunState } from "./states.ts";

/** Trains a run up to an epoch and evaluates it, by the same steps as a sweep of this machine alone. `from` is a state before, or null. */
export async function performJob(
  { parameters, stage, dataset, measures, from }: {
    parameters: TrainParameters;
    stage: number;
    /** Its SHA-256. */
    dataset: string;
    measures: Measure[];
    from: { readonly stage: number; readonly state: RunState } | null;
  },
  { pool, context, checkpointSeconds, onStart, onEpoch, onCheckpoint }: {
    pool: WorkerPool;
    context: StepContext;
    checkpointSeconds?: number | undefined;
    onStart(): void;
    onEpoch(epoch: EpochReply): void;
    /** Is told of states on the way, some seconds apart. */
    onCheckpoint(stage: number, state: RunState): void;
  },
): Promise<RunState> {
  const seconds = new Map<number, number>();
  from?.state.train.facts.history.forEach(({ epoch }, i) => seconds.set(epoch, from.state.seconds[i] ?? 0));
  const secondsOf = ({ train }: Pick<RunState, "train">) =>
    train.facts.history.map(({ epoch }) => seconds.get(epoch) ?? 0);
  const trainContext: TrainContext = {
    ...context,
    pool: () => Promise.resolve(pool),
    checkpointSeconds,
    onStart,
    onEpoch(reply) {
      seconds.set(reply.epoch, reply.seconds);
      onEpoch(reply);
    },
  };
  // Neither step looks into the data set: the pool has it.
  const input = {
    sha256: dataset,
    read: () => Promise.reject(new TypeError("Cannot read: the pool has it")),
  };
  const train = await trainStep.run({
    parameters,
    stage,
    inputs: { dataset: input },
    context: trainContext,
    earlier: from === null ? null : {
      stage: from.stage,
      facts: from.state.train.facts,
      outputs: {
        weights: inMemory(from.state.train.outputs.weights),
        optimizer: inMemory(from.state.train.outputs.optimizer),
        diagnostics: inMemory(from.state.train.outputs.diagnostics),
      },
    },
    checkpoint(stage, outcome) {
      const train = outcome as RunState["train"];
      onCheckpoint(stage, { train, seconds: secondsOf({ train }), evaluate: null });
      return Promise.resolve();
    },
  }) as RunState["train"];
  const trained = { train, seconds: secondsOf({ train }), evaluate: null };
  if (train.facts.status === "diverged") return trained;
  let took = 0;
  const { outputs: { predictions }, facts } = await evaluateStep.run({
    parameters: evaluateParameters(parameters, {
      split: parameters.seeds.split,
      evaluate: measures.length === 0 ? undefined : { measures },
    }),
    inputs: { dataset: input, weights: inMemory(train.outputs.weights) },
    earlier: null,
    checkpoint: () => Promise.resolve(),
    context: {
      ...context,
      pool: () => Promise.resolve(pool),
      onEvaluated: (seconds) => void (took = seconds),
    },
  });
  return {
    ...trained,
    evaluate: { facts, measures, predictions: predictions as Uint8Array<ArrayBuffer>, seconds: took },
  };
}

function inMemory(bytes: Uint8Array<ArrayBuffer>) {
  return { sha256: hashBytes(bytes), read: () => Promise.resolve(bytes) };
}
