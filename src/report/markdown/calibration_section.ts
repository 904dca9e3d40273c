import { runName } from "../../tables/results_csv.ts";
import { markdownTable, right } from "../../text/markdown.ts";
import type { ReportModel } from "../report_model.ts";
import { binTable, calibrationSummary } from "../sections/calibration_data.ts";

/** The best run's groups of confidence, where calibration was measured. */
export function calibrationSection(model: ReportModel): string[] {
  const { t, best, input: { calibrations } } = model;
  const bins = best && calibrations?.get(runName(best));
  if (best === undefined || bins === undefined) return [];
  const { titles: [range, ...titles], rows } = binTable(bins, t);
  return [
    `### ${t.calibration.heading}`,
    `**${model.runLabel(best)}**${t.colon}${calibrationSummary(bins, t)}`,
    markdownTable([{ title: range }, ...titles.map(right)], rows),
    t.calibration.definition,
  ];
}
