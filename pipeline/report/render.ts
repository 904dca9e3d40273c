import type { ReportInput } from "../../src/report/report_model.ts";
import { bestRun, rankTrials } from "../../src/analysis/ranking.ts";
import { confusionMatrix } from "../../src/metrics/classification.ts";
import { parseCalibration } from "../../src/tables/calibration_csv.ts";
import { openDiagnostics } from "../../src/tables/diagnostics_csv.ts";
import { openHistory } from "../../src/tables/history_csv.ts";
import { type CloseLook, closeLookKind } from "../../src/numpy/close_look.ts";
import { readInspection } from "../../src/numpy/inspection_npz.ts";
import { readPlane } from "../../src/numpy/plane_npz.ts";
import { readJudgedRows } from "../../src/numpy/rows_npz.ts";
import type { RowKind } from "../../src/data/catalogue.ts";
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

/** What the rows are of a run that a close look was taken at. */
const KINDS = { images: "images", plane: "points", rows: "rows" } as const satisfies Record<
  keyof CloseLook,
  RowKind
>;

/** Files by their places in a results folder, as `runs/13-0/predictions.csv`; only results.csv must be there. */
export type ReportTables<Content> = Readonly<Record<"results.csv", Content> & Record<string, Content>>;

/** Renders a report from the files of a results folder. Throws SyntaxError where one is not as it must be. */
export async function renderTables(
  settings: ReportSettings,
  files: ReportTables<Uint8Array>,
  { drawer, rows }: { drawer: ChartDrawer; rows?: readonly RunRow[] | undefined },
): Promise<Map<ReportFileName, Uint8Array<ArrayBuffer>>> {
  const scripts = await chartScripts();
  return await renderReport(readTables(settings, files, rows), scripts, drawer);
}

/**
 * Reads what a report is made of from the files of a results folder: the runs' own files when they are first asked for, as the learning
 * curves can be drawn before. Throws SyntaxError, then too, where a file is not as it must be.
 * @param rows those of results.csv, where somebody has read them already
 */
export function readTables(
  settings: ReportSettings,
  files: ReportTables<Uint8Array>,
  rows: readonly RunRow[] = parseResults(decode(files["results.csv"])),
): ReportInput {
  const best = bestRun(rankTrials(rows, settings.objective)[0], settings.objective);
  const allPredictions = once(() =>
    ofRuns(files, "predictions.csv", (bytes) => parsePredictions(decode(bytes)))
  );
  const classes = once(() =>
    [...allPredictions().values()].flatMap(({ labels, predictions }) => [labels, predictions])
      .reduce(
        (most, values) => values.reduce((a, b) => Math.max(a, b + 1), most),
        settings.images?.classes ?? 0,
      )
  );
  const looks = once(() => ofRuns(files, "inspection.npz", (npz) => ({ npz, kind: closeLookKind(npz) })));
  const looksOf = <Look>(kind: keyof CloseLook, read: (npz: Uint8Array) => Look) => {
    const own = Array.from(looks()).filter(([, look]) => look.kind === kind);
    return new Map(own.map(([run, { npz }]) => [run, read(npz)]));
  };
  return withLater({
    ...settings,
    rows,
    history: files["history.csv"] === undefined ? [] : openHistory(decode(files["history.csv"])),
  }, {
    kind(): RowKind | undefined {
      const [look] = looks().values();
      return settings.kind ?? (look && KINDS[look.kind]);
    },
    predictions() {
      const found = best && allPredictions().get(runName(best));
      return found && { ...found, classes: classes() };
    },
    matrices: () =>
      new Map(Array.from(allPredictions(), ([run, { labels, predictions }]) => [
        run,
        confusionMatrix(labels, predictions, classes()),
      ])),
    inspections: () => looksOf("images", readInspection),
    planes: () => looksOf("plane", readPlane),
    judgedRows: () => looksOf("rows", readJudgedRows),
    diagnostics: () => ofRuns(files, "diagnostics.csv", (bytes) => openDiagnostics(decode(bytes))),
    calibrations: () => ofRuns(files, "calibration.csv", (bytes) => parseCalibration(decode(bytes))),
  });
}

type Made<Makers extends Record<string, () => unknown>> = {
  readonly [name in keyof Makers]: ReturnType<Makers[name]>;
};

/** Adds members that are made when they are first asked for. */
function withLater<Present extends object, Makers extends Record<string, () => unknown>>(
  present: Present,
  makers: Makers,
): Present & Made<Makers> {
  const members = Object.entries(makers).map(([name, make]) => [name, { get: once(make), enumerable: true }]);
  return Object.defineProperties(present, Object.fromEntries(members)) as Present & Made<Makers>;
}

/** Those files of runs that are there, read, by the runs' names. */
function ofRuns<T>(
  files: ReportTables<Uint8Array>,
  name: string,
  read: (bytes: Uint8Array) => T,
): Map<string, T> {
  const [before, after] = ["runs/", `/${name}`];
  const places = Object.entries(files).filter(([place]) => place.startsWith(before) && place.endsWith(after));
  return new Map(places.map(([place, bytes]) => [place.slice(before.length, -after.length), read(bytes)]));
}

/** Makes something when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
