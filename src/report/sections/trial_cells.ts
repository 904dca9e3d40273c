// What the table of trials says, of the data that trial_data.ts works out. The page's script has this too.

import { isAccuracy, METRIC, type Metric } from "../../tables/metrics.ts";
import { formatSet, formatSigned, MISSING } from "../../text/numbers.ts";
import type { Messages } from "../messages/en.ts";
import type { DifferenceColumn, Mark, TrialTable } from "./trial_table.ts";

export interface TrialColumn {
  /** As `parameter-0`, `val_loss`; the same as long as the page is open. */
  readonly id: string;
  readonly kind: "trial" | "parameter" | "metric" | "difference" | "status";
  /** Above the column, and in sentences. */
  readonly title: string;
  readonly name: string;
  /** Left out unless somebody asks for it. */
  readonly extra: boolean;
  /** The direction that is asked for first: of metrics, the best first. */
  readonly descending: boolean;
  /** A cell's text in pieces, which a narrow column puts below one another. */
  pieces(row: number): readonly string[];
  /** What rows are sorted by; null comes last either way. */
  key(row: number): number | null;
}

/** The columns in their order; the first, which names the trial, is always there. */
export function trialColumns(table: TrialTable, t: Messages): TrialColumn[] {
  const { trials, ranked, parameters, metrics, difference, marks } = table;
  const common = { extra: false, descending: false };
  const columns: TrialColumn[] = [{
    ...common,
    id: "trial",
    kind: "trial",
    title: t.table.trial,
    name: t.table.trial,
    // A trial on its own has no place among others.
    pieces: (row) => [
      trials.length === 1 ? "" : row < ranked ? t.table.place(row + 1) : MISSING,
      t.trial(trials[row]),
    ],
    key: (row) => trials[row],
  }];
  for (const [i, { title, values, cells }] of parameters.entries()) {
    columns.push({
      ...common,
      id: `parameter-${i}`,
      kind: "parameter",
      title,
      name: title,
      pieces: (row) => [parameterText(values[cells[row]])],
      key: (row) => cells[row] < 0 ? null : cells[row],
    });
  }
  for (const { metric, means, sds, extra } of metrics) {
    const title = METRIC[metric].shortLabel[t.language];
    columns.push({
      id: metric,
      kind: "metric",
      title,
      name: title,
      extra,
      descending: METRIC[metric].goal === "maximize",
      pieces: (row) => metricPieces(metric, means[row], sds?.[row] ?? null),
      key: (row) => means[row],
    });
  }
  if (difference !== null) {
    const { metric, values, verdicts } = difference;
    columns.push({
      ...common,
      id: "difference",
      kind: "difference",
      title: t.conclusions.column(isAccuracy(metric)),
      name: t.table.difference,
      descending: METRIC[metric].goal === "maximize",
      pieces: (row) => differencePieces(difference, row, t),
      key: (row) => verdicts[row] === "b" ? 0 : values[row]?.[0] ?? null,
    });
  }
  if (Object.keys(marks).length > 0) {
    columns.push({
      ...common,
      id: "status",
      kind: "status",
      title: t.table.status,
      name: t.table.status,
      descending: true,
      pieces: (row) => (marks[row] ?? []).map((mark) => markText(mark, runCount(table, row), t)),
      key: (row) => severity(marks[row] ?? []),
    });
  }
  return columns;
}

/** A cell in one line, as Markdown has it. */
export function cellText({ kind, pieces }: TrialColumn, row: number, t: Messages): string {
  const said = kind === "trial"
    ? pieces(row).filter((piece) => piece !== "" && piece !== MISSING)
    : pieces(row);
  return said.join(kind === "trial" ? t.colon : kind === "status" ? t.comma : " ");
}

function metricPieces(metric: Metric, mean: number | null, sd: number | null): string[] {
  if (mean === null) return [MISSING];
  const text = isAccuracy(metric) ? `${mean.toFixed(2)}%` : mean.toPrecision(4);
  return sd === null ? [text] : [text, `± ${deviationText(metric, sd, mean)}`];
}

export function parameterText(value: number | string | undefined): string {
  return typeof value === "number" ? formatSet(value) : value ?? MISSING;
}

function differencePieces(
  { metric, values, verdicts }: DifferenceColumn,
  row: number,
  t: Messages,
): string[] {
  if (verdicts[row] === "b") return [t.conclusions.best];
  const value = values[row];
  if (value === null) return [MISSING];
  const [mean, low, high] = value.map((amount = 0) => formatSigned(spreadText(metric, amount)));
  return low === undefined ? [mean] : [mean, `(${t.conclusions.interval(low, high)})`];
}

/** In words what a difference means; empty where nothing can be said. */
export function verdictText({ verdicts }: DifferenceColumn, row: number, t: Messages): string {
  const { notDistinguishable: n, isUncertain: c, isWorse: w, isBetter } = t.conclusions;
  const texts: Readonly<Record<string, string>> = { n, c, w, t: isBetter };
  return texts[verdicts[row]] ?? "";
}

/** A standard deviation, of accuracies in points; of a loss in two digits, but no more decimals than its mean is shown with. */
export function deviationText(metric: Metric, sd: number, mean: number | null): string {
  const text = spreadText(metric, sd);
  if (isAccuracy(metric) || mean === null) return text;
  const decimals = (shown: string) => shown.match(/^\d+\.(\d+)$/)?.[1].length ?? Infinity;
  const most = decimals(mean.toPrecision(4));
  return most < Infinity && (sd === 0 || decimals(text) > most) ? sd.toFixed(most) : text;
}

/** How far two values are apart, of accuracies in points; of the digits that the data has. */
export function spreadText(metric: Metric, value: number): string {
  return isAccuracy(metric) ? value.toFixed(2) : value.toPrecision(2);
}

function runCount({ runs }: TrialTable, row: number): number {
  return typeof runs === "number" ? runs : runs[row];
}

function markText([kind, count]: Mark, runs: number, t: Messages): string {
  return kind === "stopped" ? t.table.marks.stopped(count) : t.table.marks[kind](t.table.marked(count, runs));
}

const WEIGHTS: Readonly<Record<Mark[0], number>> = {
  failed: 5e6,
  diverged: 4e6,
  idle: 3e6,
  stopped: 2e6,
  running: 1e6,
};

/** By what went worst, then by how often; halving's first stopped come after those that got further. */
function severity(marks: readonly Mark[]): number {
  if (marks.length === 0) return 0;
  const [kind, count] = marks[0];
  return WEIGHTS[kind] + (kind === "stopped" ? -count : count);
}
