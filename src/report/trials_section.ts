import { formatCount, formatCounted, formatLoss, formatPercent, MISSING } from "./format_number.ts";
import { escapeMarkdown, type MarkdownColumn, markdownTable } from "./markdown.ts";
import type { Metric, RankedTrial } from "./rank_trials.ts";
import type { RunRow, RunStatus } from "./results_csv.ts";
import { formatParameter, shortNames } from "./trial_parameters.ts";

/** Rows of the table of trials; a reader who wants more has `results.csv`. */
const MAX_TRIALS = 50;
/** Titles of two words can break, here as in the parameters' names, which keeps the table from growing wider than GitHub's page. */
const METRIC_COLUMNS: readonly { title: string; metric: Metric }[] = [
  { title: "val accuracy", metric: "val_accuracy" },
  { title: "val loss", metric: "val_loss" },
  { title: "train loss", metric: "train_loss" },
  { title: "test accuracy", metric: "test_accuracy" },
];
const MAX_RUNS_NAMED = 20;
const STATUSES = ["ok", "diverged", "failed"] as const satisfies readonly RunStatus[];

/** "15 ok, 1 diverged" */
export function countStatuses(runs: readonly RunRow[]): string {
  return STATUSES
    .map((status) => ({ status, count: runs.filter((run) => run.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${formatCount(count)} ${status}`)
    .join(", ");
}

/** A metric as the tables show it: accuracies in percent, losses to four digits. */
function formatMetric(metric: Metric, value: number | null): string {
  return metric.endsWith("_accuracy") ? formatPercent(value) : formatLoss(value);
}

/**
 * The ranked table: what was swept, how the runs ended, the metrics' means over the seeds.
 * @param ranking every trial, best first
 * @param parameters what the sweep set, by trial
 */
export function trialsSection(
  ranking: readonly RankedTrial[],
  parameters: ReadonlyMap<number, Readonly<Record<string, unknown>>>,
): string {
  const shown = ranking.slice(0, MAX_TRIALS);
  const paths = [...new Set(ranking.flatMap(({ trial }) => Object.keys(parameters.get(trial) ?? {})))];
  const names = shortNames(paths);
  const columns: MarkdownColumn[] = [
    { title: "#", align: "right" },
    { title: "trial", align: "right" },
    ...paths.map((path) => ({
      title: escapeMarkdown((names.get(path) ?? path).replaceAll("_", " ")),
      align: "right" as const,
    })),
    ...METRIC_COLUMNS.map(({ title }) => ({ title, align: "right" as const })),
    { title: "runs" },
  ];
  const rows = shown.map(({ rank, trial, runs, means }) => [
    rank === null ? MISSING : String(rank),
    String(trial),
    ...paths.map((path) => {
      const set = parameters.get(trial) ?? {};
      return path in set ? formatCell(set[path]) : MISSING;
    }),
    ...METRIC_COLUMNS.map(({ metric }) => formatMetric(metric, means[metric])),
    countStatuses(runs),
  ]);
  const cut = ranking.length > shown.length
    ? `\n\nThe first ${shown.length} of ${
      formatCounted(ranking.length, "trial")
    }; [results.csv](results.csv) has all.`
    : "";
  const note = ranking.some(({ runs }) => runs.length > 1)
    ? "Each metric is the mean over the trial's ok runs.\n\n"
    : "";
  return `## Trials\n\n${note}${markdownTable(columns, rows)}${cut}`;
}

/** Layer sizes get hyphens that do not break: in a narrow table 400-200 would otherwise take two lines. */
function formatCell(value: unknown): string {
  const text = formatParameter(value);
  return escapeMarkdown(Array.isArray(value) ? text.replaceAll("-", "\u2011") : text);
}

/** Names the runs that diverged or failed; empty if there are none. */
export function unfinishedSection(rows: readonly RunRow[]): string {
  const lines = ([
    ["diverged", "Diverged (the loss was no longer a finite number)"],
    ["failed", "Failed"],
  ] as const).flatMap(([status, title]) => {
    const runs = rows.filter((row) => row.status === status).sort((a, b) =>
      a.trial - b.trial || a.seed - b.seed
    );
    if (runs.length === 0) return [];
    const named = runs.slice(0, MAX_RUNS_NAMED).map((run) => `trial ${run.trial} seed ${run.seed}`).join(
      ", ",
    );
    const more = runs.length > MAX_RUNS_NAMED
      ? `, and ${formatCount(runs.length - MAX_RUNS_NAMED)} more`
      : "";
    return [`- ${title}: ${named}${more}.`];
  });
  return lines.length === 0 ? "" : `### Diverged and failed runs\n\n${lines.join("\n")}`;
}
