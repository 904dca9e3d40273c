import { activationOf, type CourseActivation, type CourseActivations } from "../../nn/activation.ts";
import { isSaturated } from "../../nn/layer_probe.ts";
import { FLOAT32_FUNCTIONS } from "../../nn/reference/functions.ts";
import type { Setting } from "./state.ts";

/** How a hidden unit does on the training points. */
export type UnitState =
  | "live"
  /** It gives 0 for every one of them, as relu can: no delta passes it, and only what moves below it could bring it back. */
  | "dead"
  /** It is saturated on at least 9 of 10 of them. */
  | "flat";

/** What may help against a flaw. */
export type Advice =
  | "larger_sigma"
  | "smaller_sigma"
  | "he"
  | "larger_rate"
  | "smaller_rate"
  | "fewer_layers"
  | "another_activation"
  | "another_seed"
  | "more_units"
  | "other_bias"
  | "hidden_layer";

/** What keeps a network from learning, by its name. */
export type Flaw =
  | { readonly kind: "diverged" }
  | {
    readonly kind: "inseparable";
    /** Whether there are hidden layers, none of which bends anything. */
    readonly hidden: boolean;
    readonly advice: readonly Advice[];
  }
  | {
    readonly kind: "plateau";
    /** Whether the first weights were so small that what is passed on fades from layer to layer. */
    readonly small: boolean;
    readonly advice: readonly Advice[];
  }
  | {
    readonly kind: "saturated";
    readonly layer: number;
    readonly flat: number;
    readonly of: number;
    readonly advice: readonly Advice[];
  }
  | {
    readonly kind: "dead";
    readonly layer: number;
    readonly dead: number;
    readonly of: number;
    /** How many of the dead ones were so before the first step. */
    readonly born: number;
    /** For those, and for the others. */
    readonly advice: { readonly born: readonly Advice[]; readonly later: readonly Advice[] };
  };

const FLAT_SHARE = 0.9;

/** The states of a layer's N units from their activations, n x N. */
export function unitStates(activations: Float32Array, N: number, activation: CourseActivation): UnitState[] {
  const n = activations.length / N;
  return Array.from({ length: N }, (_, unit) => {
    let zero = 0, flat = 0;
    for (let i = unit; i < activations.length; i += N) {
      const a = activations[i];
      if (a === 0) zero++;
      if (isSaturated(activation, a)) flat++;
    }
    if (activation === "relu") return zero === n ? "dead" : "live";
    if (activation === "identity") return "live";
    return flat >= FLAT_SHARE * n ? "flat" : "live";
  });
}

/** How far back a loss is looked at, in epochs. */
export const SPAN = 5;
/** Learning rates below which a loss that stands may be a matter of the steps alone; Adam and its like take steps of about the rate itself. */
const LOW_RATE = 0.01;
const LOW_RATE_ADAPTIVE = 0.001;
/** Standard deviation over the points below which activations are as good as the same for all of them; sigmoid's slope is a quarter. */
const SAME = 0.1;

/**
 * What keeps the network from learning:
 * - plateau: over the last 5 epochs the training loss fell by less than a hundredth of what guessing costs and is still within a twentieth
 *   of it, and in the last hidden layer no unit's activations differ from point to point by more than 0.1 (sigmoid: 0.025);
 * - saturated: half of a layer's units or more are flat, and less than 19 of 20 training points are right;
 * - dead: some of a layer's units are;
 * - inseparable: no line parts the training points, no layer draws anything else, and less than 19 of 20 of them are right.
 */
