import { escapeMarkdown, markdownTable, right } from "../../text/markdown.ts";
import type { ReportModel } from "../report_model.ts";
import { runTable } from "../sections/run_data.ts";
import { dataSetup, networkLine, networkSetup, partLabel, settingRows } from "../sections/setup_data.ts";
import { rulesIntroduction, ruleTexts, verdicts } from "../sections/verdict_data.ts";

/** Whether the best trial learned, converged and overfitted, a sentence each. */
export function verdictList(model: ReportModel): string {
  const { t } = model;
  return verdicts(model)
    .map(({ claim, grounds }) =>
      `- **${claim}**${t.colon}${grounds} ([${t.verdicts.rule}](#${anchor(t.rules.heading)}))`
    )
    .join("\n");
}

/** Data, network and settings. */
export function setupSection(model: ReportModel): string[] {
  const { t } = model;
  const data = dataSetup(model);
  const network = networkSetup(model);
  const about = [
    ...data.title === null ? [] : [data.title],
    ...data.parts.map((part) => partLabel(model, part)),
    ...data.notes,
  ];
  const lines: string[] = [];
  if (about.length > 0) lines.push(`- **${t.setup.data}**${t.colon}${escapeMarkdown(about.join(t.comma))}`);
  if (network !== null) {
    lines.push(`- **${t.setup.network}**${t.colon}${escapeMarkdown(networkLine(model, network))}`);
  }
  const rows = settingRows(model).map(({ label, value, tried }) => [
    escapeMarkdown(tried === null ? label : `${label} (${t.setup.swept(tried)})`),
    tried === null ? escapeMarkdown(value) : `**${escapeMarkdown(value)}**`,
  ]);
  return [
    `### ${t.setup.heading}`,
    lines.join("\n"),
    markdownTable([{ title: t.setup.setting }, right(t.setup.value)], rows),
  ];
}

/** The runs of a single trial; nothing where there is one run. */
export function runsSection(model: ReportModel): string[] {
  const { t } = model;
  const table = runTable(model);
  if (table === null) return [];
  const columns = [...[t.seed, ...table.titles].map(right), { title: t.runTable.status }];
  const rows = table.rows.map(({ seed, cells, status }) => [String(seed), ...cells, status]);
  const cut = table.cut && table.cut + t.space + t.table.cutFile("[results.csv](results.csv)");
  return [`## ${t.runTable.heading}`, markdownTable(columns, rows), cut];
}

/** The rules of the verdicts; nothing where there is none. */
export function rulesSection(model: ReportModel): string[] {
  const { t } = model;
  if (model.best === undefined) return [];
  const rules = ruleTexts(model).map(({ term, text }) => `- **${term}**${t.colon}${text}`);
  return [`## ${t.rules.heading}`, rulesIntroduction(model), rules.join("\n")];
}

/** The address of a heading, as GitHub, GitLab and VS Code give it. */
function anchor(heading: string): string {
  return heading.toLowerCase().replaceAll(" ", "-");
}
