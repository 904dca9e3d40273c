import { learningCurves } from "../../src/report/charts/learning_curves.ts";
import { parseHistory } from "../../src/report/history_csv.ts";
import { parsePredictions } from "../../src/report/predictions_csv.ts";
import { bestRun, type Objective, rankTrials } from "../../src/report/rank_trials.ts";
import { parseResults } from "../../src/report/results_csv.ts";
import { renderReport } from "../../src/report/run_report.ts";
import { describeParameters, type TrialParameters } from "../../src/report/trial_parameters.ts";
import type { Artifact, Step } from "./step.ts";

export interface ReportParameters {
  name: string;
  /** The resolved config, YAML. */
  config: string;
  command: string;
  objective: Objective;
  trials: TrialParameters[];
  versions: Record<string, string>;
  classes: number;
}

/** The files that a report is made of, by their places in the results folder. */
export type ReportFile = "report.md" | "figures/learning_curves.svg";

/** Inputs: results.csv, history.csv, and the best run's predictions.csv, where there is a best run. */
export type ReportInput = "results" | "history" | "predictions";

/** Renders the report from the CSVs. */
export const reportStep: Step<ReportParameters, ReportInput, ReportFile, null> = {
  name: "report",
  version: 1,
  async run({ parameters, inputs }) {
    const { name, config, command, objective, trials, versions, classes } = parameters;
    const [results, history, predictions] = await Promise.all(
      [inputs.results, inputs.history, inputs.predictions].map(readText),
    );
    const rows = parseResults(results);
    const ranking = rankTrials(rows, objective);
    const parametersOf = new Map(trials.map((trial) => [trial.trial, trial.parameters]));
    const curves = learningCurves({
      trials: ranking.map(({ trial, runs }) => ({
        trial,
        label: describeParameters(parametersOf.get(trial) ?? {}) || "loss",
        diverged: runs.some(({ status }) => status === "diverged"),
      })),
      history: parseHistory(history),
    });
    // Vega is large: loaded when a chart is drawn and not before.
    const { renderSvg } = await import("../../src/report/charts/render_svg.ts");
    const hasBest = ranking.length > 0 && bestRun(ranking[0], objective) !== undefined;
    const report = renderReport({
      name,
      config,
      command,
      objective,
      rows,
      trials,
      predictions: hasBest ? { ...parsePredictions(predictions), classes } : undefined,
      learningCurves: "figures/learning_curves.svg",
      versions,
    });
    const encoder = new TextEncoder();
    return {
      outputs: {
        "report.md": encoder.encode(report),
        "figures/learning_curves.svg": encoder.encode(await renderSvg(curves)),
      },
      facts: null,
    };
  },
};

async function readText(artifact: Artifact): Promise<string> {
  return new TextDecoder().decode(await artifact.read());
}
