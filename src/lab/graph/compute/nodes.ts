import type { SmallNet } from "./small_net.ts";
import {
  activated,
  difference,
  type Expression,
  naturalLog,
  negative,
  number,
  product,
  quotient,
  slope,
  softmax,
  sum,
} from "./expression.ts";

/**
 * A node of the computational graph: what it does with its inputs, and the tensor that it gives, by which it is called: X, W1, P1 (the
 * product X W1), A1, Z1, ..., Yhat, L. The labels are Y; the loss's derivative by any of them has a `d` before its name.
 */
export interface GraphNode {
  readonly name: string;
  readonly kind: "given" | "dot" | "add" | "activate" | "softmax" | "loss";
  /** From 1; of a given tensor, that which takes it. */
  readonly layer: number;
  readonly inputs: readonly string[];
  readonly rows: number;
  readonly columns: number;
}

export type Operation = GraphNode & { readonly kind: Exclude<GraphNode["kind"], "given"> };

/** A part of an equation between matrices: a matrix, or what stands between two. */
export type Part = Operand | {
  readonly symbol:
    | "dot"
    | "plus"
    | "minus"
    | "times"
    | "open"
    | "close"
    | "over_n"
    | "softmax"
    | "activation"
    | "loss"
    | "labels"
    | Summed;
};

/** What a sum goes over. */
type Summed = "rows" | "columns" | "everything";

export interface Operand {
  /** What it is called, where it is no tensor of the graph itself: `slope`, `moved` weights, ... of the tensor. */
  readonly as?: "slope" | "slope_of" | "square_slope" | "moved" | "one_less" | "inverse";
  readonly tensor: string;
  readonly transposed?: boolean;
  readonly rows: number;
  readonly columns: number;
  entry(row: number, column: number): Expression;
}

/** How a tensor is made. */
export interface Making {
  readonly tensor: string;
  readonly rows: number;
  readonly columns: number;
  entry(row: number, column: number): Expression;
  readonly equation: readonly Part[];
}

/** What a node may look at: everything that is already made. */
export interface Ground {
  readonly net: SmallNet;
  /** An entry of a tensor, or of a derivative. */
  at(tensor: string, row: number, column: number): Expression;
  /** A tensor as a part of an equation. */
  operand(tensor: string, options?: { readonly transposed?: boolean }): Operand;
}

export function range<T>(count: number, at: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => at(i));
}

/** The graph of a net, in the order in which its nodes are computed; going back is that order reversed. */
export function graphOf({ sizes, rows }: Pick<SmallNet, "sizes" | "rows">): GraphNode[] {
  const nodes: GraphNode[] = [];
  const add = (
    name: string,
    kind: GraphNode["kind"],
    [rows, columns]: readonly [number, number],
    layer: number,
    ...inputs: string[]
  ) => nodes.push({ name, kind, layer, inputs, rows, columns });
  const last = sizes.length - 1;
  add("X", "given", [rows, sizes[0]], 1);
  for (let l = 1; l <= last; l++) {
    const [K, N] = [sizes[l - 1], sizes[l]];
    add(`W${l}`, "given", [K, N], l);
    add(`P${l}`, "dot", [rows, N], l, l === 1 ? "X" : `Z${l - 1}`, `W${l}`);
    add(`B${l}`, "given", [1, N], l);
    add(`A${l}`, "add", [rows, N], l, `P${l}`, `B${l}`);
    if (l < last) add(`Z${l}`, "activate", [rows, N], l, `A${l}`);
  }
  add("Yhat", "softmax", [rows, sizes[last]], last, `A${last}`);
  add("Y", "given", [rows, sizes[last]], last);
  add("L", "loss", [1, 1], last, "Yhat", "Y");
  return nodes;
}

export function operationsOf(nodes: readonly GraphNode[]): Operation[] {
  return nodes.filter((node): node is Operation => node.kind !== "given");
}

/** What is divided by the number of rows. */
export function overN(...parts: readonly Part[]): Part[] {
  return [{ symbol: "open" }, ...parts, { symbol: "close" }, { symbol: "over_n" }];
}

