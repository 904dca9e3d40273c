import type { Kernels } from "../kernels.ts";
import { denseIndex } from "../memory.ts";
import type { ReferenceContext } from "./functions.ts";

/** assembly/activation.ts, plainly. */
export function activationReference(
  { floats, round, functions }: ReferenceContext,
): Pick<Kernels, `${"tanh" | "sigmoid" | "relu"}${"Forward" | "Backward"}`> {
  const map = (z: number, n: number, activation: (x: number) => number) => {
    for (let i = z >>> 2; i < (z >>> 2) + n; i++) floats[i] = activation(floats[i]);
  };
  const scale = (a: number, delta: number, n: number, derivative: (a: number) => number) => {
    for (let i = 0; i < n; i++) {
      floats[(delta >>> 2) + i] = round(floats[(delta >>> 2) + i] * derivative(floats[(a >>> 2) + i]));
    }
  };
  return {
    tanhForward: (z, n) => map(z, n, functions.tanh),
    tanhBackward: (a, delta, n) => scale(a, delta, n, (x) => round(1 - round(x * x))),
    sigmoidForward(z, B, N, Np) {
      map(z, B * Np, (x) => round(1 / round(1 + functions.exp(-x))));
      for (let b = 0; b < B; b++) {
        for (let n = N; n < Np; n++) floats[(z >>> 2) + denseIndex(b, n, B)] = 0;
      }
    },
    sigmoidBackward: (a, delta, n) => scale(a, delta, n, (x) => round(x * round(1 - x))),
    reluForward: (z, n) => map(z, n, (x) => Math.max(x, 0)),
    reluBackward(a, delta, n) {
      for (let i = 0; i < n; i++) if (!(floats[(a >>> 2) + i] > 0)) floats[(delta >>> 2) + i] = 0;
    },
  };
}
