import { type Figure, type FigureName, reportFigures } from "./figures.ts";
import { markdownReport } from "./markdown/markdown_report.ts";
import { type ReportInput, reportModel } from "./report_model.ts";
import type { TopLevelSpec } from "vega-lite";
import type { ChartCompiler } from "./page/chart/later_charts.ts";
import type { ChartScripts } from "./page/document.tsx";
import { renderPage } from "./page/render_page.tsx";

/** A report's files, by their places beside `results.csv`. */
export type ReportFileName = "report.md" | "report.html" | `figures/${FigureName}`;

/** Who draws a report's figures too. */
export interface ChartMaker extends ChartCompiler {
  /** As renderSvg() does. */
  draw(spec: TopLevelSpec): Promise<string>;
}

/** Renders report.md with its figures, and report.html. @throws RangeError if there are no rows */
export async function renderReport(
  input: ReportInput,
  scripts: ChartScripts,
  charts: ChartMaker,
): Promise<Map<ReportFileName, Uint8Array<ArrayBuffer>>> {
  const model = reportModel(input);
  const draws = async (figure: Figure) => {
    if ("chart" in figure) return await charts.draw(figure.chart);
    return "svg" in figure ? figure.svg : figure.png;
  };
  // Another thread may draw while further figures and the page are made here.
  const figures = Array.from(reportFigures(model), ([name, figure]) => {
    const drawn = draws(figure);
    drawn.catch(() => {}); // it is awaited below
    return { name, drawn };
  });
  const encoder = new TextEncoder();
  const files = new Map<ReportFileName, Uint8Array<ArrayBuffer>>();
  files.set("report.md", encoder.encode(markdownReport(model, new Set(figures.map(({ name }) => name)))));
  files.set("report.html", encoder.encode(await renderPage(model, scripts, charts)));
  for (const { name, drawn } of figures) {
    const content = await drawn;
    files.set(`figures/${name}`, typeof content === "string" ? encoder.encode(content) : content);
  }
  return files;
}
