import type { TopLevelSpec } from "vega-lite";
import { withEnds } from "./axis_ends.ts";
import type { CompileChart } from "./page_chart.ts";
import type { VegaSpec } from "./vega_spec.ts";

/** Who compiles a page's charts: Vega-Lite is large, and another thread may do it. */
export interface ChartCompiler {
  /** As compileAnew() does. */
  compile(spec: TopLevelSpec): Promise<VegaSpec>;
}

/** Has a page's charts compiled while the page is made. */
export class LaterCharts {
  readonly #compiler: ChartCompiler;
  readonly #pending: Promise<void>[] = [];

  constructor(compiler: ChartCompiler) {
    this.#compiler = compiler;
  }

  /** What it returns is empty until filled(). */
  readonly compile: CompileChart = (spec, ends) => {
    const later: VegaSpec = {};
    const pending = this.#compiler.compile(spec).then((vega) => {
      Object.assign(later, ends === undefined ? vega : withEnds(vega, ends));
    });
    pending.catch(() => {}); // filled() tells
    this.#pending.push(pending);
    return later;
  };

  /** Resolves when every chart is what it is to be. Rejects where one cannot be compiled. */
  async filled(): Promise<void> {
    await Promise.all(this.#pending);
  }
}
