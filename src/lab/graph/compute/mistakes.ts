import {
  activated,
  difference,
  type Expression,
  number,
  product,
  quotient,
  slope,
  slopeByOutput,
  sum,
} from "./expression.ts";
import {
  type Backward,
  backward,
  type Ground,
  type Making,
  type Operand,
  type Operation,
  overN,
  range,
} from "./nodes.ts";
import type { SmallNet } from "./small_net.ts";

/** The mistakes of backpropagation that NumPy lets pass, as the shapes fit; in the order in which one meets them going back. */
export const MISTAKES = [
  "sum",
  "sign",
  "output_slope",
  "axis",
  "no_axis",
  "sums_for_outputs",
  "transposed_gradient",
  "transposed_weights",
  "early",
  "no_slope",
  "slope_of_output",
  "slope_formula",
] as const;
export type MistakeName = (typeof MISTAKES)[number];

export interface Mistake {
  readonly name: MistakeName;
  /** Of the nodes where it is made. */
  readonly kind: Operation["kind"];
  /** Whether it can be made at a node of that kind: NumPy takes it, and it is not the right thing by another name. */
  fits(node: Operation, net: Pick<SmallNet, "sizes" | "rows" | "activation">): boolean;
  readonly backward: Backward;
}

/** How large a step is that moves the weights too early. */
export const RATE = 0.5;

/** The mistake of a name, where it can be made anywhere in a net. */
export function mistakeIn(
  nodes: readonly Operation[],
  net: SmallNet,
  name: MistakeName,
): Mistake | undefined {
  const mistake = { name, ...TABLE[name] };
  return placesOf(mistake, nodes, net).length === 0 ? undefined : mistake;
}

/** The nodes where a mistake is made. */
export function placesOf(mistake: Mistake, nodes: readonly Operation[], net: SmallNet): Operation[] {
  return nodes.filter((node) => node.kind === mistake.kind && mistake.fits(node, net));
}

/** The right makings with those of some tensors made otherwise; the rest is as it should be. */
function instead(
  change: (node: Operation, ground: Ground) => Partial<Making> & Pick<Making, "tensor">,
): Backward {
  return (node, ground) => {
    const changed = change(node, ground);
    return backward(node, ground).map((making) =>
      making.tensor === changed.tensor ? { ...making, ...changed } : making
    );
  };
}

/** Another delta where it starts. */
function start(
  equation: (ground: Ground, node: Operation) => Making["equation"],
  entry: (ground: Ground, yhat: Expression, y: Expression) => Expression,
): Backward {
  return instead((node, ground) => ({
    tensor: `d${node.inputs[0]}`,
    equation: equation(ground, node),
    entry: (r, c) => entry(ground, ground.at("Yhat", r, c), ground.at("Y", r, c)),
  }));
}

/** The delta meets something else than the derivative. */
function meeting(
  as: NonNullable<Operand["as"]>,
  of: (node: Operation) => string,
  slopeOf: (ground: Ground, of: Expression) => Expression,
): Backward {
  return instead((node, ground) => {
    const { rows, columns } = node;
    const entry = (r: number, c: number) => slopeOf(ground, ground.at(of(node), r, c));
    return {
      tensor: `d${node.inputs[0]}`,
      equation: [ground.operand(`d${node.name}`), { symbol: "times" }, {
        as,
        tensor: of(node),
        rows,
        columns,
        entry,
      }],
      entry: (r, c) => product(ground.at(`d${node.name}`, r, c), entry(r, c)),
    };
  });
}

const isCurved: Mistake["fits"] = (_, { activation }) => activation === "tanh" || activation === "sigmoid";

/** Where the layer has as many units as the one below, and more than one: its weights may be turned round. */
const isSquare: Mistake["fits"] = ({ layer, columns }, { sizes }) =>
  sizes[layer - 1] === columns && columns > 1;

