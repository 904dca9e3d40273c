import type { TopLevelSpec } from "vega-lite";
// @ts-types="../../charts/vega.ts"
import { compile } from "../../charts/bundle/vega.js";
import type { PanelData } from "../../charts/chart.ts";

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

/** The parts of a Vega specification that the page changes. */
export interface VegaSpec {
  readonly scales?: readonly { readonly name: string; readonly type?: string; readonly domain?: unknown }[];
  readonly axes?: readonly {
    readonly scale: string;
    readonly grid?: boolean;
    readonly values?: unknown;
    readonly tickCount?: unknown;
  }[];
  readonly signals?: readonly object[];
  readonly [part: string]: unknown;
}

/** So many specifications are kept as they were compiled last: a page that is kept up to date has the same again and again. */
const MAX_KEPT = 64;
const kept = new Map<string, VegaSpec>();

/** A chart of the page from a Vega-Lite specification. */
export function pageChart(
  spec: TopLevelSpec,
  { data = {}, ...chart }: Pick<PageChart, "id" | "title" | "description"> & { data?: PanelData },
): PageChart {
  const key = JSON.stringify(spec);
  let vega = kept.get(key);
  if (vega === undefined) {
    const { $schema: _, ...compiled } = compile(spec).spec;
    vega = compiled as VegaSpec;
  }
  kept.delete(key);
  kept.set(key, vega);
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_KEPT) break;
    kept.delete(oldest);
  }
  return { ...chart, spec: vega, data };
}
