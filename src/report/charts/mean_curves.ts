import { mean } from "../../metrics/mean.ts";
import { groupBy } from "../group_by.ts";
import type { EpochRow } from "../history_csv.ts";

/** A loss after an epoch. */
export interface CurvePoint {
  readonly epoch: number;
  readonly loss: number;
}

/** A trial's losses by epoch, each the mean over its seeds; epochs without a finite loss are left out. */
export interface Curve {
  readonly training: readonly CurvePoint[];
  readonly validation: readonly CurvePoint[];
  /** The first epoch at which a run of the trial has no finite training loss; null if there is none. */
  readonly brokenAt: number | null;
}

/** The curve of each trial that `history` has rows of, by trial. */
export function meanCurves(history: readonly EpochRow[]): Map<number, Curve> {
  const curves = new Map<number, Curve>();
  for (const [trial, rows] of groupBy(history, (row) => row.trial)) {
    const training: CurvePoint[] = [];
    const validation: CurvePoint[] = [];
    let brokenAt: number | null = null;
    const epochs = [...groupBy(rows, (row) => row.epoch)].sort(([a], [b]) => a - b);
    for (const [epoch, runs] of epochs) {
      const trained = mean(runs.map((run) => run.train_loss));
      const validated = mean(runs.map((run) => run.val_loss));
      if (trained.mean !== null) training.push({ epoch, loss: trained.mean });
      if (validated.mean !== null) validation.push({ epoch, loss: validated.mean });
      if (trained.n < runs.length) brokenAt ??= epoch;
    }
    curves.set(trial, { training, validation, brokenAt });
  }
  return curves;
}
