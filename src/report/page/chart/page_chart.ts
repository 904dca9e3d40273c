import type { TopLevelSpec } from "vega-lite";
import type { PanelData } from "../../charts/chart.ts";
import type { AxisEnds } from "./axis_ends.ts";
import type { VegaSpec } from "./vega_spec.ts";

/** A chart on the page: how it is drawn, and the rows of it that never change. */
export interface PageChart {
  /** Of the element that it is drawn in, as `curve-val_loss`. */
  readonly id: string;
  /** Plain text, for the heading above it. */
  readonly title: string;
  /** What it shows, for those who do not see it. */
  readonly description: string;
  /** A Vega specification whose colours are tokens and whose data sources are empty. */
  readonly spec: VegaSpec;
  readonly data: PanelData;
}

/**
 * Makes what a page draws of a Vega-Lite specification. Who compiles elsewhere gives an empty one, which is filled before the page is written:
 * on the way there nobody looks into it.
 * @param ends as for withEnds(), which is done to it
 */
export type CompileChart = (spec: TopLevelSpec, ends?: Readonly<Record<string, AxisEnds>>) => VegaSpec;

/** A chart of the page from a Vega-Lite specification. */
export function pageChart(
  spec: TopLevelSpec,
  { compile, ends, data = {}, ...chart }:
    & Pick<PageChart, "id" | "title" | "description">
    & { compile: CompileChart; ends?: Parameters<CompileChart>[1]; data?: PanelData },
): PageChart {
  return { ...chart, spec: compile(spec, ends), data };
}
