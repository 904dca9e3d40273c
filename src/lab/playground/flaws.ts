import { activationOf, type CourseActivation, type CourseActivations } from "../../nn/activation.ts";
import { FLOAT32_FUNCTIONS } from "../../nn/reference/functions.ts";

/** How a hidden unit does on the training points. */
export type UnitState =
  | "live"
  /** It gives 0 for every one of them, as relu can: no delta passes it, and only what moves below it could bring it back. */
  | "dead"
  /** Its activation's slope is less than a twentieth of the largest on at least 9 of 10 of them. */
  | "flat";

/** What keeps a network from learning, by its name. */
export type Flaw =
  | { readonly kind: "diverged" }
  | { readonly kind: "plateau" }
  | { readonly kind: "saturated"; readonly layer: number; readonly flat: number; readonly of: number }
  | { readonly kind: "dead"; readonly layer: number; readonly dead: number; readonly of: number };

/** Where 1 - a² of tanh and a (1 - a) of sigmoid are a twentieth of their largest: at +- sqrt(0.95), and (1 +- sqrt(0.95)) / 2. */
const EDGE = Math.sqrt(0.95);
const FLAT_SHARE = 0.9;

/** The states of a layer's N units from their activations, n x N. */
export function unitStates(activations: Float32Array, N: number, activation: CourseActivation): UnitState[] {
  const n = activations.length / N;
  return Array.from({ length: N }, (_, unit) => {
    let zero = 0, flat = 0;
    for (let i = unit; i < activations.length; i += N) {
      const a = activations[i];
      if (a === 0) zero++;
      const steep = activation === "tanh" ? a : 2 * a - 1;
      if (!(Math.abs(steep) < EDGE)) flat++;
    }
    if (activation === "relu") return zero === n ? "dead" : "live";
    if (activation === "identity") return "live";
    return flat >= FLAT_SHARE * n ? "flat" : "live";
  });
}

/** How far back a loss is looked at, in epochs. */
const SPAN = 5;
/** Standard deviation over the points below which activations are as good as the same for all of them; sigmoid's slope is a quarter. */
const SAME = 0.1;

/**
 * What keeps the network from learning:
 * - plateau: over the last 5 epochs the training loss fell by less than a hundredth of what guessing costs and is still within a twentieth
 *   of it, and in the last hidden layer no unit's activations differ from point to point by more than 0.1 (sigmoid: 0.025);
 * - saturated: half of a layer's units or more are flat, and less than 19 of 20 training points are right;
 * - dead: some of a layer's units are.
 */
export function findFlaws(found: {
  /** Of every hidden layer: n x N activations on the training points. */
  readonly layers: readonly Float32Array[];
  readonly states: readonly (readonly UnitState[])[];
  readonly activation: CourseActivations;
  readonly labels: ArrayLike<number>;
  /** The training loss after each epoch, the first one before any. */
  readonly losses: readonly number[];
  /** Of the training points. */
  readonly accuracy: number;
}): Flaw[] {
  const { layers, states, activation, labels, losses, accuracy } = found;
  const flaws: Flaw[] = [];
  if (layers.length > 0 && losses.length > SPAN) {
    const guess = guessingLoss(labels);
    const [now, before] = [losses[losses.length - 1], losses[losses.length - 1 - SPAN]];
    const last = layers.length - 1;
    const spread = largestDeviation(layers[last], states[last].length);
    const same = activationOf(activation, last + 1) === "sigmoid" ? SAME / 4 : SAME;
    if (before - now < 0.01 * guess && Math.abs(now - guess) < 0.05 * guess && spread < same) {
      flaws.push({ kind: "plateau" });
    }
  }
  states.forEach((units, l) => {
    const [dead, flat] = ["dead", "flat"].map((state) => units.filter((unit) => unit === state).length);
    const of = units.length;
    if (2 * flat >= of && accuracy < 0.95) flaws.push({ kind: "saturated", layer: l + 1, flat, of });
    if (dead > 0) flaws.push({ kind: "dead", layer: l + 1, dead, of });
  });
  return flaws;
}

/** The mean cross-entropy of saying of each row how common the classes are: the labels' entropy. */
function guessingLoss(labels: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (let i = 0; i < labels.length; i++) counts.set(labels[i], (counts.get(labels[i]) ?? 0) + 1);
  let loss = 0;
  for (const count of counts.values()) {
    const share = count / labels.length;
    loss -= share * FLOAT32_FUNCTIONS.log(share);
  }
  return loss;
}

/** Of the units' standard deviations over the points, the largest. */
function largestDeviation(activations: Float32Array, N: number): number {
  const n = activations.length / N;
  let largest = 0;
  for (let unit = 0; unit < N; unit++) {
    let mean = 0, squares = 0;
    for (let i = unit; i < activations.length; i += N) mean += activations[i] / n;
    for (let i = unit; i < activations.length; i += N) {
      squares += (activations[i] - mean) * (activations[i] - mean) / n;
    }
    largest = Math.max(largest, Math.sqrt(squares));
  }
  return largest;
}
