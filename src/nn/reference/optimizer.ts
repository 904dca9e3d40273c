import type { Kernels } from "../kernels.ts";
import type { ReferenceContext } from "./functions.ts";

/** assembly/optimizer.ts, plainly. */
export function optimizerReference(
  { floats, round }: ReferenceContext,
): Pick<Kernels, "sgdStep" | "momentumStep" | "adagradStep"> {
  return {
    sgdStep(w, g, n, rate) {
      const r = round(rate);
      for (let i = 0; i < n; i++) {
        floats[(w >>> 2) + i] = round(floats[(w >>> 2) + i] - round(r * floats[(g >>> 2) + i]));
      }
    },

    momentumStep(w, v, g, n, rate, momentum) {
      const r = round(rate), m = round(momentum);
      for (let i = 0; i < n; i++) {
        const velocity = round(round(m * floats[(v >>> 2) + i]) + floats[(g >>> 2) + i]);
        floats[(v >>> 2) + i] = velocity;
        floats[(w >>> 2) + i] = round(floats[(w >>> 2) + i] - round(r * velocity));
      }
    },

    adagradStep(w, h, g, n, rate) {
      const r = round(rate), epsilon = round(1e-7);
      for (let i = 0; i < n; i++) {
        const gradient = floats[(g >>> 2) + i];
        const squares = round(floats[(h >>> 2) + i] + round(gradient * gradient));
        floats[(h >>> 2) + i] = squares;
        const step = round(round(r * gradient) / round(round(Math.sqrt(squares)) + epsilon));
        floats[(w >>> 2) + i] = round(floats[(w >>> 2) + i] - step);
      }
    },
  };
}
