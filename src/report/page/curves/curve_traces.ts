import type { CurveMetric } from "../../../tables/metrics.ts";
import type { Cross, Trace, TracePoint } from "../chart/trace.ts";
import type { CurvesPart, PageCurves } from "./curves_part.ts";
import { type Speeds, unitsOfEpoch, type XUnit } from "./units.ts";

/** What lines are made from: the curves, and what x is. */
export interface CurveSource {
  readonly part: Pick<CurvesPart, "curves" | "epochs">;
  readonly unit: XUnit;
  readonly speeds: Speeds;
}

/** A trial's line of a metric; null where it has none, or its place along x is not known. */
export function curveTrace(
  { part, unit, speeds }: CurveSource,
  { trial, metric, colour, dashed }: {
    trial: number;
    metric: CurveMetric;
    colour: string | null;
    dashed: boolean;
  },
): Trace | null {
  const curves: PageCurves | undefined = part.curves[trial];
  const series = curves?.[metric];
  if (series === undefined) return null;
  const perEpoch = unitsOfEpoch(unit, { trial, curves, speeds });
  if (perEpoch === null) return null;
  const [means, lows, highs] = series;
  const points = part.epochs[curves.at].flatMap((epoch, i): TracePoint[] => {
    const [y, low, high] = [means[i], lows?.[i], highs?.[i]];
    if (y === null) return [];
    const band = low == null || high == null || low === high ? {} : { low, high };
    return [{ epoch, x: epoch * perEpoch, y, ...band }];
  });
  return { trial, colour, dashed, points };
}

/** Where a trial's line ended in what is no number; null where none of its runs diverged. */
export function curveCross(
  { part, unit, speeds }: CurveSource,
  { trial, colour }: { trial: number; colour: string | null },
): Cross | null {
  const curves: PageCurves | undefined = part.curves[trial];
  if (curves?.brokenAt == null) return null;
  const perEpoch = unitsOfEpoch(unit, { trial, curves, speeds });
  return perEpoch === null ? null : { trial, colour, x: curves.brokenAt * perEpoch };
}
