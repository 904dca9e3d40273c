import type { ReportInput } from "../../src/report/report_model.ts";
import { parseDiagnostics } from "../../src/tables/diagnostics_csv.ts";
import { parseHistory } from "../../src/tables/history_csv.ts";
import { readInspection } from "../../src/numpy/inspection_npz.ts";
import { parsePredictions } from "../../src/tables/predictions_csv.ts";
import { renderReport, type ReportFileName } from "../../src/report/render_report.ts";
import { parseResults } from "../../src/tables/results_csv.ts";
import type { ChartScripts } from "../../src/report/page/document.tsx";

/** What a report says besides what is in the tables: the parameters of the report step. */
export type ReportSettings = Omit<
  ReportInput,
  "rows" | "history" | "predictions" | "inspection" | "diagnostics"
>;

/** Of the best run predictions and inspection, each table empty where there is none; a run's diagnostics by its name, as `13-0`. */
export type ReportTables<Content> = Readonly<
  Record<"results" | "history" | "predictions" | "inspection", Content> & Record<string, Content>
>;

/** Renders a report from the files of a results folder. Throws SyntaxError where one is not as it must be. */
export async function renderTables(
  settings: ReportSettings,
  { results, history, predictions, inspection, ...diagnostics }: ReportTables<Uint8Array>,
): Promise<Map<ReportFileName, Uint8Array<ArrayBuffer>>> {
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const found = predictions.length === 0 ? undefined : parsePredictions(decode(predictions));
  const classes = found === undefined
    ? 0
    : [...found.labels, ...found.predictions].reduce((a, b) => Math.max(a, b), 0) + 1;
  return await renderReport({
    ...settings,
    rows: parseResults(decode(results)),
    history: history.length === 0 ? [] : parseHistory(decode(history)),
    predictions: found === undefined ? undefined : { ...found, classes },
    inspection: inspection.length === 0 ? undefined : readInspection(inspection),
    diagnostics: new Map(
      Object.entries(diagnostics).map(([run, bytes]) => [run, parseDiagnostics(decode(bytes))]),
    ),
  }, await chartScripts());
}

/** What the charts of report.html run on, as their packages ship it; the interpreter takes what it needs of vega from there. */
export async function chartScripts(): Promise<ChartScripts> {
  const [vega, interpreter] = await Promise.all([
    Deno.readTextFile(new URL("vega.min.js", import.meta.resolve("vega"))),
    Deno.readTextFile(new URL(import.meta.resolve("vega-interpreter"))),
  ]);
  return [
    withoutMap(vega),
    `(({ ascending, isString, DisallowedObjectProperties }) => {\n${
      withoutModules(withoutMap(interpreter))
    }\nglobalThis.expressionInterpreter = expression;\n})(vega);`,
  ];
}

/** A module's text as a plain script's: what it imports stands before it, what it exports after it. */
function withoutModules(text: string): string {
  return text.replaceAll(/^import [^;]*;\n/gm, "").replaceAll(/^export \{[^}]*\};\n/gm, "").replaceAll(
    /^export /gm,
    "",
  );
}

function withoutMap(text: string): string {
  return text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}
