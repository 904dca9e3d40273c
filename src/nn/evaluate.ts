import type { Activations } from "./activation.ts";
import type { Arena } from "./arena.ts";
import { Network } from "./network.ts";
import type { Rows } from "./rows.ts";
import type { Tensor } from "./tensor.ts";
import type { TrainingData } from "./training_data.ts";
import type { Workspace } from "./workspace.ts";

/** How a network does on some rows. */
export interface Evaluation {
  /** Mean cross-entropy. */
  readonly loss: number;
  /** Share of rows whose predicted class is their label. */
  readonly accuracy: number;
  /** A class for each row, in their order. */
  readonly predictions: Uint8Array<ArrayBuffer>;
}

/** Rows of a batch in evaluation. It changes no result: losses are summed row by row. */
export const EVALUATION_ROWS = 128;

/**
 * Evaluates the parameters of `block` on those rows that the u32[count] at `order` names.
 *
 * @param place.predictions pointer to u8[count], scratch
 */
export function evaluateRows(
  { bytes, words }: Workspace,
  network: Network,
  place: { block: number; rows: Rows; order: number; count: number; predictions: number },
): Evaluation {
  const { block, rows, order, count, predictions } = place;
  let sum = 0;
  for (let first = 0; first < count; first += EVALUATION_ROWS) {
    const batch = { rows, order: order + 4 * first, B: Math.min(EVALUATION_ROWS, count - first) };
    sum = network.evaluate(block, batch, { predictions: predictions + first, sum });
  }
  let correct = 0;
  for (let i = 0; i < count; i++) {
    if (bytes[predictions + i] === rows.labels[words[(order >>> 2) + i]]) correct++;
  }
  const found = new Uint8Array(bytes.subarray(predictions, predictions + count));
  return { loss: sum / count, accuracy: correct / count, predictions: found };
}

/** Evaluates weights W1, B1, W2, ... on the test part, in memory taken from `arena`. */
export function evaluateWeights(
  workspace: Workspace,
  arena: Arena,
  { data, activation, weights }: {
    data: TrainingData;
    activation: Activations;
    weights: readonly Tensor[];
  },
): Evaluation {
  const { features, longestRow, scale, test } = data;
  const start = arena.next;
  const units = weights.filter((_, i) => i % 2 === 1).map(({ data }) => data.length);
  const network = new Network(workspace, arena, {
    sizes: [features, ...units],
    activation,
    storage: test.storage,
    longestRow,
    capacity: EVALUATION_ROWS,
  });
  const block = arena.allocate(network.blockBytes);
  const order = arena.allocate(4 * test.count);
  const predictions = arena.allocate(test.count);
  workspace.floats.fill(0, start >>> 2, arena.next >>> 2);
  network.scale = scale;
  network.write(block, weights);
  for (let i = 0; i < test.count; i++) workspace.words[(order >>> 2) + i] = i;
  return evaluateRows(workspace, network, { block, rows: test, order, count: test.count, predictions });
}
