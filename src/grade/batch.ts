import { RandomState } from "../random/random_state.ts";
import type { GradeTensor } from "./student_program.ts";

/** W1, B1, W2, B2, ... of a network. */
export type Parameters = Readonly<Record<string, GradeTensor>>;

/** Labelled rows and a network to run them through. B rows, D features, C classes. */
export interface Batch {
  /** (B, D), non-negative as pixels are, a third of it 0. */
  readonly X: GradeTensor;
  /** One-hot labels, (B, C). */
  readonly Y: GradeTensor;
  /** W1, B1, ...: the network. */
  readonly parameters: Parameters;
}

/** How large the drawn weights are: activations come out neither linear nor saturated, so that every mistake shows. */
const SPREAD = 0.5;
/** Where rows are to give large logits, the last layer's weights are multiplied by this: several thousand, exp() of which overflows. */
const LARGE = 4000;

/**
 * A batch drawn from `np.random.RandomState(seed)`.
 *
 * @param options.sizes [D, ..., C]
 * @param options.large whether logits are to be in the thousands
 */
export function drawBatch(
  { seed, rows, sizes, large = false }: {
    seed: number;
    rows: number;
    sizes: readonly number[];
    large?: boolean;
  },
): Batch {
  const random = new RandomState(seed);
  const [D, C] = [sizes[0], sizes[sizes.length - 1]];
  const X = tensor([rows, D], () => Math.max(0, 1.5 * random.random() - 0.5));
  const Y = tensor([rows, C], () => 0);
  for (let b = 0; b < rows; b++) Y.data[b * C + random.interval(C - 1)] = 1;
  const parameters: Record<string, GradeTensor> = {};
  for (let l = 1; l < sizes.length; l++) {
    const [K, N] = [sizes[l - 1], sizes[l]];
    const scale = large && l === sizes.length - 1 ? LARGE : SPREAD;
    parameters[`W${l}`] = tensor([K, N], () => scale * random.standardNormal());
    parameters[`B${l}`] = tensor([N], () => SPREAD * random.standardNormal());
  }
  return { X, Y, parameters };
}

/** A tensor of this shape, each element from `value`, in row-major order. */
export function tensor(shape: readonly number[], value: (i: number) => number): GradeTensor {
  const data = new Float64Array(shape.reduce((size, length) => size * length, 1));
  for (let i = 0; i < data.length; i++) data[i] = value(i);
  return { shape, data };
}
