import { parseDiagnostics } from "../../src/tables/diagnostics_csv.ts";
import { parseHistory } from "../../src/tables/history_csv.ts";
import { readInspection } from "../../src/numpy/inspection_npz.ts";
import type { Language } from "../../src/text/language.ts";
import { parsePredictions } from "../../src/tables/predictions_csv.ts";
import type { Objective } from "../../src/analysis/ranking.ts";
import { renderReport, type ReportFileName } from "../../src/report/render_report.ts";
import { parseResults } from "../../src/tables/results_csv.ts";
import type { TrialParameters } from "../../src/analysis/trial_parameters.ts";
import { pageAssets } from "./page_assets.ts";

/** What a report says besides what is in the tables. */
export interface ReportSettings {
  name: string;
  language: Language;
  objective: Objective;
  trials?: TrialParameters[] | undefined;
  /** The name of a data set that is known by name. */
  dataset?: string | undefined;
  command?: string | undefined;
  /** The resolved config, YAML. */
  config?: string | undefined;
  /** SHA-256 of the data's files. */
  data: Record<string, string>;
  versions: Record<string, string>;
}

/** The files of a results folder that a report is made of; what is left out has no section. */
export interface ReportSources {
  results: string;
  history?: string | undefined;
  /** The best run's. */
  predictions?: string | undefined;
  inspection?: Uint8Array | undefined;
  /** diagnostics.csv by run, as `13-0`. */
  diagnostics: Record<string, string>;
}

/** Renders a report from the files of a results folder. Throws SyntaxError where one is not as it must be. */
export async function renderResults(
  { trials, dataset, command, config, ...settings }: ReportSettings,
  { results, history, predictions, inspection, diagnostics }: ReportSources,
): Promise<Map<ReportFileName, Uint8Array<ArrayBuffer>>> {
  const found = predictions === undefined ? undefined : parsePredictions(predictions);
  const classes = found === undefined
    ? 0
    : [...found.labels, ...found.predictions].reduce((a, b) => Math.max(a, b), 0) + 1;
  return await renderReport({
    ...settings,
    trials,
    dataset,
    command,
    config,
    rows: parseResults(results),
    history: history === undefined ? [] : parseHistory(history),
    predictions: found === undefined ? undefined : { ...found, classes },
    inspection: inspection === undefined ? undefined : readInspection(inspection),
    diagnostics: new Map(Object.entries(diagnostics).map(([run, text]) => [run, parseDiagnostics(text)])),
  }, await pageAssets());
}
