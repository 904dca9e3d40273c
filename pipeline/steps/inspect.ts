import { WorkerDiedError, type WorkerPool } from "../workers/pool.ts";
import type { RowKind } from "../../src/data/catalogue.ts";
import type { Settings } from "../../src/settings/settings.ts";
import { type EvaluateParameters, evaluateParameters } from "./evaluate.ts";
import type { Step, StepContext } from "./step.ts";
import { STEP_VERSIONS } from "./step_versions.ts";

/** A network's, and where rows are no images how many of them it was trained on, if not on all. */
export type InspectParameters = EvaluateParameters & { limit?: number };

/** @param split the seed of the run's split */
export function inspectParameters(
  settings: Pick<Settings, "model" | "preprocess">,
  { split, kind }: { split: number; kind: RowKind },
): InspectParameters {
  const { limit } = settings.preprocess;
  return {
    ...evaluateParameters(settings, { split }),
    ...(kind === "images" || limit === undefined ? {} : { limit }),
  };
}

export interface InspectContext extends StepContext {
  pool(): Promise<WorkerPool>;
}

/** How often a run is looked at again by another worker. */
const RETRIES = 2;

/** Looks closely at one run, for the report: test images with their probabilities and the first layer's weights, as inspection.npz. */
export const inspectStep: Step<
  InspectParameters,
  "dataset" | "weights",
  "inspection",
  null,
  InspectContext
> = {
  name: "inspect",
  version: STEP_VERSIONS.inspect,
  async run({ parameters, inputs, context }) {
    const [pool, weights] = await Promise.all([context.pool(), inputs.weights.read()]);
    for (let tries = 0;; tries++) {
      try {
        const { inspection } = await pool.inspect({ type: "inspect", ...parameters, weights });
        return { outputs: { inspection }, facts: null };
      } catch (error) {
        if (tries === RETRIES || !(error instanceof WorkerDiedError)) throw error;
      }
    }
  },
};
