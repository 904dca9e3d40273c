import { mean } from "../metrics/mean.ts";
import { groupBy } from "./group_by.ts";
import type { EpochRow } from "./history_csv.ts";
import { sample } from "./sample.ts";

/** What a learning curve can be of. */
export const CURVE_METRICS = ["train_loss", "val_loss", "val_accuracy"] as const;
/** One of them. */
export type CurveMetric = (typeof CURVE_METRICS)[number];

/** A metric after an epoch, over a trial's seeds. */
export interface CurvePoint {
  readonly epoch: number;
  readonly mean: number;
  /** Of the seeds, the lowest and the highest. */
  readonly low: number;
  readonly high: number;
}

/** A trial's curves; epochs without a finite value are left out. */
export interface TrialCurves extends Readonly<Record<CurveMetric, readonly CurvePoint[]>> {
  /** The first epoch at which a run of the trial has no finite training loss; null if there is none. */
  readonly brokenAt: number | null;
}

/** Points a curve: more could not be told apart. */
export const MAX_POINTS = 150;

/** The curves of those trials that `history` has rows of, by trial; of more than MAX_POINTS epochs an even sample. */
export function trialCurves(
  history: readonly EpochRow[],
  trials: ReadonlySet<number>,
): Map<number, TrialCurves> {
  const curves = new Map<number, TrialCurves>();
  const wanted = history.filter(({ trial }) => trials.has(trial));
  for (const [trial, rows] of groupBy(wanted, (row) => row.trial)) {
    const epochs = [...groupBy(rows, (row) => row.epoch)].sort(([a], [b]) => a - b);
    const broken = epochs.find(([, runs]) => mean(runs.map((run) => run.train_loss)).n < runs.length);
    const drawn = sample(epochs, MAX_POINTS);
    const curve = (metric: CurveMetric) =>
      drawn.flatMap(([epoch, runs]) => {
        const values = runs.map((run) => run[metric]).filter((value) => value !== null);
        const over = mean(values).mean;
        if (over === null) return [];
        return [{ epoch, mean: over, low: Math.min(...values), high: Math.max(...values) }];
      });
    curves.set(trial, {
      train_loss: curve("train_loss"),
      val_loss: curve("val_loss"),
      val_accuracy: curve("val_accuracy"),
      brokenAt: broken?.[0] ?? null,
    });
  }
  return curves;
}