export function findFlaws(found: {
  /** Of every hidden layer: n x N activations on the training points. */
  readonly layers: readonly Float32Array[];
  readonly states: readonly (readonly UnitState[])[];
  /** As they were before the first step. */
  readonly first: readonly (readonly UnitState[])[];
  /** How many numbers each hidden layer takes in. */
  readonly inputs: readonly number[];
  readonly setting: Pick<Setting, "init" | "sigma" | "bias" | "rate" | "optimizer">;
  readonly activation: CourseActivations;
  readonly labels: ArrayLike<number>;
  /** The training loss after each epoch, the first one before any. */
  readonly losses: readonly number[];
  /** Of the training points. */
  readonly accuracy: number;
  /** Whether a line parts them; null where that is not known. */
  readonly separable: boolean | null;
}): Flaw[] {
  const { layers, states, first, activation, labels, losses, accuracy, separable, setting } = found;
  const flaws: Flaw[] = [];
  const isLinear = layers.every((_, l) => activationOf(activation, l + 1) === "identity");
  if (isLinear && separable === false && accuracy < 0.95) {
    const hidden = layers.length > 0;
    flaws.push({ kind: "inseparable", hidden, advice: [hidden ? "another_activation" : "hidden_layer"] });
  }
  if (layers.length > 0 && losses.length > SPAN) {
    const guess = guessingLoss(labels);
    const [now, before] = [losses[losses.length - 1], losses[losses.length - 1 - SPAN]];
    const last = layers.length - 1;
    const spread = largestDeviation(layers[last], states[last].length);
    const same = activationOf(activation, last + 1) === "sigmoid" ? SAME / 4 : SAME;
    if (before - now < 0.01 * guess && Math.abs(now - guess) < 0.05 * guess && spread < same) {
      flaws.push({ kind: "plateau", ...plateauAdvice(found) });
    }
  }
  states.forEach((units, l) => {
    const [dead, flat] = ["dead", "flat"].map((state) => units.filter((unit) => unit === state).length);
    const [born, bornFlat] = ["dead", "flat"].map((state) =>
      units.filter((unit, u) => unit === state && first[l][u] === state).length
    );
    const place = { layer: l + 1, of: units.length };
    if (2 * flat >= place.of && accuracy < 0.95) {
      flaws.push({ kind: "saturated", ...place, flat, advice: saturationAdvice(setting, bornFlat === flat) });
    }
    if (dead > 0) {
      const advice = {
        born: ["another_seed", "more_units", ...setting.bias === "zero" ? ["other_bias"] as const : []],
        later: ["smaller_rate"],
      } as const;
      flaws.push({ kind: "dead", ...place, dead, born, advice });
    }
  });
  return flaws;
}

/** By what the network stands still, as far as its setting tells. */
function plateauAdvice(
  { setting: { init, sigma, rate, optimizer }, activation, inputs, states, first }: Pick<
    Parameters<typeof findFlaws>[0],
    "setting" | "activation" | "inputs" | "states" | "first"
  >,
): { small: boolean; advice: Advice[] } {
  // No step moves what is below a layer whose units are all dead.
  const cut = states.findIndex((units) => units.every((unit) => unit === "dead"));
  if (cut >= 0) {
    const born = first[cut].includes("dead");
    return { small: false, advice: born ? ["another_seed", "more_units"] : ["smaller_rate"] };
  }
  const small = init === "gaussian" && sigma * Math.sqrt(Math.max(...inputs)) < 1;
  const isAdaptive = ["adagrad", "rmsprop", "adam", "adamw"].includes(optimizer);
  const isSlow = rate < (isAdaptive ? LOW_RATE_ADAPTIVE : LOW_RATE);
  const has = (name: CourseActivation) => inputs.some((_, l) => activationOf(activation, l + 1) === name);
  const advice: Advice[] = [];
  if (small) advice.push("larger_sigma");
  if (isSlow) advice.push("larger_rate");
  // A rate that is too low is seen first: what else there is shows when it is higher.
  if (isSlow && !small) return { small, advice };
  if (init === "xavier" && has("relu")) advice.push("he");
  if (inputs.length > 1) advice.push("fewer_layers");
  if (small || has("sigmoid")) advice.push("another_activation");
  return { small, advice: advice.length > 0 ? advice : ["another_seed", "more_units"] };
}

/** Only drawn weights of a chosen sigma can be too large from the start; later it may be the steps. */
function saturationAdvice({ init }: Pick<Setting, "init">, fromStart: boolean): Advice[] {
  if (init === "gaussian") return fromStart ? ["smaller_sigma"] : ["smaller_rate", "smaller_sigma"];
  return fromStart ? ["another_seed"] : ["smaller_rate"];
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
