import { inspectedRuns, rankTrials } from "../../src/analysis/ranking.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { datasetFacts } from "../../src/data/catalogue.ts";
import { deriveSeeds } from "../../src/random/seeds.ts";
import type { TrialSpace } from "../../src/sweep/trial.ts";
import { runName, type RunRow } from "../../src/tables/results_csv.ts";
import { type InspectContext, inspectParameters, inspectStep } from "../steps/inspect.ts";
import { performStep } from "../steps/perform_step.ts";
import type { Artifact, StepCall, StepResult } from "../steps/step.ts";
import type { ReportSettings } from "./render.ts";
import { reportInputs, reportSettings, reportStep } from "./report_step.ts";

interface ReportRequest {
  readonly experiment: Experiment;
  readonly trials: TrialSpace;
  readonly rows: readonly RunRow[];
  /** The tables and each run's files, by their places in the results folder. */
  readonly files: ReadonlyMap<string, Artifact>;
  readonly dataset: Artifact;
  readonly facts: Pick<ReportSettings, "command" | "data" | "images" | "versions">;
}

/** A report's files and the inspected runs' inspection.npz, made or from the store, by their places. `perform` performs its step and tells. */
export async function makeReport(
  { experiment, trials, rows, files, dataset, facts }: ReportRequest,
  { context, perform }: {
    context: InspectContext;
    perform(
      step: typeof reportStep,
      call: StepCall<ReportSettings, string>,
    ): Promise<StepResult<string, null>>;
  },
): Promise<Record<string, Uint8Array>> {
  const parameters = reportSettings(experiment, { rows, trials, facts });
  const { objective } = parameters;
  const { kind } = datasetFacts(experiment.dataset);
  const inspected = inspectedRuns(rankTrials(rows, objective), objective).map(async (run) => {
    const place = `runs/${runName(run)}`;
    const weights = files.get(`${place}/weights.npz`);
    if (weights === undefined) return [];
    const { outputs } = await performStep(inspectStep, {
      parameters: inspectParameters(trials.at(run.trial), {
        split: deriveSeeds(run.seed, experiment.rng).split,
        kind,
      }),
      inputs: { dataset, weights },
      context,
    });
    return [[`${place}/inspection.npz`, outputs.inspection] as const];
  });
  const inspections: Record<string, Artifact> = Object.fromEntries((await Promise.all(inspected)).flat());
  const inputs = await reportInputs(
    { rows, objective },
    (place) => Promise.resolve(files.get(place) ?? inspections[place]),
  );
  const report = await perform(reportStep, { parameters, inputs, context });
  const written = Object.entries({ ...report.outputs, ...inspections });
  return Object.fromEntries(
    await Promise.all(written.map(async ([name, artifact]) => [name, await artifact.read()] as const)),
  );
}
