/// <reference lib="deno.worker" />
// Draws the figures of a report and compiles its page's charts while the page is made: without any permission, from what is posted to it.

import type { TopLevelSpec } from "vega-lite";
import { renderSvg } from "../../src/report/charts/render_svg.ts";
import { compileAnew } from "../../src/report/page/chart/compile_chart.ts";
import type { VegaSpec } from "../../src/report/page/chart/vega_spec.ts";

/** What is to become of a chart. */
export interface ChartOrder {
  readonly id: number;
  readonly work: keyof typeof WORK;
  readonly spec: TopLevelSpec;
}

/** What became of it. */
export type MadeChart =
  & { readonly id: number }
  & ({ readonly made: string | VegaSpec } | { readonly reason: string });

const WORK = { draw: renderSvg, compile: compileAnew };

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

const orders: ChartOrder[] = [];
let isAtWork = true;
renderSvg(FIRST).then(work);

self.addEventListener("message", ({ data }: MessageEvent<ChartOrder>) => {
  orders.push(data);
  if (!isAtWork) work();
});

async function work(): Promise<void> {
  isAtWork = true;
  while (orders.length > 0) {
    // A page waits for its charts, and nothing for a figure.
    const next = orders.findIndex(({ work }) => work === "compile");
    const [{ id, work, spec }] = orders.splice(Math.max(0, next), 1);
    try {
      self.postMessage({ id, made: await WORK[work](spec) } satisfies MadeChart);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      self.postMessage({ id, reason } satisfies MadeChart);
    }
    // Lets in what was posted meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
  }
  isAtWork = false;
}
