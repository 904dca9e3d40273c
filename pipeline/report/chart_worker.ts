/// <reference lib="deno.worker" />
// Draws the figures of a report while its page is made: without any permission, from what is posted to it.

import "vega";
import "vega-interpreter";
import { renderSvg } from "../../src/report/charts/render_svg.ts";
import type { TopLevelSpec } from "vega-lite";

/** What becomes of each chart, in the order in which they were posted. */
export type DrawnChart = { readonly svg: string } | { readonly reason: string };

let drawn = Promise.resolve();

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
