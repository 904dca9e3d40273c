import type { EffectPoint } from "../sections/effect_data.ts";
import type { ReportModel } from "../report_model.ts";

/** What the panels of one chart have in common. */
export interface EffectFrame {
  /** The report that they are of. */
  readonly model: ReportModel;
  /** What the metric is called. */
  readonly name: string;
  /** Every trial, best first. */
  readonly points: readonly EffectPoint[];
  /** Those of them that are drawn as points or lines. */
  readonly drawn: readonly EffectPoint[];
  /** How many of the best are drawn in colour; on a page its script does that. */
  readonly coloured?: number;
  /** Of the plot without its axes, in pixels; on a page its place decides instead. */
  readonly width: number;
  /** Of the plot without its axes, in pixels. */
  readonly height: number;
  /** Whether they tell of what is pointed at. Default: false. */
  readonly interactive?: boolean;
}

/** The lowest and the highest of some numbers; 0 and 1 of none. */
export function extent(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}
