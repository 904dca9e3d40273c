/// <reference lib="deno.worker" />
// Draws the figures of a report while its page is made: without any permission, from what is posted to it.

import type { TopLevelSpec } from "vega-lite";
import { renderSvg } from "../../src/report/charts/render_svg.ts";

/** What becomes of each chart, in the order in which they were posted. */
export type DrawnChart = { readonly svg: string } | { readonly reason: string };

/** Drawn for nobody: V8 compiles Vega's functions when they are first called, and the tables are still being read then. */
const FIRST: TopLevelSpec = {
  data: { values: [{ x: 1, y: 2, run: "a" }, { x: 2, y: 1, run: "b" }] },
  mark: { type: "line", point: true },
  encoding: {
    x: { field: "x", type: "quantitative", title: "x" },
    y: { field: "y", type: "quantitative" },
    color: { field: "run", type: "nominal" },
  },
};

let drawn: Promise<unknown> = renderSvg(FIRST);

self.addEventListener("message", ({ data: spec }: MessageEvent<TopLevelSpec>) => {
  drawn = drawn.then(async () => {
    try {
      self.postMessage({ svg: await renderSvg(spec) } satisfies DrawnChart);
    } catch (error) {
      self.postMessage(
        { reason: error instanceof Error ? error.message : String(error) } satisfies DrawnChart,
      );
    }
  });
});
