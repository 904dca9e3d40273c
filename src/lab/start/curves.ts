import type { CourseActivation } from "../../nn/activation.ts";
import { FLOAT32_FUNCTIONS } from "../../nn/reference/functions.ts";

const { tanh, exp } = FLOAT32_FUNCTIONS;

/** What an activation makes of a sum, with the engine's own functions. */
export function valueOf(name: CourseActivation, z: number): number {
  switch (name) {
    case "tanh":
      return tanh(Math.fround(z));
    case "sigmoid":
      return 1 / (1 + exp(Math.fround(-z)));
    case "relu":
      return Math.max(z, 0);
    case "identity":
      return z;
  }
}

/** Where the values of an activation are shown: what lies beyond counts to the last bar. */
export const RANGES: Readonly<Record<CourseActivation, readonly [number, number]>> = {
  tanh: [-1, 1],
  sigmoid: [0, 1],
  relu: [0, 4],
  identity: [-4, 4],
};
