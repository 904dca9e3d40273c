import type { FigureName } from "../figures.ts";
import { bestRunSection, filtersSection, mistakesSection } from "./best_run_section.ts";
import { calibrationSection } from "./calibration_section.ts";
import { curvesSection, diagnosticsSection, effectsSection, fieldsSection } from "./charts_section.ts";
import { rulesSection, runsSection, setupSection, verdictList } from "./setup_section.ts";
import { trialsSection } from "./trials_section.ts";
import { formatPercent } from "../../text/numbers.ts";
import { withoutControls } from "../../text/controls.ts";
import { codeBlock, details, escapeMarkdown, markdownTable, right } from "../../text/markdown.ts";
import { answerData, introduction } from "../sections/answer_data.ts";
import { paragraphs, type ReportModel } from "../report_model.ts";
import { fileList } from "../sections/file_list.ts";
import { namedSeeds } from "../sections/table_data.ts";
import { TIMINGS_SLOT } from "../timings_slot.ts";

/** `report.md`. Same values in, same text out: it adds no time, host or path. */
export function markdownReport(model: ReportModel, figures: ReadonlySet<FigureName>): string {
  const sections = [
    headingSection(model),
    answerSection(model),
    model.single === null ? trialsSection(model) : runsSection(model),
    fieldsSection(model, figures),
    curvesSection(model, figures),
    effectsSection(model, figures),
    bestRunSection(model, figures),
    mistakesSection(model, figures),
    calibrationSection(model),
    filtersSection(model, figures),
    diagnosticsSection(model, figures),
    howSection(model),
    rulesSection(model),
  ];
  return sections.flat().filter((part) => part !== "").join("\n\n") + "\n";
}

function headingSection(model: ReportModel): string[] {
  const { title, name } = model.input;
  if (title === undefined) return [`# ${escapeMarkdown(name)}`, ...paragraphs(model).map(escapeMarkdown)];
  return [
    `# ${escapeMarkdown(withoutControls(title))}`,
    `\`${name}\``,
    ...paragraphs(model).map(escapeMarkdown),
  ];
}

function answerSection(model: ReportModel): string[] {
  const { t } = model;
  const answer = answerData(model);
  if (answer === null) {
    const none = model.single === null ? t.answer.none : t.answer.noneOfOne;
    return [`**${none}**`, introduction(model), ...setupSection(model)];
  }
  const { title, over, accuracy, figures, published } = answer;
  const parts = [];
  if (accuracy !== null) {
    const claim = `**${formatPercent(accuracy.value)}** ${t.answer.testAccuracy}`;
    parts.push(`${claim}${t.colon}${accuracy.basis.join(t.answer.semicolon)}`);
  }
  parts.push(`**${escapeMarkdown(title)}**${t.comma}${over.join(t.comma)}${t.colon.trimEnd()}`);
  parts.push(
    markdownTable(figures.map(({ label }) => right(label)), [figures.map(({ value }) => value)]),
  );
  parts.push(verdictList(model), ...setupSection(model));
  if (published !== null) {
    const rows = published.results.map(({ network, error, own }) => {
      const here = model.single === null ? t.answer.here : t.answer.hereOne;
      const cells = [escapeMarkdown(own ? `${network} (${here})` : network), formatPercent(error)];
      return own ? cells.map((cell) => `**${cell}**`) : cells;
    });
    const columns = [{ title: t.answer.network }, right(t.answer.testError)];
    parts.push(`${published.title}${t.colon.trimEnd()}`, markdownTable(columns, rows), published.source);
  }
  return [...parts, introduction(model)];
}

function howSection(model: ReportModel): string[] {
  const { t, best, input: { command, config, versions, data } } = model;
  const parts = [`## ${t.how.heading}`];
  if (command !== undefined) parts.push(t.how.again, codeBlock(withoutControls(command), "sh"));
  const items = [`${t.how.time}${t.colon}${TIMINGS_SLOT}`];
  const pinned = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  if (pinned.length > 0) items.push(`${t.how.madeWith}${t.colon}${escapeMarkdown(pinned.join(t.comma))}`);
  items.push(`${t.how.seeds}${t.colon}${namedSeeds(model)}`);
  const hashes = Object.entries(data).map(([name, sha256]) =>
    `${escapeMarkdown(name)} \`${sha256.slice(0, 16)}…\``
  );
  if (hashes.length > 0) items.push(`${t.how.data}${t.colon}${hashes.join(t.comma)}`);
  if (best !== undefined && best.weights_sha256 !== null) {
    items.push(t.how.weights(model.runLabel(best), `\`${best.weights_sha256}\``));
  }
  parts.push(items.map((item) => `- ${item}`).join("\n"));
  if (config !== undefined) parts.push(details(t.how.config, codeBlock(config, "yaml")));
  const files = fileList(model).map(([name, what]) =>
    `- ${name === "runs/" ? "`runs/TRIAL-SEED/`" : `[${name}](${name})`}${t.colon}${what}`
  );
  parts.push(`### ${t.how.sources}`, files.join("\n"), t.how.definitions);
  return parts;
}
