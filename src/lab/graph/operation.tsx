/// <reference lib="dom" />
import type { JSX } from "preact";
import type { CourseActivation } from "../../nn/activation.ts";
import type { FormulaName } from "../formulas.ts";
import { Formula } from "../ui/formula.tsx";
import { entry } from "./compute/expression.ts";
import { differencesBy, isSlope } from "./compute/gradient_check.ts";
import { RATE } from "./compute/mistakes.ts";
import type { Making, Operand, Operation, Part } from "./compute/nodes.ts";
import { linesOf } from "./compute/numpy_program.ts";
import { MatrixGrid } from "./matrix_grid.tsx";
import type { GraphModel } from "./model.ts";
import { shapeName, tensorName, tensorTitle } from "./names.ts";
import { tensorsOf } from "./steps.ts";
import type { GraphWords } from "./words.ts";

const FORMULAS: Readonly<Record<"forward" | "back", Record<Operation["kind"], FormulaName>>> = {
  forward: {
    dot: "graph_dot",
    add: "graph_add",
    activate: "graph_activate",
    softmax: "graph_softmax",
    loss: "graph_loss",
  },
  back: {
    dot: "graph_dot_back",
    add: "graph_add_back",
    activate: "graph_activate_back",
    softmax: "graph_softmax_back",
    loss: "graph_loss_back",
  },
};

/** What the step does, with the matrices that it does it to. */
export function OperationView({ model, words }: { model: GraphModel; words: GraphWords }): JSX.Element {
  const { step, steps, done, shown, operations, net, places, mistake } = model;
  if (step.value === undefined) {
    return (
      <section class="operation" aria-live="polite">
        <h2>{words.begin}</h2>
        <p>{words.beginning}</p>
      </section>
    );
  }
  const { way, node } = step.value;
  const count = operations.value.length;
  const index = way === "forward" ? done.value : done.value - steps.value.length + count;
  const says = (way === "forward" ? words.forwards : words.backwards)[node.kind];
  const mistaken = way === "back" && places.value.includes(node) ? mistake.value : undefined;
  const lines = mistaken && linesOf(mistaken.name, node.layer, net.value.activation);
  return (
    <section class={`operation goes-${way}`}>
      <h2>
        <span class="where">{words.going(way, index, count)}</span> {words.kinds[node.kind]}
      </h2>
      <p aria-live="polite">
        {says}
        {way === "back" && node.kind === "dot" && node.layer === 1 && words.space + words.ends}
      </p>
      <p class="rule">
        <Formula name={FORMULAS[way][node.kind]} />
      </p>
      {lines && (
        <div class="code bad-line">
          <p>{words.madeAt}</p>
          <code>✗ {lines.wrong}</code>
          <code>✓ {lines.right}</code>
        </div>
      )}
      {tensorsOf(step.value, shown.value).map((tensor) => {
        const making = shown.value.makings.get(tensor);
        return making && <Equation key={tensor} model={model} words={words} making={making} />;
      })}
    </section>
  );
}

/** A tensor = what it is made of, each with its shape. */
function Equation({ model, words, making }: {
  readonly model: GraphModel;
  readonly words: GraphWords;
  readonly making: Making;
}): JSX.Element {
  const { tensor, rows, columns, equation } = making;
  const data = model.shown.value.values.get(tensor)?.data;
  const of = tensor.slice(1);
  const hides = model.isHidden.value && tensor.startsWith("d");
  const values = model.shown.value.values.get(of);
  const differences = tensor.startsWith("d") && values
    ? differencesBy(model.net.value, of, values).data
    : undefined;
  const isRight = differences?.every((slope, i) => isSlope(data?.[i] ?? NaN, slope));
  return (
    <div
      class={tensor.startsWith("d") ? "equation derivative" : "equation"}
      style={`--columns:${
        equation.reduce((sum, part) => sum + ("symbol" in part ? 1 : part.columns), columns)
      }`}
    >
      <Shown
        model={model}
        title={tensorTitle(tensor)}
        shape={shapeName(tensor, making)}
        rows={rows}
        columns={columns}
        entry={(row, column) => entry(tensor, { row, column, value: data?.[row * columns + column] ?? NaN })}
      />
      {hides && <span class="between">= ?</span>}
      {!hides && together(equation).map((parts, i) => (
        <span class="together" key={i}>
          {i === 0 && <span class="between">=</span>}
          {parts.map((part, j) => <PartView key={j} model={model} words={words} part={part} />)}
        </span>
      ))}
      {differences && (
        <span class={isRight ? "differences" : "differences wrong"}>
          <span class="between">{isRight ? "✓" : "≠"}</span>
          <Shown
            model={model}
            title={words.byDifferences}
            shape={shapeName(tensor, making)}
            rows={rows}
            columns={columns}
            entry={(row, column) => ({ kind: "number", value: differences[row * columns + column] })}
          />
        </span>
      )}
    </div>
  );
}

/** The parts in groups that no line break parts: a matrix with what stands before it, and with what closes after it. */
function together(equation: readonly Part[]): Part[][] {
  const groups: Part[][] = [];
  let isOpen = false;
  for (const part of equation) {
    const closes = "symbol" in part && (part.symbol === "close" || part.symbol === "over_n");
    if (isOpen || (closes && groups.length > 0)) groups[groups.length - 1].push(part);
    else groups.push([part]);
    if (!closes) isOpen = "symbol" in part;
  }
  return groups;
}

function PartView({ model, words, part }: {
  readonly model: GraphModel;
  readonly words: GraphWords;
  readonly part: Part;
}): JSX.Element {
  if ("symbol" in part) {
    const { activation, rows } = model.net.value;
    const text = part.symbol === "activation" && activation !== "identity"
      ? activation
      : part.symbol === "over_n"
      ? `/ ${rows}`
      : words.symbols[part.symbol];
    return <span class={text.length > 2 ? "between long" : "between"}>{text}</span>;
  }
  const { tensor, transposed = false, rows, columns } = part;
  const before = shapeName(tensor, transposed ? { rows: columns, columns: rows } : part);
  return (
    <Shown
      model={model}
      title={operandTitle(part, { activation: model.net.value.activation, words })}
      shape={transposed ? `${before}ᵀ = (${rows}, ${columns})` : before}
      rows={rows}
      columns={columns}
      entry={part.entry}
    />
  );
}

function operandTitle(
  { as, tensor, transposed }: Operand,
  { activation, words }: { activation: CourseActivation; words: GraphWords },
): string {
  const name = tensorName(tensor);
  const turned = transposed ? "ᵀ" : "";
  switch (as) {
    case "slope":
    case "slope_of":
      return `f′(${name})`;
    case "square_slope":
      return activation === "tanh" ? `1 − ${name}²` : `${name} ∘ (1 − ${name})`;
    case "moved":
      return words.moved(name, tensorName(`d${tensor}`), RATE) + turned;
    case "one_less":
      return `${name} ∘ (1 − ${name})`;
    case "inverse":
      return `1 / ${name}`;
    default:
      return name + turned;
  }
}

function Shown({ title, shape, ...grid }: {
  readonly title: string;
  readonly shape: string;
} & Omit<Parameters<typeof MatrixGrid>[0], "label">): JSX.Element {
  return (
    <figure class="shown">
      <figcaption>{title}</figcaption>
      <MatrixGrid label={`${title} ${shape}`} {...grid} />
      <span class="shape">{shape}</span>
    </figure>
  );
}
