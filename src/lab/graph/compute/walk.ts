import { entry } from "./expression.ts";
import {
  backward,
  forward,
  type GraphNode,
  graphOf,
  type Ground,
  type Making,
  operationsOf,
} from "./nodes.ts";
import type { Mistake } from "./mistakes.ts";
import { type Matrix, matrix, parameterName, type SmallNet } from "./small_net.ts";

/** All that came of going through a graph. */
export interface Walk {
  readonly nodes: readonly GraphNode[];
  /** Every tensor by its name, and the loss's derivative by it behind a `d`. */
  readonly values: ReadonlyMap<string, Matrix>;
  /** How each was made, but for those that are given. */
  readonly makings: ReadonlyMap<string, Making>;
}

/** Goes through the graph of a net, forward and back. */
export function walk(net: SmallNet, mistake?: Mistake): Walk {
  const { nodes, values, makings, ground, make } = begin(net);
  for (const node of operationsOf(nodes).reverse()) {
    const way = mistake?.kind === node.kind && mistake.fits(node, net) ? mistake.backward : backward;
    way(node, ground).forEach(make);
  }
  return { nodes, values, makings };
}

/** One number of a tensor that is something else than what it would be. */
export interface Moved {
  readonly tensor: string;
  readonly index: number;
  readonly to: number;
}

/** Only forward: L, in float64, where nothing is moved or one number, which all that follows is made from. */
export function lossOf(net: SmallNet, moved?: Moved): number {
  return begin(net, moved).values.get("L")?.data[0] ?? NaN;
}

/** Goes forward; `make` makes more. */
function begin(net: SmallNet, moved?: Moved) {
  const nodes = graphOf(net);
  const makings = new Map<string, Making>();
  const put = (tensor: string, matrix: Matrix): readonly [string, Matrix] => [
    tensor,
    moved?.tensor === tensor ? { ...matrix, data: matrix.data.with(moved.index, moved.to) } : matrix,
  ];
  const values = new Map<string, Matrix>([
    ["X", net.X],
    ["Y", matrix(net.rows, net.sizes[net.sizes.length - 1], (r, c) => net.labels[r] === c ? 1 : 0)],
    ...net.parameters.map((parameter, i) => put(parameterName(i), parameter)),
    ["dL", matrix(1, 1, () => 1)],
  ]);
  const find = (tensor: string): Matrix => {
    const found = values.get(tensor);
    if (found === undefined) throw new Error(`Cannot go through the graph: ${tensor} is not made yet`);
    return found;
  };
  const at: Ground["at"] = (tensor, row, column) => {
    const { columns, data } = find(tensor);
    return entry(tensor, { row, column, value: data[row * columns + column] });
  };
  const ground: Ground = {
    net,
    at,
    operand(tensor, { transposed = false } = {}) {
      const { rows, columns } = find(tensor);
      return transposed
        ? { tensor, transposed, rows: columns, columns: rows, entry: (r, c) => at(tensor, c, r) }
        : { tensor, rows, columns, entry: (r, c) => at(tensor, r, c) };
    },
  };
  const make = (making: Making) => {
    const made = matrix(making.rows, making.columns, (r, c) => making.entry(r, c).value);
    values.set(...put(making.tensor, made));
    makings.set(making.tensor, making);
  };
  for (const node of operationsOf(nodes)) make(forward(node, ground));
  return { nodes, values, makings, ground, make };
}
