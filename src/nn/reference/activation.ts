import type { Kernels } from "../kernels.ts";
import { denseIndex } from "../memory.ts";
import type { ReferenceContext } from "./functions.ts";

/** The kernels of a layer's activations. */
type ActivationKernels =
  | `${"tanh" | "sigmoid" | "relu" | "leakyRelu" | "elu"}${"Forward" | "Backward"}`
  | `${"softplus" | "gelu"}Forward`
  | "slopeBackward";

/** What assembly/activation.ts computes of one number. */
export function activationValues(
  { round, functions: { tanh, exp, expm1, log1p } }: Pick<ReferenceContext, "round" | "functions">,
) {
  const LEAK = round(0.01), SCALE = round(1.5957691216057308), CUBE = round(0.044715), LIMIT = 9;
  return {
    tanh,
    sigmoid: (z: number) => round(1 / round(1 + exp(-z))),
    relu: (z: number) => Math.max(z, 0),
    /** x, less where `sign` is not above 0: of a value, or of a derivative by it. */
    leaky_relu: (x: number, sign = x) => sign > 0 ? x : round(x * LEAK),
    elu: (z: number) => z > 0 ? z : expm1(z),
    softplus(z: number) {
      const e = exp(-Math.abs(z));
      const d = round(1 / round(1 + e));
      return { a: round(Math.max(z, 0) + log1p(e)), slope: z < 0 ? round(e * d) : d };
    },
    gelu(z: number) {
      const t = Math.min(Math.max(z, -LIMIT), LIMIT);
      const cubic = round(CUBE * round(t * t));
      const e = exp(-round(round(SCALE * t) * round(cubic + 1)));
      const s = round(1 / round(1 + e));
      const inner = round(SCALE * round(round(3 * cubic) + 1));
      const rest = round(round(t * inner) * round(round(e * s) * s));
      return { a: round(z * s), slope: round(s + rest) };
    },
  };
}

/** assembly/activation.ts, plainly. */
export function activationReference(context: ReferenceContext): Pick<Kernels, ActivationKernels> {
  const { floats, round } = context;
  const values = activationValues(context);
  const map = (z: number, n: number, activation: (x: number) => number) => {
    for (let i = z >>> 2; i < (z >>> 2) + n; i++) floats[i] = activation(floats[i]);
  };
  const mapKeeping = (
    z: number,
    slopes: number,
    n: number,
    activation: (x: number) => { a: number; slope: number },
  ) => {
    for (let i = 0; i < n; i++) {
      const { a, slope } = activation(floats[(z >>> 2) + i]);
      floats[(z >>> 2) + i] = a;
      floats[(slopes >>> 2) + i] = slope;
    }
  };
  const clearPadding = (z: number, B: number, N: number, Np: number) => {
    for (let b = 0; b < B; b++) {
      for (let n = N; n < Np; n++) floats[(z >>> 2) + denseIndex(b, n, B)] = 0;
    }
  };
  /** delta = what `change` makes of it and of a. */
  const pass = (a: number, delta: number, n: number, change: (delta: number, a: number) => number) => {
    for (let i = 0; i < n; i++) {
      floats[(delta >>> 2) + i] = change(floats[(delta >>> 2) + i], floats[(a >>> 2) + i]);
    }
  };
  return {
    tanhForward: (z, n) => map(z, n, values.tanh),
    tanhBackward: (a, delta, n) => pass(a, delta, n, (d, x) => round(d * round(1 - round(x * x)))),
    sigmoidForward(z, B, N, Np) {
      map(z, B * Np, values.sigmoid);
      clearPadding(z, B, N, Np);
    },
    sigmoidBackward: (a, delta, n) => pass(a, delta, n, (d, x) => round(d * round(x * round(1 - x)))),
    reluForward: (z, n) => map(z, n, values.relu),
    reluBackward: (a, delta, n) => pass(a, delta, n, (d, x) => x > 0 ? d : 0),
    leakyReluForward: (z, n) => map(z, n, (x) => values.leaky_relu(x)),
    leakyReluBackward: (a, delta, n) => pass(a, delta, n, values.leaky_relu),
    eluForward: (z, n) => map(z, n, values.elu),
    eluBackward: (a, delta, n) => pass(a, delta, n, (d, x) => x > 0 ? d : round(d * round(x + 1))),
    softplusForward(z, slope, B, N, Np) {
      mapKeeping(z, slope, B * Np, values.softplus);
      clearPadding(z, B, N, Np);
    },
    geluForward: (z, slope, n) => mapKeeping(z, slope, n, values.gelu),
    slopeBackward: (slope, delta, n) => pass(slope, delta, n, (d, s) => round(d * s)),
  };
}
