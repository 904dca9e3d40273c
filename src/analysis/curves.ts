import { distinct, mean } from "../metrics/statistics.ts";
import { groupBy, sample } from "./lists.ts";
import type { EpochRow } from "../tables/history_csv.ts";
import { CURVE_METRICS, type CurveMetric } from "../tables/metrics.ts";
import type { RunRow } from "../tables/results_csv.ts";

export interface CurvePoint {
  /** From 1. */
  readonly epoch: number;
  /** Over the seeds of the trial that have a value after this epoch, as are low and high. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** How many seeds that are. */
  readonly runs: number;
}

/** A trial's curves; epochs without a finite value are left out. */
export interface TrialCurves extends Readonly<Record<CurveMetric, readonly CurvePoint[]>> {
  /** The first epoch in which a run of the trial diverged; null if none did. */
  readonly brokenAt: number | null;
}

/** Points a curve: more could not be told apart. */
export const MAX_POINTS = 150;

/** Curves by trial; of more than MAX_POINTS epochs an even sample. A run that diverged did so in the epoch after its last in the history. */
export function trialCurves(
  { history, rows }: { history: readonly EpochRow[]; rows: readonly RunRow[] },
  trials: ReadonlySet<number>,
): Map<number, TrialCurves> {
  const curves = new Map<number, TrialCurves>();
  const byTrial = groupBy(history.filter(({ trial }) => trials.has(trial)), ({ trial }) => trial);
  const runs = groupBy(rows.filter(({ trial }) => trials.has(trial)), ({ trial }) => trial);
  const last = lastEpoch(history);
  for (const trial of trials) {
    const rows = byTrial.get(trial) ?? [];
    const epochs = distinct(rows.map(({ epoch }) => epoch));
    const drawn = new Map(sample(epochs, MAX_POINTS).map((epoch): [number, EpochRow[]] => [epoch, []]));
    for (const row of rows) drawn.get(row.epoch)?.push(row);
    const curve = (metric: CurveMetric) =>
      [...drawn].flatMap(([epoch, runs]) => {
        const values = runs.map((run) => run[metric]).filter((value) => value !== null);
        const over = mean(values).mean;
        if (over === null) return [];
        const high = -least(values.map((value) => -value));
        return [{ epoch, mean: over, low: least(values), high, runs: values.length }];
      });
    const diverged = (runs.get(trial) ?? []).filter(({ status }) => status === "diverged");
    const bySeed = diverged.length === 0 ? new Map<number, EpochRow[]>() : groupBy(rows, (row) => row.seed);
    const broken = diverged.map(({ seed }) => {
      const finite = (bySeed.get(seed) ?? []).filter((row) => row.train_loss !== null);
      return Math.min(last, finite.reduce((last, { epoch }) => Math.max(last, epoch), 0) + 1);
    });
    curves.set(trial, {
      train_loss: curve("train_loss"),
      val_loss: curve("val_loss"),
      val_accuracy: curve("val_accuracy"),
      brokenAt: broken.length === 0 ? null : least(broken),
    });
  }
  return curves;
}

/** Of all runs; 1 where there is none. */
export function lastEpoch(history: readonly EpochRow[]): number {
  return history.reduce((last, { epoch }) => Math.max(last, epoch), 1);
}

/** Whether a trial's runs are not equally far, as after early stopping, so that some means are over fewer of them. */
export function isOverFewer(curves: TrialCurves): boolean {
  return CURVE_METRICS.some((metric) => curves[metric].some(({ runs }) => runs !== curves[metric][0].runs));
}

/** Of any number of values: as arguments of one call, some hundred thousand would be too many. */
function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}