/** How a node makes its tensor. */
export function forward(node: Operation, { net, at, operand }: Ground): Making {
  const { name: tensor, inputs: [first, second], rows, columns } = node;
  const made = (equation: readonly Part[], entry: Making["entry"]) => ({
    tensor,
    rows,
    columns,
    equation,
    entry,
  });
  switch (node.kind) {
    case "dot":
      return made(
        [operand(first), { symbol: "dot" }, operand(second)],
        (r, c) => sum(range(net.sizes[node.layer - 1], (k) => product(at(first, r, k), at(second, k, c)))),
      );
    case "add":
      return made(
        [operand(first), { symbol: "plus" }, operand(second)],
        (r, c) => sum([at(first, r, c), at(second, 0, c)]),
      );
    case "activate":
      return made(
        [{ symbol: "activation" }, operand(first)],
        (r, c) => activated(net.activation, at(first, r, c)),
      );
    case "softmax":
      return made(
        [{ symbol: "softmax" }, operand(first)],
        (r, c) => softmax(range(columns, (k) => at(first, r, k)), c),
      );
    case "loss":
      return made([{ symbol: "loss" }, operand(first), { symbol: "labels" }, operand("Y")], () =>
        quotient(
          sum(range(net.rows, (r) => negative(naturalLog(at(first, r, net.labels[r]))))),
          number(net.rows),
        ));
  }
}

/** How a node makes the derivatives by its inputs from that by its output, in the order in which they are made. */
export type Backward = (node: Operation, ground: Ground) => readonly Making[];

export const backward: Backward = (node, ground) => {
  const { name, inputs: [first, second], rows, columns } = node;
  const { net, at, operand } = ground;
  const delta = `d${name}`;
  switch (node.kind) {
    case "dot": {
      const K = net.sizes[node.layer - 1];
      const gradient: Making = {
        tensor: `d${second}`,
        rows: K,
        columns,
        equation: [operand(first, { transposed: true }), { symbol: "dot" }, operand(delta)],
        entry: (k, c) => sum(range(rows, (r) => product(at(first, r, k), at(delta, r, c)))),
      };
      // The data are given: nothing asks for the loss's derivative by them.
      if (node.layer === 1) return [gradient];
      return [gradient, {
        tensor: `d${first}`,
        rows,
        columns: K,
        equation: [operand(delta), { symbol: "dot" }, operand(second, { transposed: true })],
        entry: (r, k) => sum(range(columns, (c) => product(at(delta, r, c), at(second, k, c)))),
      }];
    }
    case "add":
      return [
        {
          tensor: `d${first}`,
          rows,
          columns,
          equation: [operand(delta)],
          entry: (r, c) => at(delta, r, c),
        },
        {
          tensor: `d${second}`,
          rows: 1,
          columns,
          equation: [{ symbol: "rows" }, operand(delta)],
          entry: (_, c) => sum(range(rows, (r) => at(delta, r, c))),
        },
      ];
    case "activate": {
      const slopeAt = (r: number, c: number) => slope(net.activation, at(first, r, c), at(name, r, c));
      return [{
        tensor: `d${first}`,
        rows,
        columns,
        equation: [operand(delta), { symbol: "times" }, {
          as: "slope",
          tensor: first,
          rows,
          columns,
          entry: slopeAt,
        }],
        entry: (r, c) => product(at(delta, r, c), slopeAt(r, c)),
      }];
    }
    case "softmax":
      return [{
        tensor: `d${first}`,
        rows,
        columns,
        equation: overN(operand(name), { symbol: "minus" }, operand("Y")),
        entry: (r, c) => quotient(difference(at(name, r, c), at("Y", r, c)), number(net.rows)),
      }];
    case "loss":
      return [{
        tensor: `d${first}`,
        rows: net.rows,
        columns: net.sizes[net.sizes.length - 1],
        equation: [{ symbol: "minus" }, operand("Y"), { symbol: "times" }, {
          as: "inverse",
          tensor: first,
          rows: net.rows,
          columns: net.sizes[net.sizes.length - 1],
          entry: (r, c) => quotient(number(1), at(first, r, c)),
        }, { symbol: "over_n" }],
        entry: (r, c) => quotient(negative(at("Y", r, c)), product(number(net.rows), at(first, r, c))),
      }];
  }
};
