import type { ReportInput } from "../../src/report/report_model.ts";
import { parseDiagnostics } from "../../src/tables/diagnostics_csv.ts";
import { parseHistory } from "../../src/tables/history_csv.ts";
import { readInspection } from "../../src/numpy/inspection_npz.ts";
import { parsePredictions } from "../../src/tables/predictions_csv.ts";
import { renderReport, type ReportFileName } from "../../src/report/render_report.ts";
import { parseResults } from "../../src/tables/results_csv.ts";
import type { PageAssets } from "../../src/report/html/html_report.ts";

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
  }, await pageAssets());
}

/** The page's own modules, each after those that it imports. */
const MODULES = ["tip.js", "chart_rows.js", "chart_view.js", "main.js"];
const PAGE = new URL("../../src/report/page/", import.meta.url);

/** What report.html runs on: vega and its interpreter as their packages ship them, and the page's modules; each needs no other file. */
export async function pageAssets(): Promise<PageAssets> {
  const read = (url: URL) => Deno.readTextFile(url);
  const [vega, interpreter, style, ...modules] = await Promise.all([
    read(new URL("vega.min.js", import.meta.resolve("vega"))),
    read(new URL(import.meta.resolve("vega-interpreter"))),
    read(new URL("style.css", PAGE)),
    ...MODULES.map((name) => read(new URL(name, PAGE))),
  ]);
  return {
    scripts: [
      withoutMap(vega),
      `(({ ascending, isString, DisallowedObjectProperties }) => {\n${
        withoutModules(withoutMap(interpreter))
      }\nglobalThis.expressionInterpreter = expression;\n})(vega);`,
      `(() => {\n${modules.map(withoutModules).join("\n")}\n})();`,
    ],
    style,
  };
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