const TABLE: Readonly<Record<MistakeName, Omit<Mistake, "name">>> = {
  sum: {
    kind: "softmax",
    fits: () => true,
    backward: start(
      ({ operand }) => [operand("Yhat"), { symbol: "minus" }, operand("Y")],
      (_, yhat, y) => difference(yhat, y),
    ),
  },
  sign: {
    kind: "softmax",
    fits: () => true,
    backward: start(
      ({ operand }) => overN(operand("Y"), { symbol: "minus" }, operand("Yhat")),
      ({ net }, yhat, y) => quotient(difference(y, yhat), number(net.rows)),
    ),
  },
  output_slope: {
    kind: "softmax",
    fits: () => true,
    backward: start(
      ({ operand, at }, { rows, columns }) => [
        ...overN(operand("Yhat"), { symbol: "minus" }, operand("Y")),
        { symbol: "times" },
        {
          as: "one_less",
          tensor: "Yhat",
          rows,
          columns,
          entry: (r, c) => slopeByOutput("sigmoid", at("Yhat", r, c)),
        },
      ],
      ({ net }, yhat, y) =>
        product(quotient(difference(yhat, y), number(net.rows)), slopeByOutput("sigmoid", yhat)),
    ),
  },
  axis: {
    kind: "add",
    fits: ({ columns }, { rows }) => rows === columns,
    backward: instead(({ name, columns, inputs: [, bias] }, { at, operand }) => ({
      tensor: `d${bias}`,
      equation: [{ symbol: "columns" }, operand(`d${name}`)],
      entry: (_, r) => sum(range(columns, (c) => at(`d${name}`, r, c))),
    })),
  },
  no_axis: {
    kind: "add",
    fits: ({ columns }) => columns > 1,
    backward: instead(({ name, rows, columns, inputs: [, bias] }, { at, operand }) => ({
      tensor: `d${bias}`,
      equation: [{ symbol: "everything" }, operand(`d${name}`)],
      entry: () => sum(range(rows * columns, (i) => at(`d${name}`, Math.floor(i / columns), i % columns))),
    })),
  },
  sums_for_outputs: {
    kind: "dot",
    fits: ({ layer }, { activation }) => layer > 1 && activation !== "identity",
    backward: instead(({ name, layer, rows, inputs: [, weights] }, { at, operand }) => ({
      tensor: `d${weights}`,
      equation: [operand(`A${layer - 1}`, { transposed: true }), { symbol: "dot" }, operand(`d${name}`)],
      entry: (k, c) => sum(range(rows, (r) => product(at(`A${layer - 1}`, r, k), at(`d${name}`, r, c)))),
    })),
  },
  transposed_gradient: {
    kind: "dot",
    fits: isSquare,
    backward: instead(({ name, rows, inputs: [below, weights] }, { at, operand }) => ({
      tensor: `d${weights}`,
      equation: [operand(`d${name}`, { transposed: true }), { symbol: "dot" }, operand(below)],
      entry: (c, k) => sum(range(rows, (r) => product(at(`d${name}`, r, c), at(below, r, k)))),
    })),
  },
  transposed_weights: {
    kind: "dot",
    fits: (node, net) => node.layer > 1 && isSquare(node, net),
    backward: instead(({ name, columns, inputs: [below, weights] }, { at, operand }) => ({
      tensor: `d${below}`,
      equation: [operand(`d${name}`), { symbol: "dot" }, operand(weights)],
      entry: (r, k) => sum(range(columns, (c) => product(at(`d${name}`, r, c), at(weights, c, k)))),
    })),
  },
  early: {
    kind: "dot",
    fits: ({ layer }) => layer > 1,
    backward: instead(({ name, columns, inputs: [below, weights] }, { at, operand }) => {
      const moved = (k: number, c: number) =>
        difference(at(weights, k, c), product(number(RATE), at(`d${weights}`, k, c)));
      return {
        tensor: `d${below}`,
        equation: [operand(`d${name}`), { symbol: "dot" }, {
          ...operand(weights, { transposed: true }),
          as: "moved",
          entry: (r, c) => moved(c, r),
        }],
        entry: (r, k) => sum(range(columns, (c) => product(at(`d${name}`, r, c), moved(k, c)))),
      };
    }),
  },
  no_slope: {
    kind: "activate",
    fits: (_, { activation }) => activation !== "identity",
    backward: instead(({ name, inputs: [sums] }, { at, operand }) => ({
      tensor: `d${sums}`,
      equation: [operand(`d${name}`)],
      entry: (r, c) => at(`d${name}`, r, c),
    })),
  },
  slope_of_output: {
    kind: "activate",
    fits: isCurved,
    backward: meeting(
      "slope_of",
      ({ name }) => name,
      ({ net: { activation } }, z) => slope(activation, z, activated(activation, z)),
    ),
  },
  slope_formula: {
    kind: "activate",
    fits: isCurved,
    backward: meeting(
      "square_slope",
      ({ inputs: [sums] }) => sums,
      ({ net: { activation } }, a) => slopeByOutput(activation, a),
    ),
  },
};
