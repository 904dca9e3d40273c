import type { TopLevelSpec } from "vega-lite";
import type { VegaSpec } from "../../src/report/page/chart/vega_spec.ts";
import type { ChartMaker } from "../../src/report/render_report.ts";
import type { ChartOrder, MadeChart } from "./chart_worker.ts";

const WORKER = new URL("./chart_worker.ts", import.meta.url);

/** Draws and compiles charts in a worker, which loads what it needs as soon as it is opened: beside the tables, which are read meanwhile. */
export class ChartDrawer implements ChartMaker, Disposable {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<string | VegaSpec>>();
  #orders = 0;
  /** What the worker died of; null while it lives. */
  #failure: Error | null = null;
  /** The one that this process keeps: see keep(). */
  static #kept: ChartDrawer | null = null;

  /** From now on one drawer for all reports of this process: who makes many of them waits once for what a drawer loads. */
  static keep(): void {
    ChartDrawer.#kept ??= new ChartDrawer();
  }

  /** The drawer that is kept, while it lives, else a new one. */
  static open(): ChartDrawer {
    const kept = ChartDrawer.#kept;
    return kept !== null && kept.#failure === null ? kept : new ChartDrawer();
  }

  constructor(worker: URL = WORKER) {
    this.#worker = new Worker(worker, { type: "module", deno: { permissions: "none" } });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<MadeChart>) => {
      const chart = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("made" in data) chart?.resolve(data.made);
      else chart?.reject(notDrawn(data.reason));
    });
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#failure = notDrawn(event.message);
      for (const chart of this.#waiting.values()) chart.reject(this.#failure);
      this.#waiting.clear();
    });
  }

  /** As renderSvg() does. Rejects where that does, and where the worker has died. */
  draw(spec: TopLevelSpec): Promise<string> {
    return this.#order("draw", spec) as Promise<string>;
  }

  /** As compileAnew() does. Rejects where that does, and where the worker has died. */
  compile(spec: TopLevelSpec): Promise<VegaSpec> {
    return this.#order("compile", spec) as Promise<VegaSpec>;
  }

  #order(work: ChartOrder["work"], spec: TopLevelSpec): Promise<string | VegaSpec> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const chart = Promise.withResolvers<string | VegaSpec>();
    const id = this.#orders++;
    this.#waiting.set(id, chart);
    this.#worker.postMessage({ id, work, spec } satisfies ChartOrder);
    return chart.promise;
  }

  [Symbol.dispose](): void {
    if (this !== ChartDrawer.#kept) this.#worker.terminate();
  }
}

function notDrawn(reason: string): Error {
  return new Error(`Cannot draw a chart: ${reason}`);
}
