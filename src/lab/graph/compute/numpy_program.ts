import type { CourseActivation } from "../../../nn/activation.ts";
import type { GraphNode } from "./nodes.ts";
import { type MistakeName, RATE } from "./mistakes.ts";
import { type Matrix, parameterName, type SmallNet } from "./small_net.ts";

/** A line of the program; `wrong` is that of the mistake. */
export interface Line {
  readonly text: string;
  readonly wrong: boolean;
}

/**
 * The graph of a net as NumPy computes it, forward and back, with the same numbers. Made where `places` are, `mistake` takes the place of
 * the right line.
 */
export function numpyProgram(
  net: SmallNet,
  { mistake, places = [] }: { mistake?: MistakeName; places?: readonly Pick<GraphNode, "layer">[] } = {},
): Line[] {
  const right = (text: string): Line => ({ text, wrong: false });
  const isMistaken = (layer: number) => places.some((place) => place.layer === layer);
  const line = (name: LineName, layer: number) => {
    const wrong = mistake === undefined || !isMistaken(layer) ? undefined : WRONG[mistake];
    return wrong?.line === name
      ? { text: wrong.text(layer, net.activation), wrong: true }
      : right(LINES[name](layer, net.activation));
  };
  const last = net.sizes.length - 1;
  const forward = net.sizes.slice(1).flatMap((_, i) => [
    right(`A${i + 1} = np.dot(${below(i + 1)}, W${i + 1}) + B${i + 1}`),
    ...i + 1 < last ? [right(`Z${i + 1} = ${ACTIVATE[net.activation](`A${i + 1}`)}`)] : [],
  ]);
  const back: Line[] = [line("start", last)];
  for (let l = last; l > 0; l--) {
    back.push(line("weights", l), line("biases", l));
    if (l > 1) back.push(line("through", l), line("slope", l - 1));
  }
  return [
    right("import numpy as np"),
    right(""),
    ...given(net).map(right),
    right(""),
    ...forward,
    right(`E = np.exp(A${last} - A${last}.max(axis=1, keepdims=True))`),
    right("Yhat = E / E.sum(axis=1, keepdims=True)"),
    right("L = -np.sum(Y * np.log(Yhat)) / n"),
    right(""),
    ...back,
  ];
}

/** The right line of a mistake and the wrong one, at the layer of its place. */
export function linesOf(
  mistake: MistakeName,
  layer: number,
  activation: CourseActivation,
): { right: string; wrong: string } {
  const { line, text } = WRONG[mistake];
  return { right: LINES[line](layer, activation), wrong: text(layer, activation) };
}

function given({ sizes, rows, X, labels, parameters, seed }: SmallNet): string[] {
  const classes = sizes[sizes.length - 1];
  if (seed === null) {
    return [
      `X = ${array(X)}`,
      ...parameters.map((parameter, i) => `${parameterName(i)} = ${array(parameter, i % 2 === 1)}`),
      `Y = np.eye(${classes})[[${labels.join(", ")}]]`,
      "n = len(X)",
    ];
  }
  const draw = (shape: string) => `r.randn(${shape}).round(1)`;
  return [
    `r = np.random.RandomState(${seed})`,
    `X = ${draw(`${rows}, ${sizes[0]}`)}`,
    ...parameters.map(({ rows, columns }, i) =>
      `${parameterName(i)} = ${draw(i % 2 === 0 ? `${rows}, ${columns}` : String(columns))}`
    ),
    `Y = np.eye(${classes})[np.arange(${rows}) % ${classes}]`,
    "n = len(X)",
  ];
}

function array({ rows, columns, data }: Matrix, flat = false): string {
  const row = (r: number) => `[${[...data.slice(r * columns, (r + 1) * columns)].join(", ")}]`;
  return `np.array(${flat ? row(0) : `[${Array.from({ length: rows }, (_, r) => row(r)).join(", ")}]`})`;
}

function below(layer: number): string {
  return layer === 1 ? "X" : `Z${layer - 1}`;
}

const ACTIVATE: Readonly<Record<CourseActivation, (a: string) => string>> = {
  tanh: (a) => `np.tanh(${a})`,
  sigmoid: (a) => `1 / (1 + np.exp(-${a}))`,
  relu: (a) => `np.maximum(${a}, 0)`,
  identity: (a) => a,
};

/** The derivative by what the activation gave. */
const SLOPE: Readonly<Record<CourseActivation, (z: string) => string>> = {
  tanh: (z) => `(1 - ${z}**2)`,
  sigmoid: (z) => `${z} * (1 - ${z})`,
  relu: (z) => `(${z} > 0)`,
  identity: () => "1",
};

type LineName = "start" | "weights" | "biases" | "through" | "slope";
type Write = (layer: number, activation: CourseActivation) => string;

/** The right lines going back, each of a layer. */
const LINES: Readonly<Record<LineName, Write>> = {
  start: (l) => `delta${l} = (Yhat - Y) / n`,
  weights: (l) => `dW${l} = np.dot(${below(l)}.T, delta${l})`,
  biases: (l) => `dB${l} = np.sum(delta${l}, axis=0)`,
  through: (l) => `dZ${l - 1} = np.dot(delta${l}, W${l}.T)`,
  slope: (l, activation) => `delta${l} = dZ${l} * ${SLOPE[activation](`Z${l}`)}`,
};

/** What each mistake writes in place of which. */
const WRONG: Readonly<Record<MistakeName, { readonly line: LineName; readonly text: Write }>> = {
  sum: { line: "start", text: (l) => `delta${l} = Yhat - Y` },
  sign: { line: "start", text: (l) => `delta${l} = (Y - Yhat) / n` },
  output_slope: { line: "start", text: (l) => `delta${l} = (Yhat - Y) / n * Yhat * (1 - Yhat)` },
  axis: { line: "biases", text: (l) => `dB${l} = np.sum(delta${l}, axis=1)` },
  no_axis: { line: "biases", text: (l) => `dB${l} = np.sum(delta${l})` },
  sums_for_outputs: { line: "weights", text: (l) => `dW${l} = np.dot(A${l - 1}.T, delta${l})` },
  transposed_gradient: { line: "weights", text: (l) => `dW${l} = np.dot(delta${l}.T, ${below(l)})` },
  transposed_weights: { line: "through", text: (l) => `dZ${l - 1} = np.dot(delta${l}, W${l})` },
  early: {
    line: "through",
    text: (l) => `W${l} -= ${RATE} * dW${l}; dZ${l - 1} = np.dot(delta${l}, W${l}.T)`,
  },
  no_slope: { line: "slope", text: (l) => `delta${l} = dZ${l}` },
  slope_of_output: {
    line: "slope",
    text: (l, activation) =>
      `delta${l} = dZ${l} * ${SLOPE[activation](parenthesized(ACTIVATE[activation](`Z${l}`)))}`,
  },
  slope_formula: {
    line: "slope",
    text: (l, activation) => `delta${l} = dZ${l} * ${SLOPE[activation](`A${l}`)}`,
  },
};

function parenthesized(text: string): string {
  return text.startsWith("np.") ? text : `(${text})`;
}
