import type { Activations } from "../../src/nn/activation.ts";
import type { Experiment } from "../../src/config/schema.ts";
import type { Measure } from "../../src/tables/metrics.ts";
import type { Measured } from "../workers/measure_run.ts";
import type { Settings } from "../../src/settings/settings.ts";
import type { FittedRows } from "../workers/protocol.ts";
import type { WorkerPool } from "../workers/pool.ts";
import type { Step, StepContext } from "./step.ts";
import { STEP_VERSIONS } from "./step_versions.ts";

export interface EvaluateParameters {
  activation: Activations;
  /** What a pixel is divided by. */
  scale: number;
  /** Left out where nothing is asked for beside loss and accuracy. */
  measures?: readonly Measure[];
  /** Where inputs were standardised. */
  standardise?: FittedRows;
}

/** @param options.split the seed of the run's split */
export function evaluateParameters(
  { model: { activation }, preprocess }: Pick<Settings, "model" | "preprocess">,
  { split, evaluate }: { split: number; evaluate?: Experiment["evaluate"] },
): EvaluateParameters {
  const { scale, standardise = false, validation, limit } = preprocess;
  return {
    activation,
    scale,
    ...standardise !== false && {
      standardise: { mode: standardise, validation, ...limit !== undefined && { limit }, seed: split },
    },
    ...evaluate !== undefined && { measures: evaluate.measures },
  };
}

/** Null where the loss is not finite. */
export interface EvaluateFacts extends Measured {
  test_loss: number | null;
  test_accuracy: number | null;
}

export interface EvaluateContext extends StepContext {
  pool(): Promise<WorkerPool>;
  /** Is told how long it took, without the wait for a worker. */
  onEvaluated(seconds: number): void;
}

/** Evaluates trained weights on the test part; `predictions` is the text of predictions.csv. */
export const evaluateStep: Step<
  EvaluateParameters,
  "dataset" | "weights",
  "predictions",
  EvaluateFacts,
  EvaluateContext
> = {
  name: "evaluate",
  version: STEP_VERSIONS.evaluate,
  async run({ parameters: { measures = [], ...parameters }, inputs, context }) {
    const [pool, weights] = await Promise.all([context.pool(), inputs.weights.read()]);
    const job = { type: "evaluate", ...parameters, measures, weights } as const;
    const { predictions, test_loss, test_accuracy, measured, seconds } = await pool.evaluate(job);
    context.onEvaluated(seconds);
    const finite = Number.isFinite(test_loss);
    return {
      outputs: { predictions },
      facts: {
        test_loss: finite ? test_loss : null,
        test_accuracy: finite ? test_accuracy : null,
        ...measured,
      },
    };
  },
};
