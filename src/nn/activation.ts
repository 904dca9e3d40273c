import { padded } from "./panels.ts";
import type { Workspace } from "./workspace.ts";

/** Names of the hidden layers' activations. */
export const ACTIVATIONS = ["tanh", "sigmoid", "relu", "identity"] as const;
export type ActivationName = (typeof ACTIVATIONS)[number];

/** That of all hidden layers, or one for each. */
export type Activations = ActivationName | readonly ActivationName[];

/** The activation of a hidden layer, from 0. */
export function activationOf(activations: Activations, layer: number): ActivationName {
  return typeof activations === "string" ? activations : activations[layer];
}

/** An activation on panels f32[Np / 16][B][16] of N units: in place of z, and from the loss's derivative by a to that by z. */
export interface Activation {
  /** In place of z its activations. */
  forward(z: number, B: number, N: number): void;
  /**
   * In place of the loss's derivative by the activations, `delta`, that by z.
   *
   * @param a what forward() left
   */
  backward(a: number, delta: number, B: number, N: number): void;
}

/** The activation of that name. */
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
