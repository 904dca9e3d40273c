import type { Experiment } from "../../src/config/schema.ts";
import type { TimingRow } from "../../src/tables/timings_csv.ts";
import type { StepName } from "../progress/events.ts";
import { downloadStep, planDownload } from "../steps/download.ts";
import { DEFAULT_PATIENCE } from "../steps/download/transfer.ts";
import { findStepResult, performStep } from "../steps/perform_step.ts";
import { type PreprocessFacts, preprocessParameters, preprocessStep } from "../steps/preprocess.ts";
import type { Artifact, Step, StepCall, StepContext, StepResult } from "../steps/step.ts";

/** Performs the steps that all runs share, tells of them and takes their time. */
export class SharedSteps {
  readonly context: StepContext;
  readonly timings: TimingRow[] = [];
  readonly #onStart: (step: StepName) => void;

  /** `onStart` is told of each step that the store does not have. */
  constructor(context: StepContext, onStart: (step: StepName) => void = () => {}) {
    this.context = context;
    this.#onStart = onStart;
  }

  async perform<P, I extends string, O extends string, F, C extends StepContext>(
    step: Step<P, I, O, F, C>,
    call: StepCall<P, I, C>,
  ): Promise<StepResult<O, F>> {
    const name = step.name as StepName;
    const { emit } = this.context;
    const stored = findStepResult(step, call);
    if (stored) {
      emit({ type: "step", step: name, status: "cached" });
      return stored;
    }
    emit({ type: "step", step: name, status: "started" });
    this.#onStart(name);
    const start = performance.now();
    const result = await performStep(step, call);
    const seconds = (performance.now() - start) / 1000;
    this.timings.push({ step: name, trial: null, seed: null, seconds, images_per_second: null });
    emit({ type: "step", step: name, status: "done", seconds });
    return result;
  }
}

export interface PreparedData {
  readonly dataset: Artifact;
  readonly facts: PreprocessFacts;
  readonly files: Record<string, Artifact>;
}

/** The one way to a data set; `steps` is SharedSteps, or `{ context, perform: performStep }`. Throws a UserError where there is none. */
export async function prepareData(
  { dataset }: Pick<Experiment, "dataset">,
  { places, steps }: {
    places: { mirror?: string | undefined; configFolder: string };
    steps: Pick<SharedSteps, "context" | "perform">;
  },
): Promise<PreparedData> {
  const { context } = steps;
  const { parameters, origin } = planDownload(dataset, places);
  const downloaded = await steps.perform(downloadStep, {
    parameters,
    inputs: {},
    context: { ...context, origin, patience: DEFAULT_PATIENCE },
  });
  const preprocessed = await steps.perform(preprocessStep, {
    parameters: preprocessParameters(dataset),
    inputs: downloaded.outputs,
    context,
  });
  return { ...preprocessed.outputs, facts: preprocessed.facts, files: downloaded.outputs };
}
