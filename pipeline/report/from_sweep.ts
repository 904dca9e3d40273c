import { stringify } from "yaml";
import type { Experiment } from "../../src/config/schema.ts";
import { bestRun, diagnosedRuns, rankTrials } from "../../src/analysis/ranking.ts";
import { runName, type RunRow } from "../../src/tables/results_csv.ts";
import type { TrialSpace } from "../../src/sweep/trial.ts";
import { objectiveOf } from "../results/objective.ts";
import type { RunResult } from "../runs/runner.ts";
import { evaluateParameters } from "../steps/evaluate.ts";
import { inspectStep } from "../steps/inspect.ts";
import { memoryArtifact } from "../steps/memory_artifact.ts";
import { performStep } from "../steps/perform_step.ts";
import { reportStep } from "./report_step.ts";
import type { Artifact, StepCall, StepContext, StepResult } from "../steps/step.ts";

/** What a sweep makes its report from. */
export interface ReportRequest {
  readonly experiment: Experiment;
  readonly trials: TrialSpace;
  readonly results: readonly RunResult[];
  /** The texts of results.csv and history.csv. */
  readonly tables: { readonly results: string; readonly history: string };
  readonly dataset: Artifact;
  /** SHA-256 of the data's files. */
  readonly data: Readonly<Record<string, string>>;
  /** The command that gives these results again. */
  readonly command: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** The report's files, and the best run's inspection.npz, by their places in the results folder. */
export type ReportArtifacts = Readonly<Record<string, Artifact>>;

/** Makes a report, or takes it from the store. @param perform performs the report step and tells of it */
export async function makeReport(
  request: ReportRequest,
  { context, perform }: {
    context: StepContext;
    perform(
      step: typeof reportStep,
      call: StepCall<Parameters<typeof reportStep.run>[0]["parameters"], string>,
    ): Promise<StepResult<string, null>>;
  },
): Promise<ReportArtifacts> {
  const { experiment, trials, results, tables, data, command, versions } = request;
  const { language } = experiment.report;
  const objective = objectiveOf(experiment);
  const rows = results.map(({ row }) => row);
  const ranking = rankTrials(rows, objective);
  const best = bestRun(ranking[0], objective);
  const files = new Map(results.map((result) => [runName(result.row), result.files]));
  const inspection = best && await inspect(best, request, context);
  const diagnostics = diagnosedRuns(ranking, objective).flatMap((run) => {
    const artifact = files.get(runName(run))?.diagnostics;
    return artifact ? [[runName(run), artifact] as const] : [];
  });
  const nothing = memoryArtifact("");
  const report = await perform(reportStep, {
    parameters: {
      name: experiment.name,
      language,
      objective,
      trials: ranking.map(({ trial }) => ({ trial, parameters: trials.at(trial).swept })),
      dataset: typeof experiment.dataset === "string" ? experiment.dataset : "",
      command,
      config: stringify(experiment),
      data: { ...data },
      versions: { ...versions },
    },
    inputs: {
      ...Object.fromEntries(diagnostics),
      results: memoryArtifact(tables.results),
      history: memoryArtifact(tables.history),
      predictions: (best && files.get(runName(best))?.predictions) ?? nothing,
      inspection: inspection ?? nothing,
    },
    context,
  });
  return {
    ...report.outputs,
    ...(best && inspection ? { [`runs/${runName(best)}/inspection.npz`]: inspection } : {}),
  };
}

async function inspect(
  best: RunRow,
  { results, trials, dataset }: ReportRequest,
  context: StepContext,
): Promise<Artifact | undefined> {
  const weights = results.find(({ row }) => row === best)?.files.weights;
  if (weights === undefined) return undefined;
  const parameters = evaluateParameters(trials.at(best.trial));
  const { outputs } = await performStep(inspectStep, { parameters, inputs: { dataset, weights }, context });
  return outputs.inspection;
}
