import { formatMetric, formatSpread, isAccuracy, type Metric } from "../tables/metrics.ts";
import type { SampleStatistics } from "../metrics/statistics.ts";
import type { Comparison, MetricChange } from "../analysis/comparison.ts";
import { formatCounted, formatSigned, MISSING } from "../text/numbers.ts";
import { escapeMarkdown, markdownTable } from "../text/markdown.ts";
import { evenIndices, sparkline } from "../text/sparkline.ts";
import { type TextColumn, textTable } from "../text/text_table.ts";
import { formatParameter } from "../analysis/trial_parameters.ts";

/** Bars of a curve, and epochs in the table below it. */
const MAX_BARS = 60;
const MAX_EPOCHS = 12;
/** Seeds that are named. */
const MAX_SEEDS = 10;

const VERDICTS: Readonly<Record<MetricChange["verdict"], string>> = {
  better: "better",
  worse: "worse",
  same: "the same",
  not_distinguishable: "not distinguishable",
  unknown: "",
};

interface Style {
  heading(text: string): string;
  table(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string;
  curve(text: string): string;
}

const TERMINAL: Style = { heading: (text) => `${text}\n`, table: textTable, curve: (text) => `${text}\n` };

const MARKDOWN: Style = {
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
  { markdown = false }: { markdown?: boolean } = {},
): string {
  const style = markdown ? MARKDOWN : TERMINAL;
  const sections = [
    namesSection(comparison, style),
    settingsSection(comparison, style),
    metricsSection(comparison, style),
    ...comparison.curves.map((curve) => curveSection(comparison, curve, style)),
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function namesSection({ names, runs, seeds }: Comparison, { table }: Style): string {
  const rows = table(
    [{ title: "" }, { title: "trial" }, { title: "runs", align: "right" }],
    names.map((name, i) => [letter(i), name, String(runs[i])]),
  );
  return seeds.left_out.length === 0 ? rows : `${rows}\n${seedsText(seeds)}\n`;
}

/** `over 1 common seed (0); seed 1 left out`. */
function seedsText({ common, left_out }: Comparison["seeds"]): string {
  if (common.length === 0) {
    return "no common seed: each mean is over the trial's own seeds, and no change can be told";
  }
  const left = left_out.length === 1 ? "seed" : "seeds";
  return `over ${formatCounted(common.length, "common seed")} (${listSeeds(common)}); ${left} ${
    listSeeds(left_out)
  } left out`;
}

function listSeeds(seeds: readonly number[]): string {
  return seeds.length > MAX_SEEDS ? `${seeds.slice(0, MAX_SEEDS).join(", ")}, ...` : seeds.join(", ");
}

function settingsSection({ names, settings }: Comparison, { heading, table }: Style): string {
  if (settings.length === 0) return heading("All settings are the same");
  return heading("Settings that differ") + table(
    [{ title: "setting" }, ...letters(names, "left")],
    settings.map(({ path, values }) => [path, ...values.map(formatSetting)]),
  );
}

function metricsSection({ names, metrics }: Comparison, { heading, table }: Style): string {
  const seeds = metrics.some(({ values }) => values.some(({ n }) => n > 1));
  const title = seeds
    ? "Metrics: mean over the seeds ± standard deviation; changes with their 95 % interval, paired over the seeds"
    : "Metrics after the last epoch; one seed, so how sure a change is cannot be told";
  const columns: TextColumn[] = [{ title: "metric" }, ...letters(names, "right")];
  for (let i = 1; i < names.length; i++) {
    columns.push({ title: `${letter(i)} − A`, align: "right" });
    if (seeds) columns.push({ title: "95 %", align: "right" }, { title: "" });
  }
  return heading(title) + table(
    columns,
    metrics.map(({ metric, values, changes }) => [
      metric,
      ...values.map((value) => formatStatistics(metric, value)),
      ...changes.flatMap((change) => change === null ? [] : formatChange(metric, change, seeds)),
    ]),
  );
}

function curveSection(
  { names }: Comparison,
  { metric, values }: Comparison["curves"][number],
  { heading, table, curve }: Style,
): string {
  const present = values.flat().filter((value) => value !== null);
  const scale = {
    low: present.reduce((a, b) => Math.min(a, b)),
    high: present.reduce((a, b) => Math.max(a, b)),
    log: !isAccuracy(metric),
  };
  const length = values.reduce((length, { length: epochs }) => Math.max(length, epochs), 0);
  const bars = evenIndices(length, MAX_BARS);
  const lines = values.map((series, i) =>
    curve(`${letter(i)} ${sparkline(bars.map((epoch) => series[epoch] ?? null), scale)}`.trimEnd())
  );
  return heading(`${metric} by epoch${scale.log ? ", log scale" : ""}`) + lines.join("") + "\n" + table(
    [{ title: "epoch", align: "right" }, ...letters(names, "right")],
    evenIndices(length, MAX_EPOCHS).map((epoch) => [
      String(epoch + 1),
      ...values.map((series) => formatMetric(metric, series[epoch] ?? null)),
    ]),
  );
}

/** A, B, ..., Z, then by number. */
export function letter(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `#${index + 1}`;
}

function letters(names: readonly string[], align: "left" | "right"): TextColumn[] {
  return names.map((_, i) => ({ title: letter(i), align }));
}

function formatSetting(value: unknown): string {
  return value === undefined ? MISSING : formatParameter(value);
}

export function formatStatistics(metric: Metric, { mean, sd }: SampleStatistics): string {
  const value = formatMetric(metric, mean);
  return sd === null ? value : `${value} ± ${formatSpread(metric, sd)}`;
}

function formatChange(metric: Metric, { difference, verdict }: MetricChange, seeds: boolean): string[] {
  const { mean, low, high } = difference;
  const amount = formatDifference(metric, mean);
  if (!seeds) return [amount];
  const interval = low === null || high === null
    ? MISSING
    : `${formatDifference(metric, low)} to ${formatDifference(metric, high)}`;
  return [amount, interval, VERDICTS[verdict]];
}

/** A difference with its sign; of accuracies in percentage points. */
export function formatDifference(metric: Metric, value: number | null): string {
  if (value === null) return MISSING;
  const accuracy = isAccuracy(metric);
  return formatSigned(accuracy ? (100 * value).toFixed(2) : value.toPrecision(3)) + (accuracy ? " pp" : "");
}
