/// <reference lib="dom" />
import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Expression } from "./compute/expression.ts";
import type { GraphNode, Operation } from "./compute/nodes.ts";
import { MatrixGrid } from "./matrix_grid.tsx";
import type { GraphModel } from "./model.ts";
import { shapeName, tensorName } from "./names.ts";
import type { GraphWords } from "./words.ts";

/** The graph: along its line the operations, each with what it gives and, beneath, the derivative by it; over them what is given. */
export function GraphMap({ model, words }: { model: GraphModel; words: GraphWords }): JSX.Element {
  const { nodes, operations, step } = model;
  const place = useRef<HTMLDivElement | null>(null);
  useSignalEffect(() => {
    if (step.value === undefined) return;
    const map = place.current;
    const card = map?.querySelector<HTMLElement>(`[data-node="${step.value.node.name}"]`);
    if (!map || !card) return;
    map.scrollTo({
      left: card.offsetLeft - (map.clientWidth - card.offsetWidth) / 2,
      top: card.offsetTop - (map.clientHeight - card.offsetHeight) / 2,
    });
  });
  const find = (name: string) => nodes.value.find((node) => node.name === name);
  const { sizes, rows } = model.net.value;
  // Over the loss stand the labels.
  const cells = operations.value.reduce((count, { columns }) => count + columns, sizes[0]) + sizes.at(-1)! -
    1;
  return (
    <div class="holder">
      <div
        ref={place}
        class="map scroll"
        role="group"
        aria-label={words.graph}
        style={`--cells:${cells};--cards:${operations.value.length + 1};--rows:${rows}`}
      >
        <div class="column">
          <div class="on-line">
            {nodes.value.slice(0, 1).map((node) => (
              <Card key={node.name} model={model} words={words} node={node} />
            ))}
          </div>
        </div>
        {operations.value.map((node) => {
          const given = node.inputs.map(find).find((input) => input?.kind === "given" && input.name !== "X");
          return (
            <div class="column" key={node.name}>
              {given && (
                <div class="above">
                  <Card model={model} words={words} node={given} />
                  <Arrows model={model} from={given.name} to={node} upright />
                </div>
              )}
              <div class="on-line">
                <Arrows model={model} from={node.inputs[0]} to={node} />
                <Card model={model} words={words} node={node} />
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Card({ model, words, node }: {
  readonly model: GraphModel;
  readonly words: GraphWords;
  readonly node: GraphNode;
}): JSX.Element {
  const { name, kind } = node;
  const { step, steps, places, shown, made, goTo } = model;
  const derivative = `d${name}`;
  const hasDerivative = name === "L" || shown.value.makings.has(derivative);
  const active = step.value?.node.name === name ? " active" : "";
  const operand = step.value?.node.inputs.includes(name) ? " operand" : "";
  const mistaken = places.value.some((place) => place.name === name);
  const isOperation = (node: GraphNode): node is Operation => node.kind !== "given";
  const title = (
    <>
      {isOperation(node) && <span class="sign">{signOf(node, model, words)}</span>}
      <span class="name">{tensorName(name)}</span>
      <span class="shape">{shapeName(name, node)}</span>
    </>
  );
  return (
    <div class={`card ${kind}${active}${operand}`} data-node={name}>
      {isOperation(node)
        ? (
          <button
            type="button"
            class="head"
            title={words.kinds[node.kind]}
            aria-current={active === "" ? undefined : "step"}
            onClick={() => {
              const way = step.value?.way ?? "forward";
              goTo(steps.value.findIndex((other) => other.way === way && other.node === node) + 1);
            }}
          >
            {title}
          </button>
        )
        : <div class="head">{title}</div>}
      <Tensor model={model} tensor={name} node={node} />
      {name === "X" && <Space />}
      {hasDerivative && (
        <div class="back">
          <div class="title">
            {tensorName(derivative)}
            {mistaken && <span class="mark" role="img" aria-label={words.madeAt}>✗</span>}
          </div>
          <Tensor model={model} tensor={derivative} node={node} there={made.value.has(derivative)} />
        </div>
      )}
    </div>
  );
}

/** As high as a derivative, so that the data stand beside what is made of them. */
function Space(): JSX.Element {
  return (
    <div class="back space" aria-hidden="true">
      <div class="title">
        <div class="title">&nbsp;</div>
      </div>
      <div class="tensor" />
    </div>
  );
}

function Tensor({ model, tensor, node: { rows, columns }, there = model.made.value.has(tensor) }: {
  readonly model: GraphModel;
  readonly tensor: string;
  readonly node: GraphNode;
  readonly there?: boolean;
}): JSX.Element {
  const data = model.shown.value.values.get(tensor)?.data;
  const entry = (row: number, column: number): Expression => ({
    kind: "entry",
    tensor,
    row,
    column,
    value: data?.[row * columns + column] ?? NaN,
  });
  return (
    <div class="tensor">
      <MatrixGrid
        model={model}
        label={`${tensorName(tensor)} ${shapeName(tensor, { rows, columns })}`}
        rows={rows}
        columns={columns}
        entry={entry}
        there={there}
      />
    </div>
  );
}

function signOf({ kind }: Operation, { net }: GraphModel, { symbols, kinds }: GraphWords): string {
  switch (kind) {
    case "dot":
      return symbols.dot;
    case "add":
      return symbols.plus;
    case "activate":
      return net.value.activation === "identity" ? symbols.activation : net.value.activation;
    case "softmax":
      return symbols.softmax;
    case "loss":
      return kinds.loss;
  }
}

/** From an input to a node, and back once the derivative is there. */
function Arrows({ model, from, to, upright = false }: {
  readonly model: GraphModel;
  readonly from: string;
  readonly to: Operation;
  readonly upright?: boolean;
}): JSX.Element {
  const { made, step, shown } = model;
  const goes = made.value.has(to.name);
  const returns = made.value.has(`d${from}`);
  const active = step.value?.node.name === to.name ? step.value.way : undefined;
  return (
    <span class={upright ? "arrows upright" : "arrows"} aria-hidden="true">
      <Arrow class={`there${goes ? "" : " to-come"}${active === "forward" ? " now" : ""}`} />
      {shown.value.makings.has(`d${from}`) && (
        <Arrow class={`again${returns ? "" : " unmade"}${active === "back" ? " now" : ""}`} />
      )}
    </span>
  );
}

function Arrow({ class: name }: { class: string }): JSX.Element {
  return (
    <svg class={name} viewBox="0 0 24 14" width="24" height="14">
      <path d="M1 7h20m-6-6 6 6-6 6" />
    </svg>
  );
}
