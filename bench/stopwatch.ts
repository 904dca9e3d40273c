import type { Kernels } from "../src/nn/kernels.ts";
import { median } from "./statistics.ts";

/** Counts the seconds spent in each kernel. */
export class Stopwatch {
  /** By the kernel's name, since the last clear(). */
  readonly seconds = new Map<string, number>();
  readonly #cost = clockCost();

  /** The same kernels, whose calls are timed. */
  wrap(kernels: Kernels): Kernels {
    const functions = Object.entries(kernels).filter(([, kernel]) => typeof kernel === "function");
    const timed = functions.map(([name, kernel]) => [name, this.#timed(name, kernel)]);
    return Object.fromEntries(timed) as Kernels;
  }

  #timed(name: string, kernel: (...args: number[]) => number | void) {
    return (...args: number[]) => {
      const start = performance.now();
      const result = kernel(...args);
      const seconds = (performance.now() - start) / 1000 - this.#cost;
      this.seconds.set(name, (this.seconds.get(name) ?? 0) + seconds);
      return result;
    };
  }
}

/** Seconds by which two readings of the clock differ with nothing between them. */
function clockCost(): number {
  const gaps = Array.from({ length: 10_000 }, () => {
    const start = performance.now();
    return performance.now() - start;
  });
  return median(gaps) / 1000;
}
