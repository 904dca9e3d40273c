import type { Activations } from "./activation.ts";
import { Arena } from "./arena.ts";
import { EVALUATION_ROWS } from "./evaluate.ts";
import { Network, type NetworkOptions } from "./network.ts";
import { FLOAT32_FUNCTIONS } from "./reference/functions.ts";
import { longestRow, type Rows } from "./rows.ts";
import type { Tensor } from "./tensor.ts";
import { wasmWorkspace, type Workspace } from "./workspace.ts";

const PAGE = 65536;

/**
 * The softmax of a network's output for each row: f32[count][C], the same numbers as the kernels form in training. It makes a memory
 * of its own, of the rows' and one batch's size, and is meant for a single look, not for training.
 *
 * @param module kernels.wasm, compiled
 * @param options.rows anywhere; they are copied
 * @param options.weights W1, B1, W2, ...
 */
export function predictProbabilities(
  module: WebAssembly.Module,
  options: {
    rows: Rows;
    features: number;
    scale: number;
    activation: Activations;
    weights: readonly Tensor[];
  },
): Float32Array<ArrayBuffer> {
  const { rows, features, scale, activation, weights } = options;
  const units = weights.filter((_, i) => i % 2 === 1).map(({ data }) => data.length);
  const network: NetworkOptions = {
    sizes: [features, ...units],
    activation,
    storage: rows.storage,
    longestRow: longestRow(rows),
    capacity: EVALUATION_ROWS,
  };
  const pages = Math.ceil(place(NOWHERE, { rows, network }).end / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const workspace = wasmWorkspace(module, memory);
  const placed = place(workspace, { rows, network });
  placed.network.scale = scale;
  placed.network.write(placed.block, weights);
  return softmaxOf(workspace, placed);
}

interface Placed {
  readonly network: Network;
  readonly rows: Rows;
  readonly block: number;
  readonly order: number;
  readonly predictions: number;
  readonly end: number;
}

/** A workspace in which nothing but room is counted. */
const NOWHERE: Workspace = {
  kernels: {} as Workspace["kernels"],
  floats: new Float32Array(),
  words: new Uint32Array(),
  bytes: new Uint8Array(),
};

function place(workspace: Workspace, { rows, network }: { rows: Rows; network: NetworkOptions }): Placed {
  const arena = new Arena(0);
  const copies = copyRows(workspace, arena, rows);
  const built = new Network(workspace, arena, network);
  const block = arena.allocate(built.blockBytes);
  const order = arena.allocate(4 * EVALUATION_ROWS);
  const predictions = arena.allocate(EVALUATION_ROWS);
  return { network: built, rows: copies, block, order, predictions, end: arena.next };
}

function copyRows(workspace: Workspace, arena: Arena, rows: Rows): Rows {
  const { buffer } = workspace.bytes;
  const copy = <T extends Uint8Array | Uint16Array | Uint32Array>(
    array: T,
    type: new (buffer: ArrayBufferLike, byteOffset: number, length: number) => T,
  ): T => {
    const pointer = arena.allocate(array.byteLength);
    if (workspace === NOWHERE) return array;
    const view = new type(buffer, pointer, array.length);
    view.set(array);
    return view;
  };
  const labels = copy(rows.labels, Uint8Array);
  if (rows.storage === "dense") return { ...rows, labels, pixels: copy(rows.pixels, Uint8Array) };
  return {
    ...rows,
    labels,
    rowStarts: copy(rows.rowStarts, Uint32Array),
    columns: copy(rows.columns, Uint16Array),
    values: copy(rows.values, Uint8Array),
  };
}

function softmaxOf(
  { words }: Workspace,
  { network, rows, block, order, predictions }: Placed,
): Float32Array<ArrayBuffer> {
  const C = network.sizes[network.sizes.length - 1];
  const probabilities = new Float32Array(rows.count * C);
  for (let first = 0; first < rows.count; first += EVALUATION_ROWS) {
    const B = Math.min(EVALUATION_ROWS, rows.count - first);
    for (let b = 0; b < B; b++) words[(order >>> 2) + b] = first + b;
    network.evaluate(block, { rows, order, B }, { predictions, sum: 0 });
    const logits = network.logits(B);
    for (let b = 0; b < B; b++) {
      const row = logits.subarray(b * C, (b + 1) * C);
      const top = row.reduce((a, z) => Math.max(a, z), -Infinity);
      // As softmaxDelta: the exponentials in float32, their sum in float64, in the order of the classes.
      const exps = row.map((z) => FLOAT32_FUNCTIONS.exp(Math.fround(z - top)));
      const total = exps.reduce((sum, e) => sum + e, 0);
      for (let c = 0; c < C; c++) probabilities[(first + b) * C + c] = exps[c] / total;
    }
  }
  return probabilities;
}
