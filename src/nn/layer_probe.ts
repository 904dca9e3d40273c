import type { ActivationName } from "./activation.ts";

/** What flows through a layer on the probe's rows. */
export interface LayerProbe {
  /** From 1, the first hidden layer, to the output. */
  readonly layer: number;
  /** Its fan-out N: numbers a row. */
  readonly units: number;
  /** Of a hidden layer its activations, of the output its logits. */
  readonly activation: ValueSummary;
  /** Share of the activations at which the activation's derivative is less than a twentieth of its largest; 0 for the output. */
  readonly saturated: number;
  /** The derivative of each row's own cross-entropy by what enters the layer's activation. */
  readonly gradient: ValueSummary;
}

/** The most rows that a probe looks at: enough for a distribution, few enough to cost nothing beside an epoch. */
export const PROBE_ROWS = 64;

/** Where 1 - a² of tanh is a twentieth of its largest; so is a (1 - a) of sigmoid where 2 a - 1 is this. */
const FLAT_EDGE = Math.sqrt(0.95);

/**
 * Where the derivative is at least a twentieth of its largest: 1 - a^2 and a (1 - a) at sqrt(0.95) and (1 +- sqrt(0.95)) / 2, and a + 1 at
 * -0.95. Of those that keep their derivatives these are asked themselves: they are at most 1 and 1.12899.
 */
const ACTIVE: Readonly<Record<ActivationName, (value: number) => boolean>> = {
  tanh: (a) => Math.abs(a) < FLAT_EDGE,
  sigmoid: (a) => a > (1 - FLAT_EDGE) / 2 && a < (1 + FLAT_EDGE) / 2,
  relu: (a) => a > 0 && a < Infinity,
  identity: (a) => Math.abs(a) < Infinity,
  leaky_relu: (a) => a > 0 && a < Infinity,
  elu: (a) => a > -0.95 && a < Infinity,
  softplus: (slope) => slope >= 1 / 20,
  gelu: (slope) => Math.abs(slope) >= 1.12899 / 20,
};

/** Whether the derivative is less than a twentieth of its largest: by the activation, or by the derivative where the activation keeps that. */
export function isSaturated(name: ActivationName, value: number): boolean {
  return !ACTIVE[name](value);
}

/**
 * Share of B x N activations in panels f32[Np / 16][B][16] where the activation is nearly flat.
 * @param options.pointer to the activations, or to the derivatives where the activation keeps them
 */
export function saturatedShare(
  floats: Float32Array | Float64Array,
  { pointer, B, N, activation }: { pointer: number; B: number; N: number; activation: ActivationName },
): number {
  const isActive = ACTIVE[activation];
  let saturated = 0;
  for (let panel = 0; panel < N; panel += 16) {
    const width = Math.min(16, N - panel);
    for (let b = 0; b < B; b++) {
      const start = (pointer >>> 2) + panel * B + b * 16;
      for (let i = start; i < start + width; i++) {
        if (!isActive(floats[i])) saturated++;
      }
    }
  }
  return saturated / (B * N);
}

/** Which quantiles of the magnitudes a summary gives. */
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** How the numbers of a layer are distributed. */
export interface ValueSummary {
  /** Of the numbers with their signs. */
  readonly mean: number;
  /** Standard deviation, divisor n. */
  readonly std: number;
  /** The magnitudes' QUANTILES, read off bins an eighth of an octave wide. */
  readonly magnitudes: readonly number[];
  /** How many magnitudes lie in each octave. */
  readonly histogram: MagnitudeHistogram;
}

/** Counts of magnitudes by powers of two, exact as they are read off the floats' exponents. */
export interface MagnitudeHistogram {
  /** How many are 0. */
  readonly zeros: number;
  /** The exponent e of the first octave, 2^e to 2^(e + 1), that holds any; 0 where all are 0. What is below 2^-126 counts as of e = -127. */
  readonly first: number;
  /** From that octave to the last that holds any. */
  readonly counts: readonly number[];
}

/** A float32's exponent and the first 3 bits of its fraction number its bin: 8 bins an octave, no logarithm needed. */
const BIN_SHIFT = 20;
const OCTAVE_BINS = 8;
/** What is added to a float32's exponent in its bits. */
const BIAS = 127;
const counts = new Uint32Array(1 << (31 - BIN_SHIFT));
const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/**
 * Sums up the B x N numbers of panels f32[Np / 16][B][16] at `pointer`, in one pass and in float64: the same numbers give the same
 * summary on any machine.
 */
export function summarizeValues(
  floats: Float32Array | Float64Array,
  { pointer, B, N }: { pointer: number; B: number; N: number },
): ValueSummary {
  counts.fill(0);
  const values = floats instanceof Float32Array ? floats : Float32Array.from(floats);
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let sum = 0;
  let squares = 0;
  let zeros = 0;
  for (let panel = 0; panel < N; panel += 16) {
    const width = Math.min(16, N - panel);
    for (let b = 0; b < B; b++) {
      const start = (pointer >>> 2) + panel * B + b * 16;
      for (let i = start; i < start + width; i++) {
        const x = values[i];
        sum += x;
        squares += x * x;
        if (x === 0) zeros++;
        counts[(words[i] & 0x7FFFFFFF) >>> BIN_SHIFT]++;
      }
    }
  }
  const n = B * N;
  const mean = sum / n;
  const std = Math.sqrt(Math.max(0, squares / n - mean * mean));
  return { mean, std, magnitudes: quantiles(n), histogram: octaves(zeros) };
}

/** The counts of all bins by octaves, but for the zeros, which lie in the first bin. */
function octaves(zeros: number): MagnitudeHistogram {
  const sums: number[] = [];
  for (let bin = 0; bin < counts.length; bin += OCTAVE_BINS) {
    let sum = bin === 0 ? -zeros : 0;
    for (let i = bin; i < bin + OCTAVE_BINS; i++) sum += counts[i];
    sums.push(sum);
  }
  const isFilled = (sum: number) => sum > 0;
  const first = sums.findIndex(isFilled);
  if (first < 0) return { zeros, first: 0, counts: [] };
  return { zeros, first: first - BIAS, counts: sums.slice(first, sums.findLastIndex(isFilled) + 1) };
}

/** Within a bin, magnitudes are taken as spread evenly. */
function quantiles(n: number): number[] {
  const found: number[] = [];
  let bin = 0;
  let below = 0;
  for (const quantile of QUANTILES) {
    const rank = quantile * n;
    while (below + counts[bin] < rank) below += counts[bin++];
    const low = magnitude(bin);
    found.push(bin === 0 ? 0 : low + (magnitude(bin + 1) - low) * (rank - below) / counts[bin]);
  }
  return found;
}

function magnitude(bin: number): number {
  bits[0] = bin << BIN_SHIFT;
  return float[0];
}
