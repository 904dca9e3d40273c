import { padded, type Workspace } from "./memory.ts";

/** Names of the hidden layers' activations. */
export const ACTIVATIONS = ["tanh", "sigmoid", "relu", "identity"] as const;

/** The name of an activation. */
export type ActivationName = typeof ACTIVATIONS[number];

/** The activation of all hidden layers, or one a hidden layer; of fewer than there are the last goes on. */
export type Activations = ActivationName | readonly ActivationName[];

/** The activation of a hidden layer, counted from 1. */
export function activationOf(activations: Activations, layer: number): ActivationName {
  if (typeof activations === "string") return activations;
  return activations[Math.min(layer, activations.length) - 1] ?? "identity";
}

/** The same activations, in one word where all hidden layers have the same. */
export function inOneWord<Value extends Activations>(activations: Value): Value | ActivationName {
  if (typeof activations === "string") return activations;
  const [first] = activations;
  return first !== undefined && activations.every((name) => name === first) ? first : activations;
}

/** The derivative of an activation at z, from its value a there. */
export function slopeOf(name: ActivationName, a: number): number {
  switch (name) {
    case "tanh":
      return 1 - a * a;
    case "sigmoid":
      return a * (1 - a);
    case "relu":
      return a > 0 ? 1 : 0;
    case "identity":
      return 1;
  }
}

/** An activation on panels f32[Np / 16][B][16] of N units: in place of z, and from the loss's derivative by a to that by z. */
export interface Activation {
  forward(z: number, B: number, N: number): void;
  /** `a` is what forward() left. */
  backward(a: number, delta: number, B: number, N: number): void;
}

export function activation(name: ActivationName, { kernels }: Workspace): Activation {
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
  }
}
