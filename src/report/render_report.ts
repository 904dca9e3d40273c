import { type FigureName, reportFigures } from "./figures.ts";
import { markdownReport } from "./markdown/markdown_report.ts";
import { type ReportInput, reportModel } from "./report_model.ts";
import { renderSvg } from "./charts/render_svg.ts";
import type { ChartScripts } from "./page/document.tsx";
import { renderPage } from "./page/render_page.tsx";

/** A report's files, by their places beside `results.csv`. */
export type ReportFileName = "report.md" | "report.html" | `figures/${FigureName}`;

/** Renders report.md with its figures, which `draw` draws, and report.html. @throws RangeError if there are no rows */
export async function renderReport(
  input: ReportInput,
  scripts: ChartScripts,
  draw = renderSvg,
): Promise<Map<ReportFileName, Uint8Array<ArrayBuffer>>> {
  const model = reportModel(input);
  const figures = reportFigures(model);
  // Another thread may draw while the page is made here.
  const charts = Promise.all(
    Array.from(figures, async ([name, figure]) =>
      [
        name,
        "chart" in figure ? await draw(figure.chart) : "svg" in figure ? figure.svg : figure.png,
      ] as const),
  );
  charts.catch(() => {}); // it is awaited below
  const encoder = new TextEncoder();
  const files = new Map<ReportFileName, Uint8Array<ArrayBuffer>>();
  files.set("report.md", encoder.encode(markdownReport(model, new Set(figures.keys()))));
  files.set("report.html", encoder.encode(renderPage(model, scripts)));
  for (const [name, drawn] of await charts) {
    files.set(`figures/${name}`, typeof drawn === "string" ? encoder.encode(drawn) : drawn);
  }
  return files;
}
