import type { Language } from "../text/language.ts";
import { formatLoss, formatPercent } from "../text/numbers.ts";

/** What an experiment may have measured besides losses and accuracies, in the order in which it is recorded. */
export const MEASURES = ["top2_accuracy", "macro_f1", "calibration"] as const;
export type Measure = (typeof MEASURES)[number];

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
  /** What an experiment asks for to have it measured. Left out: it always is. */
  readonly measure?: Measure;
  /** Whether trials cannot be ranked by it. */
  readonly noRanking?: true;
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
  test_top2_accuracy: {
    goal: "maximize",
    kind: "accuracy",
    on: "test",
    everyEpoch: false,
    measure: "top2_accuracy",
    label: { en: "test top-2 accuracy", ja: "テスト正解率（上位 2 クラス）" },
    shortLabel: { en: "test top-2", ja: "テスト上位 2" },
  },
  test_macro_f1: {
    goal: "maximize",
    kind: "accuracy",
    on: "test",
    everyEpoch: false,
    measure: "macro_f1",
    label: { en: "test macro F1", ja: "テストのマクロ F1" },
    shortLabel: { en: "test macro F1", ja: "テスト F1" },
  },
  test_ece: {
    goal: "minimize",
    kind: "accuracy",
    on: "test",
    everyEpoch: false,
    measure: "calibration",
    // A network that always answers with the shares of the classes has none of it.
    noRanking: true,
    label: { en: "test calibration error (ECE)", ja: "テストの較正誤差（ECE）" },
    shortLabel: { en: "test ECE", ja: "テスト ECE" },
  },
} as const satisfies Record<string, MetricDescriptor>;

export type Metric = keyof typeof METRIC;

/** In the order of the columns. */
export const METRICS = Object.keys(METRIC) as Metric[];

/** The metrics that are only measured where an experiment asks for them. */
export type AskedMetric = {
  [M in Metric]: (typeof METRIC)[M] extends { measure: Measure } ? M : never;
}[Metric];

/** What an experiment asks for to have the metric measured; undefined where it always is. */
export function measureOf(metric: Metric): Measure | undefined {
  const descriptor: MetricDescriptor = METRIC[metric];
  return descriptor.measure;
}

export const ASKED_METRICS = METRICS.filter((metric): metric is AskedMetric =>
  measureOf(metric) !== undefined
);

/** The metrics that trials can be ranked by. */
export const RANKING_METRICS = METRICS.filter((metric) => {
  const descriptor: MetricDescriptor = METRIC[metric];
  return !descriptor.noRanking;
});

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

/** A value in as many digits as formatMetric() shows, which then shows the same of it: to be rounded once. */
export function roundMetric(metric: Metric, value: number): number {
  return isAccuracy(metric) ? Number(`${(100 * value).toFixed(2)}e-2`) : Number(value.toPrecision(4));
}

/** How far two values of a metric are apart, or its standard deviation: of accuracies in percentage points, of losses to two digits. */
export function formatSpread(metric: Metric, value: number): string {
  return isAccuracy(metric) ? (100 * value).toFixed(2) : value.toPrecision(2);
}
