import type { Walk } from "./walk.ts";
import { lossOf } from "./walk.ts";
import { type Matrix, parameterName, type SmallNet } from "./small_net.ts";

/** How far a parameter is moved to both sides. */
export const H = 1e-5;
/** Relative differences up to here are those of rounding and of the differences' own error. */
export const TOLERANCE = 1e-6;
/** Norms below which central differences of a loss near 1 in float64 are nothing but rounding. */
const ROUNDING = 1e-9;

/**
 * What L is with one number of a tensor moved by H down and up, and the slope between the two. The tensor may be any on the way to L: what
 * follows it is computed anew.
 */
export function centralDifference(
  net: SmallNet,
  { tensor, index, value }: { tensor: string; index: number; value: number },
): { below: number; above: number; slope: number } {
  const below = lossOf(net, { tensor, index, to: value - H });
  const above = lossOf(net, { tensor, index, to: value + H });
  return { below, above, slope: (above - below) / (2 * H) };
}

/**
 * What L changes by with one number of a tensor moved by a step that can be seen, from going forward: the slope times the step would be far
 * off where the curve bends. A probability has no room above 1.
 */
export function stepFrom(
  net: SmallNet,
  { tensor, index, value }: { tensor: string; index: number; value: number },
): { step: number; change: number } {
  const step = tensor === "Yhat" && value > 0.9 ? -0.1 : 0.1;
  return { step, change: lossOf(net, { tensor, index, to: value + step }) - lossOf(net) };
}

/** The central differences of every number of a tensor, which is as it is in the forward pass. */
export function differencesBy(net: SmallNet, tensor: string, matrix: Matrix): Matrix {
  const slope = (value: number, index: number) => centralDifference(net, { tensor, index, value }).slope;
  return { ...matrix, data: matrix.data.map(slope) };
}

/** Whether a gradient is its central difference. */
export function isSlope(found: number, slope: number): boolean {
  return Math.abs(found - slope) <= 1e-5 * Math.max(1, Math.abs(slope));
}

/** One parameter's gradient held against central differences. */
export interface Checked {
  /** W1, B1, ... */
  readonly name: string;
  readonly gradient: Matrix;
  /** (L(w + H) - L(w - H)) / 2H of each number, from going forward twice. */
  readonly differences: Matrix;
  /** |g - d| / (|g| + |d|), of Euclidean norms: 0 for the same, 1 for opposite or where one of them alone is 0; 0 where both are. */
  readonly relative: number;
  /** `kink`: they differ, but where a relu is at 0 there is no slope to compare. */
  readonly verdict: "right" | "wrong" | "kink";
}

/** By parameter, W1, B1, W2, ... */
export function checkGradients(
  net: SmallNet,
  { values }: Pick<Walk, "values">,
  differences: readonly Matrix[] = differencesOf(net),
): Checked[] {
  const unlike = isAtKink(net, values) ? "kink" : "wrong";
  return differences.map((differences, p) => {
    const name = parameterName(p);
    const gradient = values.get(`d${name}`) ?? differences;
    const [g, d] = [gradient.data, differences.data];
    const apart = norm(g.map((value, i) => value - d[i]));
    const relative = apart === 0 ? 0 : apart / (norm(g) + norm(d));
    const verdict = apart <= ROUNDING || relative <= TOLERANCE ? "right" : unlike;
    return { name, gradient, differences, relative, verdict };
  });
}

/** Whether moving a parameter by H may carry a relu over 0. */
function isAtKink({ activation, sizes, X }: SmallNet, values: Walk["values"]): boolean {
  const reach = H * X.data.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  return activation === "relu" &&
    sizes.slice(2).some((_, l) => values.get(`A${l + 1}`)?.data.some((a) => Math.abs(a) < 100 * reach));
}

/** The central differences of every parameter: they depend on the forward pass alone. */
export function differencesOf(net: SmallNet): Matrix[] {
  return net.parameters.map((parameter, p) => differencesBy(net, parameterName(p), parameter));
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
