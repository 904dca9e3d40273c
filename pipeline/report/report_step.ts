import type { ReportSettings } from "./render.ts";
import type { Step } from "../steps/step.ts";
import { STEP_VERSIONS } from "../steps/step_versions.ts";

/**
 * results, history, predictions and inspection (of the best run; empty where there is none), and a run's diagnostics by its name, as
 * `13-0`.
 */
export type ReportInput = string;

/** The report's files by their places in the results folder: report.md, report.html, figures/... */
export type ReportFile = string;

const TABLES = ["results", "history", "predictions", "inspection"];

/** Renders the report from the tables. Its times are filled in when it is written: see fillTimings(). */
export const reportStep: Step<ReportSettings, ReportInput, ReportFile, null> = {
  name: "report",
  version: STEP_VERSIONS.report,
  async run({ parameters, inputs }) {
    // Vega is large: loaded when a report is rendered and not before.
    const { renderResults } = await import("./render.ts");
    const runs = Object.keys(inputs).filter((name) => !TABLES.includes(name));
    const [results, history, predictions, inspection, ...diagnostics] = await Promise.all(
      [...TABLES, ...runs].map((name) => inputs[name].read()),
    );
    const files = await renderResults(parameters, {
      results: decode(results),
      history: decode(history),
      predictions: predictions.length === 0 ? undefined : decode(predictions),
      inspection: inspection.length === 0 ? undefined : inspection,
      diagnostics: Object.fromEntries(runs.map((run, i) => [run, decode(diagnostics[i])])),
    });
    return { outputs: Object.fromEntries(files), facts: null };
  },
};

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
