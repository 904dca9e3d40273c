import type { TopLevelSpec } from "vega-lite";
// @ts-types="../../charts/vega.ts"
import { compile } from "../../charts/bundle/vega.js";
import { withEnds } from "./axis_ends.ts";
import type { CompileChart } from "./page_chart.ts";
import type { VegaSpec } from "./vega_spec.ts";

/** So many specifications are kept as they were compiled last: a page that is kept up to date has the same again and again. */
const MAX_KEPT = 64;
/** By their text, the latest last. */
const kept = new Map<string, VegaSpec>();

/** Compiles at once. @throws Error where Vega-Lite does not take it */
export const compileChart: CompileChart = (spec, ends) => {
  const vega = compiled(spec);
  return ends === undefined ? vega : withEnds(vega, ends);
};

/** As it comes, with the schema's name left out. @throws Error where Vega-Lite does not take it */
export function compileAnew(spec: TopLevelSpec): VegaSpec {
  const { $schema: _, ...vega } = compile(spec).spec;
  return vega as VegaSpec;
}

function compiled(spec: TopLevelSpec): VegaSpec {
  const key = JSON.stringify(spec);
  const found = kept.get(key) ?? compileAnew(spec);
  kept.delete(key);
  kept.set(key, found);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT) kept.delete(oldest);
  return found;
}
