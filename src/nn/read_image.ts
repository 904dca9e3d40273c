import { type ActivationName, activationOf, type Activations, slopeOf } from "./activation.ts";
import { activationValues } from "./reference/activation.ts";
import { FLOAT32_FUNCTIONS } from "./reference/functions.ts";
import { softmaxRows } from "./softmax.ts";
import type { Tensor } from "./weights.ts";

/** A network that is there. */
export interface TrainedWeights {
  /** W1, B1, W2, ... */
  readonly weights: readonly Tensor[];
  /** Of the hidden layers. */
  readonly activation: Activations;
  /** What a pixel is divided by. */
  readonly scale: number;
}

/** What flows through a network as it reads an image. */
export interface Reading {
  /** Of each hidden layer its units' activations, in float32. */
  readonly hidden: readonly Float32Array[];
  /** Of each hidden layer the derivatives, where the activations do not give them, as those of gelu; null elsewhere. */
  readonly slopes: readonly (Float32Array | null)[];
  /** f32[C]: what the last layer gives, before the softmax. */
  readonly logits: Float32Array;
  /** f32[C]: their softmax. */
  readonly probabilities: Float32Array;
}

/**
 * Runs a network on one image of D pixels, 0 to 255, without WebAssembly, and gives the bits that the kernels form, as it rounds each
 * product and each sum in the order in which they do.
 *
 * @throws RangeError where the image has not as many pixels as the network has inputs
 */
export function readImage(network: TrainedWeights, pixels: Uint8Array): Reading {
  const { hidden, slopes, logits } = runLayers(network, scaled(network, pixels));
  const probabilities = new Float32Array(logits.length);
  softmaxRows(logits, probabilities, logits.length);
  return { hidden, slopes, logits, probabilities };
}

/** What the network is given: f32[D]. */
function scaled({ weights, scale }: TrainedWeights, pixels: Uint8Array): Float32Array {
  const [D] = weights[0].shape;
  if (pixels.length !== D) {
    throw new RangeError(`Cannot read the image: it must have ${D} pixels, found ${pixels.length}`);
  }
  const input = new Float32Array(pixels.length);
  for (let i = 0; i < input.length; i++) input[i] = pixels[i] / scale;
  return input;
}

function runLayers(
  { weights, activation }: TrainedWeights,
  pixels: Float32Array,
): Pick<Reading, "hidden" | "slopes" | "logits"> {
  const layers = weights.length / 2;
  const hidden: Float32Array[] = [];
  const slopes: (Float32Array | null)[] = [];
  let input = pixels;
  for (let l = 1; l <= layers; l++) {
    const output = sumInputs(input, weights[2 * l - 2].data, weights[2 * l - 1].data);
    if (l < layers) {
      slopes.push(activate(output, activationOf(activation, l)));
      hidden.push(output);
    }
    input = output;
  }
  return { hidden, slopes, logits: input };
}

/** Of the logits, the greatest's place; of equals the first. */
export function winner(logits: ArrayLike<number>): number {
  let best = 0;
  for (let c = 1; c < logits.length; c++) if (logits[c] > logits[best]) best = c;
  return best;
}

/** The class that a class is up against: the one with the greatest logit of the others. */
export function rivalOf(logits: ArrayLike<number>, label: number): number {
  let best = label === 0 ? 1 : 0;
  for (let c = 0; c < logits.length; c++) if (c !== label && logits[c] > logits[best]) best = c;
  return best;
}

/** By how much a class leads another: the difference of their logits, which is the logarithm of the ratio of their probabilities. */
function lead(logits: ArrayLike<number>, { label, rival }: Contest): number {
  return logits[label] - logits[rival];
}

/** Two classes between which a network decides. */
export interface Contest {
  /** The one that is asked about. */
  readonly label: number;
  /** The one that it is held against. */
  readonly rival: number;
}

