import type { TopLevelSpec } from "vega-lite";
import type { DrawnChart } from "./chart_worker.ts";

const WORKER = new URL("./chart_worker.ts", import.meta.url);

/** Draws charts in a worker, which loads what it needs as soon as it is opened: beside the tables, which are read meanwhile. */
export class ChartDrawer implements Disposable {
  readonly #worker: Worker;
  readonly #waiting: PromiseWithResolvers<string>[] = [];
  /** What the worker died of; null while it lives. */
  #failure: Error | null = null;

  constructor(worker: URL = WORKER) {
    this.#worker = new Worker(worker, { type: "module", deno: { permissions: "none" } });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<DrawnChart>) => {
      const chart = this.#waiting.shift();
      if ("svg" in data) chart?.resolve(data.svg);
      else chart?.reject(notDrawn(data.reason));
    });
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#failure = notDrawn(event.message);
      for (const chart of this.#waiting.splice(0)) chart.reject(this.#failure);
    });
  }

  /** As renderSvg() does. Rejects where that does, and where the worker has died. */
  draw(spec: TopLevelSpec): Promise<string> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const chart = Promise.withResolvers<string>();
    this.#waiting.push(chart);
    this.#worker.postMessage(spec);
    return chart.promise;
  }

  [Symbol.dispose](): void {
    this.#worker.terminate();
  }
}

function notDrawn(reason: string): Error {
  return new Error(`Cannot draw a chart: ${reason}`);
}
