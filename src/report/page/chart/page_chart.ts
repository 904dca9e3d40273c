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

/** A chart of the page from a Vega-Lite specification. */
export function pageChart(
  spec: TopLevelSpec,
  { data = {}, ...chart }: Pick<PageChart, "id" | "title" | "description"> & { data?: PanelData },
): PageChart {
  return { ...chart, spec: compiled(spec), data };
}

/** So many specifications are kept as they were compiled last: a page that is kept up to date has the same again and again. */
const MAX_KEPT = 64;
/** By their text, the latest last. */
const kept = new Map<string, VegaSpec>();

function compiled(spec: TopLevelSpec): VegaSpec {
  const key = JSON.stringify(spec);
  const found = kept.get(key) ?? compileAnew(spec);
  kept.delete(key);
  kept.set(key, found);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT) kept.delete(oldest);
  return found;
}

function compileAnew(spec: TopLevelSpec): VegaSpec {
  const { $schema: _, ...vega } = compile(spec).spec;
  return vega as VegaSpec;
}
