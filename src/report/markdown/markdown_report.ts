import type { FigureName } from "../figures.ts";
import { escapeMarkdown } from "../../text/markdown.ts";
import { answerSection } from "./answer_section.ts";
import { bestRunSection, filtersSection, mistakesSection } from "./best_run_section.ts";
import { curvesSection, diagnosticsSection, effectsSection } from "./charts_section.ts";
import { howSection } from "./how_section.ts";
import { trialsSection } from "./trials_section.ts";
import type { ReportModel } from "../report_model.ts";

/**
 * `report.md`: the answer first, then the ranked trials, the curves, what each parameter does, the best run in detail and how to get it
 * all again. Same values in, same text out: it adds no time, host or path.
 * @param figures which figures there are
 */
export function markdownReport(model: ReportModel, figures: ReadonlySet<FigureName>): string {
  const sections = [
    `# ${escapeMarkdown(model.input.name)}`,
    answerSection(model),
    trialsSection(model),
    curvesSection(model, figures),
    effectsSection(model, figures),
    bestRunSection(model, figures),
    mistakesSection(model, figures),
    filtersSection(model, figures),
    diagnosticsSection(model, figures),
    howSection(model),
  ];
  return sections.flat().filter((part) => part !== "").join("\n\n") + "\n";
}
