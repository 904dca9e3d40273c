import type { Kernels } from "../kernels.ts";
import type { ReferenceContext } from "./functions.ts";

type OptimizerKernels =
  | `${"sgd" | "momentum" | "nesterov" | "adagrad" | "adam"}Step`
  | `rmsprop${"" | "Centered"}Scale`
  | "adjustGradient"
  | "addSquares";

/** assembly/optimizer.ts, plainly. */
export function optimizerReference({ floats, round }: ReferenceContext): Pick<Kernels, OptimizerKernels> {
  /** m + gain * (x - m). */
  const towards = (m: number, x: number, gain: number) => round(m + round(gain * round(x - m)));
  return {
    sgdStep(w, g, n, rate) {
      const r = round(rate);
      for (let i = 0; i < n; i++) {
        floats[(w >>> 2) + i] = round(floats[(w >>> 2) + i] - round(r * floats[(g >>> 2) + i]));
      }
    },

    momentumStep(w, v, g, n, rate, momentum, gain) {
      const r = round(rate), m = round(momentum), k = round(gain);
      for (let i = 0; i < n; i++) {
        const velocity = round(round(m * floats[(v >>> 2) + i]) + round(k * floats[(g >>> 2) + i]));
        floats[(v >>> 2) + i] = velocity;
        floats[(w >>> 2) + i] = round(floats[(w >>> 2) + i] - round(r * velocity));
      }
    },

    nesterovStep(w, v, g, n, rate, momentum) {
      const r = round(rate), m = round(momentum);
      for (let i = 0; i < n; i++) {
        const gradient = floats[(g >>> 2) + i];
        const velocity = round(round(m * floats[(v >>> 2) + i]) + gradient);
        floats[(v >>> 2) + i] = velocity;
        const step = round(r * round(gradient + round(m * velocity)));
        floats[(w >>> 2) + i] = round(floats[(w >>> 2) + i] - step);
      }
    },

    adagradStep(w, h, g, n, rate, epsilon, initial) {
      const r = round(rate), e = round(epsilon), o = round(initial);
      for (let i = 0; i < n; i++) {
        const gradient = floats[(g >>> 2) + i];
        const squares = round(floats[(h >>> 2) + i] + round(gradient * gradient));
        floats[(h >>> 2) + i] = squares;
        const step = round(round(r * gradient) / round(round(Math.sqrt(round(squares + o))) + e));
        floats[(w >>> 2) + i] = round(floats[(w >>> 2) + i] - step);
      }
    },

    rmspropScale(s, g, n, gain, epsilon) {
      const k = round(gain), e = round(epsilon);
      for (let i = 0; i < n; i++) {
        const gradient = floats[(g >>> 2) + i];
        const squares = towards(floats[(s >>> 2) + i], round(gradient * gradient), k);
        floats[(s >>> 2) + i] = squares;
        floats[(g >>> 2) + i] = round(gradient / round(round(Math.sqrt(squares)) + e));
      }
    },

    rmspropCenteredScale(s, m, g, n, gain, epsilon) {
      const k = round(gain), e = round(epsilon);
      for (let i = 0; i < n; i++) {
        const gradient = floats[(g >>> 2) + i];
        const squares = towards(floats[(s >>> 2) + i], round(gradient * gradient), k);
        const mean = towards(floats[(m >>> 2) + i], gradient, k);
        floats[(s >>> 2) + i] = squares;
        floats[(m >>> 2) + i] = mean;
        const variance = Math.max(round(squares - round(mean * mean)), 0);
        floats[(g >>> 2) + i] = round(gradient / round(round(Math.sqrt(variance)) + e));
      }
    },

    adamStep(w, m, v, g, n, rate, gain1, gain2, correction, epsilon, decay) {
      const r = round(rate), k = round(gain1), l = round(gain2);
      const c = round(correction), e = round(epsilon), d = round(decay);
      for (let i = 0; i < n; i++) {
        const gradient = floats[(g >>> 2) + i];
        const mean = towards(floats[(m >>> 2) + i], gradient, k);
        const squares = towards(floats[(v >>> 2) + i], round(gradient * gradient), l);
        floats[(m >>> 2) + i] = mean;
        floats[(v >>> 2) + i] = squares;
        const step = round(round(r * mean) / round(round(c * round(Math.sqrt(squares))) + e));
        const weight = floats[(w >>> 2) + i];
        floats[(w >>> 2) + i] = round(weight - round(round(d * weight) + step));
      }
    },

    adjustGradient(g, w, n, scale, decay) {
      const s = round(scale), d = round(decay);
      for (let i = 0; i < n; i++) {
        floats[(g >>> 2) + i] = round(
          round(s * floats[(g >>> 2) + i]) + round(d * floats[(w >>> 2) + i]),
        );
      }
    },

    addSquares(from, rows, stride, sum) {
      const columns = new Float64Array(16);
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < 16; c++) {
          const x = floats[((from + r * stride) >>> 2) + c];
          columns[c] += x * x;
        }
      }
      return columns.reduce((total, column) => total + column, sum);
    },
  };
}
