import { formatMetric, formatSpread, isAccuracy, type Metric } from "../tables/metrics.ts";
import type { SampleStatistics } from "../metrics/statistics.ts";
import type { Comparison, MetricChange } from "../analysis/comparison.ts";
import type { Language } from "../text/language.ts";
import { formatSigned, MISSING } from "../text/numbers.ts";
import { escapeMarkdown, markdownTable } from "../text/markdown.ts";
import { evenIndices, sparkline } from "../text/sparkline.ts";
import { type TextColumn, textTable } from "../text/text_table.ts";
import { formatBeside } from "../analysis/trial_parameters.ts";
import { type CompareMessages, compareMessages } from "./messages/compare.ts";

/** Bars of a curve, and epochs in the table below it. */
const MAX_BARS = 60;
const MAX_EPOCHS = 12;
/** Seeds that are named. */
const MAX_SEEDS = 10;

interface Style {
  readonly said: CompareMessages;
  heading(text: string): string;
  table(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string;
  curve(text: string): string;
}

type Marks = Omit<Style, "said">;

const TERMINAL: Marks = { heading: (text) => `${text}\n`, table: textTable, curve: (text) => `${text}\n` };

const MARKDOWN: Marks = {
  heading: (text) => `## ${escapeMarkdown(text)}\n\n`,
  table: (columns, rows) =>
    markdownTable(
      columns.map(({ title, align }) => ({ title: escapeMarkdown(title), align })),
      rows.map((cells) => cells.map(escapeMarkdown)),
    ) + "\n",
  curve: (text) => `    ${text}\n`,
};

/** A comparison as text for the terminal, or as Markdown. Letters stand for the trials, A for the first. */
export function formatComparison(
  comparison: Comparison,
  { markdown = false, language = "en" }: { markdown?: boolean; language?: Language } = {},
): string {
  const style: Style = { ...(markdown ? MARKDOWN : TERMINAL), said: compareMessages(language) };
  const sections = [
    namesSection(comparison, style),
    dataSection(comparison, style),
    settingsSection(comparison, style),
    metricsSection(comparison, style),
    ...comparison.curves.map((curve) => curveSection(comparison, curve, style)),
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function namesSection({ names, runs, seeds }: Comparison, { said: { text }, table }: Style): string {
  const rows = table(
    [{ title: "" }, { title: text.trial }, { title: text.runs, align: "right" }],
    names.map((name, i) => [letter(i), name, String(runs[i])]),
  );
  return seeds.left_out.length === 0 ? rows : `${rows}\n${seedsText(seeds, text)}\n`;
}

/** That the numbers tell nothing of which is better, where the data differ. */
function dataSection(comparison: Comparison, { said }: Style): string {
  return onOtherData(comparison) ? `${said.otherData(comparison.names.map((_, i) => letter(i)))}\n` : "";
}

/** Whether the trials were not all run on the same data. */
export function onOtherData({ settings }: Comparison): boolean {
  return settings.some(({ path }) => /^(?:dataset$|dataset\.|data\.)/.test(path));
}

/** The settings that choose the rows to train on and to validate with, as far as the trials differ in them. */
export function rowSettings({ settings }: Comparison): string[] {
  return settings.map(({ path }) => path).filter((path) =>
    /^(?:preprocess\.(?:limit|validation)|rng\.split)/.test(path)
  );
}

/** `over 1 common seed (0); seed 1 left out`. */
function seedsText({ common, left_out }: Comparison["seeds"], text: CompareMessages["text"]): string {
  return common.length === 0 ? text.noCommonSeed : text.overSeeds({
    common: listSeeds(common),
    count: common.length,
    leftOut: listSeeds(left_out),
    left: left_out.length,
  });
}

function listSeeds(seeds: readonly number[]): string {
  return seeds.length > MAX_SEEDS ? `${seeds.slice(0, MAX_SEEDS).join(", ")}, ...` : seeds.join(", ");
}

function settingsSection({ names, settings }: Comparison, { said, heading, table }: Style): string {
  if (settings.length === 0) return heading(said.text.allSame);
  return heading(said.settings) + table(
    [{ title: said.setting }, ...letters(names, "left")],
    settings.map(({ path, values }) => [path, ...formatSettings(values)]),
  );
}

function metricsSection(comparison: Comparison, { said, heading, table }: Style): string {
  const { names, metrics, keeps_best } = comparison;
  const judged = !onOtherData(comparison);
  const seeds = metrics.some(({ values }) => values.some(({ n }) => n > 1));
  const { text } = said;
  if (metrics.length === 0) return heading(text.noMetrics);
  const columns: TextColumn[] = [{ title: said.metric }, ...letters(names, "right")];
  for (let i = 1; i < names.length; i++) {
    columns.push({ title: said.against(letter(i)), align: "right" });
    if (seeds) columns.push({ title: text.intervalColumn, align: "right" }, { title: "" });
  }
  const others = judged ? rowSettings(comparison) : [];
  return heading(seeds ? text.means(comparison.compared) : text.oneSeed(keeps_best)) + table(
    columns,
    metrics.map(({ metric, values, changes }) => [
      text.metric(metric),
      ...values.map((value) => formatStatistics(metric, value)),
      ...changes.flatMap((change) =>
        change === null ? [] : formatChange(metric, change, { seeds, judged, said })
      ),
    ]),
  ) + (others.length === 0 ? "" : `\n${text.otherRows(others.join(", "))}\n`);
}

function curveSection(
  { names }: Comparison,
  { metric, values }: Comparison["curves"][number],
  { said: { text }, heading, table, curve }: Style,
): string {
  const means = values.map((series) => series.map(({ mean }) => mean));
  const present = means.flat().filter((value) => value !== null);
  const scale = {
    low: present.reduce((a, b) => Math.min(a, b)),
    high: present.reduce((a, b) => Math.max(a, b)),
    log: !isAccuracy(metric),
  };
  const length = means.reduce((length, { length: epochs }) => Math.max(length, epochs), 0);
  const bars = evenIndices(length, MAX_BARS);
  const lines = means.map((series, i) =>
    curve(`${letter(i)} ${sparkline(bars.map((epoch) => series[epoch] ?? null), scale)}`.trimEnd())
  );
  return heading(text.curve(metric, scale.log)) + lines.join("") + "\n" + table(
    [{ title: text.epoch, align: "right" }, ...letters(names, "right")],
    evenIndices(length, MAX_EPOCHS).map((epoch) => [
      String(epoch + 1),
      ...means.map((series) => formatMetric(metric, series[epoch] ?? null)),
    ]),
  ) + apartText(values, text);
}

/** `means over fewer runs, as the others had ended: A after epoch 3`; nothing where a trial's runs all end at the same epoch. */
function apartText(
  values: Comparison["curves"][number]["values"],
  text: CompareMessages["text"],
): string {
  const apart = values.flatMap((series, i) => {
    const fewer = series.findIndex(({ n }, epoch) => epoch > 0 && n < series[epoch - 1].n);
    return fewer < 0 ? [] : [text.afterEpoch(letter(i), fewer)];
  });
  return apart.length === 0 ? "" : `\n${text.apart(apart)}\n`;
}

/** A, B, ..., Z, then by number. */
export function letter(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `#${index + 1}`;
}

function letters(names: readonly string[], align: "left" | "right"): TextColumn[] {
  return names.map((_, i) => ({ title: letter(i), align }));
}

function formatSettings(values: readonly unknown[]): string[] {
  const texts = formatBeside(values);
  return values.map((value, i) => value === undefined ? MISSING : texts[i]);
}

export function formatStatistics(metric: Metric, { mean, sd }: SampleStatistics): string {
  const value = formatMetric(metric, mean);
  return sd === null ? value : `${value} ± ${formatSpread(metric, sd)}`;
}

function formatChange(
  metric: Metric,
  { difference, verdict }: MetricChange,
  { seeds, judged, said }: { seeds: boolean; judged: boolean; said: CompareMessages },
): string[] {
  const { mean, low, high } = difference;
  const amount = formatDifference(metric, mean, said);
  if (!seeds) return [amount];
  const interval = low === null || high === null
    ? MISSING
    : said.text.interval(formatDifference(metric, low, said), formatDifference(metric, high, said));
  return [amount, interval, verdict === "unknown" || !judged ? "" : said.verdicts[verdict]];
}

/** A difference with its sign; of accuracies in percentage points. */
export function formatDifference(
  metric: Metric,
  value: number | null,
  { points }: Pick<CompareMessages, "points">,
): string {
  if (value === null) return MISSING;
  return isAccuracy(metric)
    ? `${formatSigned((100 * value).toFixed(2))} ${points}`
    : formatSigned(value.toPrecision(3));
}
