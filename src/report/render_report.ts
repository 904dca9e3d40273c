import { type Figure, type FigureName, reportFigures } from "./figures.ts";
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
  const draws = async (figure: Figure) => {
    if ("chart" in figure) return await draw(figure.chart);
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
  files.set("report.html", encoder.encode(renderPage(model, scripts)));
  for (const { name, drawn } of figures) {
    const content = await drawn;
    files.set(`figures/${name}`, typeof content === "string" ? encoder.encode(content) : content);
  }
  return files;
}