/**
 * How much of the class's lead over its rival each pixel is worth: by how much the lead is less where that pixel alone is wiped out. Of
 * pixels without ink 0. Zeiler and Fergus, Visualizing and Understanding Convolutional Networks, 2014, with a patch of one pixel.
 * @returns f64[D]
 */
export function worthOfPixels(network: TrainedWeights, pixels: Uint8Array, contest: Contest): Float64Array {
  const input = scaled(network, pixels);
  const whole = lead(runLayers(network, input).logits, contest);
  const worth = new Float64Array(pixels.length);
  for (let i = 0; i < worth.length; i++) {
    if (pixels[i] === 0) continue;
    const ink = input[i];
    input[i] = 0;
    worth[i] = whole - lead(runLayers(network, input).logits, contest);
    input[i] = ink;
  }
  return worth;
}

/** How many products worthOfPixels() forms: a pass for each pixel that has ink. */
export function worthProducts({ weights }: TrainedWeights, pixels: Uint8Array): number {
  const ink = pixels.reduce((count, pixel) => pixel > 0 ? count + 1 : count, 0);
  const [first, , ...rest] = weights;
  const above = rest.reduce((sum, { shape }) => shape.length === 2 ? sum + shape[0] * shape[1] : sum, 0);
  return ink * (ink * first.shape[1] + above);
}

/**
 * How the class's lead over its rival changes with each pixel's ink: the derivative of the lead by the pixel, times full ink. The delta
 * that backpropagation would hand to the inputs, from a one at the class and a minus one at its rival.
 * @returns f64[D]
 */
export function pullOfPixels(network: TrainedWeights, reading: Reading, contest: Contest): Float64Array {
  const { weights, activation, scale } = network;
  const layers = weights.length / 2;
  let delta = new Float64Array(weights[weights.length - 1].data.length);
  delta[contest.label] += 1;
  delta[contest.rival] -= 1;
  for (let l = layers; l >= 1; l--) {
    const { data, shape: [K, N] } = weights[2 * l - 2];
    const below = new Float64Array(K);
    for (let k = 0; k < K; k++) {
      for (let n = 0; n < N; n++) below[k] += delta[n] * data[k * N + n];
    }
    if (l > 1) {
      const slopes = slopesOf(reading, activationOf(activation, l - 1), l - 2);
      for (let k = 0; k < K; k++) below[k] *= slopes[k];
    }
    delta = below;
  }
  return delta.map((d) => d * 255 / scale);
}

/** The derivatives of a hidden layer's activations, counted from 0. */
function slopesOf({ hidden, slopes }: Reading, name: ActivationName, layer: number): ArrayLike<number> {
  const kept = slopes[layer];
  if (name === "softplus" || name === "gelu") return kept ?? [];
  return Float64Array.from(hidden[layer], (a) => slopeOf(name, a));
}

/** z = b + x W; what is 0 adds nothing, and changes no bit. */
function sumInputs(x: Float32Array, w: Float32Array, b: Float32Array): Float32Array {
  const z = b.slice();
  const N = z.length;
  for (let k = 0; k < x.length; k++) {
    const value = x[k];
    if (value === 0) continue;
    const start = k * N;
    for (let n = 0; n < N; n++) z[n] = Math.fround(z[n] + Math.fround(value * w[start + n]));
  }
  return z;
}

const VALUES = activationValues({ round: Math.fround, functions: FLOAT32_FUNCTIONS });

/** Puts activations in place of z, and gives the derivatives where they do not follow from these. */
function activate(z: Float32Array, name: ActivationName): Float32Array | null {
  switch (name) {
    case "identity":
      return null;
    case "softplus":
    case "gelu": {
      const both = Array.from(z, VALUES[name]);
      both.forEach(({ a }, n) => z[n] = a);
      return Float32Array.from(both, ({ slope }) => slope);
    }
    default:
      for (let n = 0; n < z.length; n++) z[n] = VALUES[name](z[n]);
      return null;
  }
}
