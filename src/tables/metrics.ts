import type { Language } from "../text/language.ts";
import { formatLoss, formatPercent } from "../text/numbers.ts";

/** What is known of a metric; its name is its column in `results.csv`. */
interface MetricDescriptor {
  /** Whether the least or the greatest value is best. */
  readonly goal: "minimize" | "maximize";
  /** A fraction from 0 to 1, which people read in percent, or a loss. */
  readonly kind: "accuracy" | "loss";
  /** The rows that it is measured on. */
  readonly on: "train" | "validation" | "test";
  /** Whether `history.csv` has it for every epoch. */
  readonly everyEpoch: boolean;
  /** What people call it, and what stands above its column where there is little room. */
  readonly label: Readonly<Record<Language, string>>;
  readonly shortLabel: Readonly<Record<Language, string>>;
}

/** The one list of what a run is measured by, in the order of the columns. */
export const METRIC = {
  train_loss: {
    goal: "minimize",
    kind: "loss",
    on: "train",
    everyEpoch: true,
    label: { en: "training loss", ja: "訓練損失" },
    shortLabel: { en: "train loss", ja: "訓練損失" },
  },
  val_loss: {
    goal: "minimize",
    kind: "loss",
    on: "validation",
    everyEpoch: true,
    label: { en: "validation loss", ja: "検証損失" },
    shortLabel: { en: "val loss", ja: "検証損失" },
  },
  val_accuracy: {
    goal: "maximize",
    kind: "accuracy",
    on: "validation",
    everyEpoch: true,
    label: { en: "validation accuracy", ja: "検証正解率" },
    shortLabel: { en: "val accuracy", ja: "検証正解率" },
  },
  test_loss: {
    goal: "minimize",
    kind: "loss",
    on: "test",
    everyEpoch: false,
    label: { en: "test loss", ja: "テスト損失" },
    shortLabel: { en: "test loss", ja: "テスト損失" },
  },
  test_accuracy: {
    goal: "maximize",
    kind: "accuracy",
    on: "test",
    everyEpoch: false,
    label: { en: "test accuracy", ja: "テスト正解率" },
    shortLabel: { en: "test accuracy", ja: "テスト正解率" },
  },
} as const satisfies Record<string, MetricDescriptor>;

export type Metric = keyof typeof METRIC;

/** In the order of the columns. */
export const METRICS = Object.keys(METRIC) as Metric[];

export type CurveMetric = {
  [M in Metric]: (typeof METRIC)[M]["everyEpoch"] extends true ? M : never;
}[Metric];

/** The metrics that `history.csv` has, in the order of the columns. */
export const CURVE_METRICS = METRICS.filter((metric): metric is CurveMetric => METRIC[metric].everyEpoch);

export function isAccuracy(metric: Metric): boolean {
  return METRIC[metric].kind === "accuracy";
}

/** What a value of a metric, or a mean of such, can be. */
export function possibleValues(metric: Metric): { low: number; high: number } {
  return { low: 0, high: isAccuracy(metric) ? 1 : Infinity };
}

/** What a difference between two values of a metric can be. */
export function possibleDifference(metric: Metric): { low: number; high: number } {
  return isAccuracy(metric) ? { low: -1, high: 1 } : { low: -Infinity, high: Infinity };
}

/** A metric as the tables show it: accuracies in percent, losses to four digits. */
export function formatMetric(metric: Metric, value: number | null): string {
  return isAccuracy(metric) ? formatPercent(value) : formatLoss(value);
}

/** How far two values of a metric are apart, or its standard deviation: of accuracies in percentage points, of losses to two digits. */
export function formatSpread(metric: Metric, value: number): string {
  return isAccuracy(metric) ? (100 * value).toFixed(2) : value.toPrecision(2);
}
