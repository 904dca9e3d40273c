import type { ActivationName } from "./activation.ts";
import type { ValueSummary } from "./value_summary.ts";

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

/** Where the derivative is at least a twentieth of its largest: 1 - a^2 and a (1 - a) at sqrt(0.95) and (1 +- sqrt(0.95)) / 2. */
const ACTIVE: Readonly<Record<ActivationName, readonly [low: number, high: number]>> = {
  tanh: [-Math.sqrt(0.95), Math.sqrt(0.95)],
  sigmoid: [(1 - Math.sqrt(0.95)) / 2, (1 + Math.sqrt(0.95)) / 2],
  relu: [0, Infinity],
  identity: [-Infinity, Infinity],
};

/** Share of B x N activations in panels f32[Np / 16][B][16] where the activation is nearly flat. See LayerProbe. */
export function saturatedShare(
  floats: Float32Array | Float64Array,
  { pointer, B, N, activation }: { pointer: number; B: number; N: number; activation: ActivationName },
): number {
  const [low, high] = ACTIVE[activation];
  let saturated = 0;
  for (let panel = 0; panel < N; panel += 16) {
    const width = Math.min(16, N - panel);
    for (let b = 0; b < B; b++) {
      const start = (pointer >>> 2) + panel * B + b * 16;
      for (let i = start; i < start + width; i++) {
        if (!(floats[i] > low && floats[i] < high)) saturated++;
      }
    }
  }
  return saturated / (B * N);
}
