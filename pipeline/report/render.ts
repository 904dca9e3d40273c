import type { ReportInput } from "../../src/report/report_model.ts";
import { bestRun, rankTrials } from "../../src/analysis/ranking.ts";
import { confusionMatrix } from "../../src/metrics/classification.ts";
import { parseCalibration } from "../../src/tables/calibration_csv.ts";
import { openDiagnostics } from "../../src/tables/diagnostics_csv.ts";
import { openHistory } from "../../src/tables/history_csv.ts";
import { readCloseLook } from "../../src/numpy/close_look.ts";
import type { Inspection } from "../../src/numpy/inspection_npz.ts";
import type { Plane } from "../../src/numpy/plane_npz.ts";
import type { JudgedRows } from "../../src/numpy/rows_npz.ts";
import { parsePredictions } from "../../src/tables/predictions_csv.ts";
import { renderReport, type ReportFileName } from "../../src/report/render_report.ts";
import { parseResults, runName, type RunRow } from "../../src/tables/results_csv.ts";
import type { ChartDrawer } from "./chart_drawer.ts";
import { chartScripts } from "./chart_scripts.ts";

/** What a report says besides what is in the tables: the parameters of the report step. */
export type ReportSettings = Omit<
  ReportInput,
  | "rows"
  | "history"
  | "predictions"
  | "matrices"
  | "inspections"
  | "planes"
  | "judgedRows"
  | "diagnostics"
  | "calibrations"
>;

/** Files by their places in a results folder, as `runs/13-0/predictions.csv`; only results.csv must be there. */
export type ReportTables<Content> = Readonly<Record<"results.csv", Content> & Record<string, Content>>;

/** Renders a report from the files of a results folder. Throws SyntaxError where one is not as it must be. */
export async function renderTables(
  settings: ReportSettings,
  files: ReportTables<Uint8Array>,
  drawer: ChartDrawer,
): Promise<Map<ReportFileName, Uint8Array<ArrayBuffer>>> {
  const scripts = await chartScripts();
  return await renderReport(readTables(settings, files), scripts, (spec) => drawer.draw(spec));
}

/**
 * Reads what a report is made of from the files of a results folder. Throws SyntaxError where one is not as it must be.
 * @param rows those of results.csv, where somebody has read them already
 */
export function readTables(
  settings: ReportSettings,
  files: ReportTables<Uint8Array>,
  rows: readonly RunRow[] = parseResults(decode(files["results.csv"])),
): ReportInput {
  /** Those files of runs that are there, read, by the runs' names. */
  const ofRuns = <T>(name: string, read: (bytes: Uint8Array) => T): Map<string, T> => {
    const [before, after] = ["runs/", `/${name}`];
    const places = Object.entries(files).filter(([place]) =>
      place.startsWith(before) && place.endsWith(after)
    );
    return new Map(
      places.map(([place, bytes]) => [place.slice(before.length, -after.length), read(bytes)]),
    );
  };
  const best = bestRun(rankTrials(rows, settings.objective)[0], settings.objective);
  const predictions = ofRuns("predictions.csv", (bytes) => parsePredictions(decode(bytes)));
  const classes = [...predictions.values()].flatMap(({ labels, predictions }) => [labels, predictions])
    .reduce(
      (most, values) => values.reduce((a, b) => Math.max(a, b + 1), most),
      settings.images?.classes ?? 0,
    );
  const found = best && predictions.get(runName(best));
  const planes = new Map<string, Plane>();
  const inspections = new Map<string, Inspection>();
  const judgedRows = new Map<string, JudgedRows>();
  for (const [run, { images, plane, rows }] of ofRuns("inspection.npz", readCloseLook)) {
    if (images !== undefined) inspections.set(run, images);
    if (plane !== undefined) planes.set(run, plane);
    if (rows !== undefined) judgedRows.set(run, rows);
  }
  return {
    ...settings,
    rows,
    history: files["history.csv"] === undefined ? [] : openHistory(decode(files["history.csv"])),
    predictions: found && { ...found, classes },
    matrices: new Map(Array.from(predictions, ([run, { labels, predictions }]) => [
      run,
      confusionMatrix(labels, predictions, classes),
    ])),
    inspections,
    planes,
    ...(judgedRows.size === 0 ? {} : { judgedRows }),
    diagnostics: ofRuns("diagnostics.csv", (bytes) => openDiagnostics(decode(bytes))),
    calibrations: ofRuns("calibration.csv", (bytes) => parseCalibration(decode(bytes))),
  };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
