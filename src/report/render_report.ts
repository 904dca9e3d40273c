import { type FigureName, reportFigures } from "./figures.ts";
import { markdownReport } from "./markdown/markdown_report.ts";
import { type ReportInput, reportModel } from "./report_model.ts";
import { renderSvg } from "./charts/render_svg.ts";
import type { ChartScripts } from "./page/document.tsx";
import { renderPage } from "./page/render_page.tsx";

/** A report's files, by their places beside `results.csv`. */
export type ReportFileName = "report.md" | "report.html" | `figures/${FigureName}`;

/** Renders report.md with its figures, and report.html. @throws RangeError if there are no rows */
export async function renderReport(
  input: ReportInput,
  scripts: ChartScripts,
): Promise<Map<ReportFileName, Uint8Array<ArrayBuffer>>> {
  const model = reportModel(input);
  const figures = reportFigures(model);
  const encoder = new TextEncoder();
  const files = new Map<ReportFileName, Uint8Array<ArrayBuffer>>();
  files.set("report.md", encoder.encode(markdownReport(model, new Set(figures.keys()))));
  files.set("report.html", encoder.encode(renderPage(model, scripts)));
  for (const [name, figure] of figures) {
    const drawn = "chart" in figure
      ? await renderSvg(figure.chart)
      : "svg" in figure
      ? figure.svg
      : figure.png;
    files.set(`figures/${name}`, typeof drawn === "string" ? encoder.encode(drawn) : drawn);
  }
  return files;
}
