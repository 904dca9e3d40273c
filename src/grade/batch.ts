import { RandomState } from "../random/random_state.ts";
import type { GradeTensor } from "./student_program.ts";
import { tensor } from "./tensors.ts";

/** W1, B1, W2, B2, ... of a network. */
export type Parameters = Readonly<Record<string, GradeTensor>>;

/** Labelled rows and a network to run them through. B rows, D features, C classes. */
export interface Batch {
  /** (B, D), non-negative as pixels are, a third of it 0. */
  readonly X: GradeTensor;
  /** One-hot labels, (B, C): each class at least once where there are as many rows. */
  readonly Y: GradeTensor;
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
  // A program that makes one-hot labels of what it finds would give too few columns, were a class not there.
  const first = random.permutation(C);
  for (let b = 0; b < rows; b++) Y.data[b * C + (b < C ? first[b] : random.interval(C - 1))] = 1;
  const parameters: Record<string, GradeTensor> = {};
  for (let l = 1; l < sizes.length; l++) {
    const [K, N] = [sizes[l - 1], sizes[l]];
    const scale = large && l === sizes.length - 1 ? LARGE : SPREAD;
    parameters[`W${l}`] = tensor([K, N], () => scale * random.standardNormal());
    parameters[`B${l}`] = tensor([N], () => SPREAD * random.standardNormal());
  }
  return { X, Y, parameters };
}

/** Layer sizes of the published network. */
export const PROBE_SIZES = [30, 16, 12, 10] as const;
/** Step size of the published update. */
export const PROBE_LEARNING_RATE = 0.1;
/** Rows of the published batch, and of the smaller one that an epoch may end with. */
export const PROBE_ROWS = { full: 20, small: 13 } as const;

/** The batch of 20 rows and the network that every artifact submission is probed with. */
export function probeBatch(): Batch {
  return drawBatch({ seed: 20260, rows: PROBE_ROWS.full, sizes: PROBE_SIZES });
}

/** The first rows of the batch: fewer than the batch size. */
export function smallProbeBatch(): Batch {
  const { X, Y, parameters } = probeBatch();
  return { X: firstRows(X, PROBE_ROWS.small), Y: firstRows(Y, PROBE_ROWS.small), parameters };
}

/** The same rows through a network whose logits are in the thousands. */
export function largeProbeBatch(): Batch {
  return drawBatch({ seed: 20260, rows: PROBE_ROWS.full, sizes: PROBE_SIZES, large: true });
}

/** Probabilities, 0 for the true class of row 0, that a loss must survive: (20, 10). */
export function zeroProbabilities(): GradeTensor {
  const { Y } = probeBatch();
  const [, C] = Y.shape;
  const P = tensor(Y.shape, (i) => Y.data[i] === 1 ? 0.55 : 0.05);
  for (let c = 0; c < C; c++) P.data[c] = Y.data[c] === 1 ? 0 : 1 / (C - 1);
  return P;
}

/**
 * What the template's probe_batch.npz holds, by name, float64: X, Y, W1 ... B3; X_small and Y_small; W3_large in W3's place for logits in
 * the thousands; P_zero.
 */
export function probeBatchArrays(): Record<string, GradeTensor> {
  const { X, Y, parameters } = probeBatch();
  const small = smallProbeBatch();
  const { W3 } = largeProbeBatch().parameters;
  return {
    X,
    Y,
    ...parameters,
    X_small: small.X,
    Y_small: small.Y,
    W3_large: W3,
    P_zero: zeroProbabilities(),
  };
}

function firstRows({ shape: [, columns], data }: GradeTensor, rows: number): GradeTensor {
  return { shape: [rows, columns], data: data.slice(0, rows * columns) };
}
