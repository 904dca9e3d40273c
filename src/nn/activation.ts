import type { Checker } from "./range.ts";
import { padded, type Workspace } from "./memory.ts";

/** The activations of the course. */
export const COURSE_ACTIVATIONS = ["tanh", "sigmoid", "relu", "identity"] as const;

/** Names of the hidden layers' activations. */
export const ACTIVATIONS = [...COURSE_ACTIVATIONS, "leaky_relu", "elu", "softplus", "gelu"] as const;

/** The name of an activation of the course. */
export type CourseActivation = typeof COURSE_ACTIVATIONS[number];

/** The name of an activation. */
export type ActivationName = typeof ACTIVATIONS[number];

/** The activation of all hidden layers, or one a hidden layer; of fewer than there are the last goes on. */
export type Activations<Name extends ActivationName = ActivationName> = Name | readonly Name[];

/** The same of those of the course. */
export type CourseActivations = Activations<CourseActivation>;

/** The activation of a hidden layer, counted from 1. */
export function activationOf<Name extends ActivationName>(
  activations: Activations<Name>,
  layer: number,
): Name | "identity" {
  if (typeof activations === "string") return activations;
  return activations[Math.min(layer, activations.length) - 1] ?? "identity";
}

/** Throws RangeError unless it is an activation that there is, or a list of such. */
export function checkActivation(check: Checker, activation: Activations | undefined): void {
  for (const name of [activation].flat()) check.choice("activation", name, ACTIVATIONS);
}

/** The names in a list of activations. */
type NamesIn<Value> = Value extends readonly (infer Name extends ActivationName)[] ? Name : never;

/** The same activations, in one word where all hidden layers have the same. */
export function inOneWord<Value extends Activations>(activations: Value): Value | NamesIn<Value> {
  if (typeof activations === "string") return activations;
  const [first] = activations as readonly NamesIn<Value>[];
  return first !== undefined && activations.every((name) => name === first) ? first : activations;
}

/** Those whose derivative does not follow from their value, or not to its last digits: a forward pass keeps it. */
type KeepingActivation = "softplus" | "gelu";

/** The derivative of an activation at z, from its value a there. */
export function slopeOf(name: Exclude<ActivationName, KeepingActivation>, a: number): number {
  switch (name) {
    case "tanh":
      return 1 - a * a;
    case "sigmoid":
      return a * (1 - a);
    case "relu":
      return a > 0 ? 1 : 0;
    case "identity":
      return 1;
    case "leaky_relu":
      return a > 0 ? 1 : 0.01;
    case "elu":
      return a > 0 ? 1 : a + 1;
  }
}

/** An activation on panels f32[Np / 16][B][16] of N units: in place of z, and from the loss's derivative by a to that by z. */
export interface Activation {
  /** Pointer to the derivatives that forward() keeps, laid out as z, where a does not give them. */
  readonly slopes?: number;
  forward(z: number, B: number, N: number): void;
  /** `a` is what forward() left. */
  backward(a: number, delta: number, B: number, N: number): void;
}

/** @param allocate gives the place of as many floats as the layer has; it is called where the activation keeps its derivatives */
export function activation(
  name: ActivationName,
  { kernels }: Workspace,
  allocate: () => number,
): Activation {
  switch (name) {
    case "tanh":
      return {
        forward: (z, B, N) => kernels.tanhForward(z, B * padded(N)),
        backward: (a, delta, B, N) => kernels.tanhBackward(a, delta, B * padded(N)),
      };
    case "sigmoid":
      return {
        forward: (z, B, N) => kernels.sigmoidForward(z, B, N, padded(N)),
        backward: (a, delta, B, N) => kernels.sigmoidBackward(a, delta, B * padded(N)),
      };
    case "relu":
      return {
        forward: (z, B, N) => kernels.reluForward(z, B * padded(N)),
        backward: (a, delta, B, N) => kernels.reluBackward(a, delta, B * padded(N)),
      };
    case "identity":
      return { forward() {}, backward() {} };
    case "leaky_relu":
      return {
        forward: (z, B, N) => kernels.leakyReluForward(z, B * padded(N)),
        backward: (a, delta, B, N) => kernels.leakyReluBackward(a, delta, B * padded(N)),
      };
    case "elu":
      return {
        forward: (z, B, N) => kernels.eluForward(z, B * padded(N)),
        backward: (a, delta, B, N) => kernels.eluBackward(a, delta, B * padded(N)),
      };
    case "softplus": {
      const slopes = allocate();
      return {
        slopes,
        forward: (z, B, N) => kernels.softplusForward(z, slopes, B, N, padded(N)),
        backward: (_a, delta, B, N) => kernels.slopeBackward(slopes, delta, B * padded(N)),
      };
    }
    case "gelu": {
      const slopes = allocate();
      return {
        slopes,
        forward: (z, B, N) => kernels.geluForward(z, slopes, B * padded(N)),
        backward: (_a, delta, B, N) => kernels.slopeBackward(slopes, delta, B * padded(N)),
      };
    }
  }
}
