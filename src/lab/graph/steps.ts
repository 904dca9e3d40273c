import type { Operation } from "./compute/nodes.ts";
import type { Walk } from "./compute/walk.ts";

/** One node on the way, forward or back. */
export interface Step {
  readonly way: "forward" | "back";
  readonly node: Operation;
}

/** Through the graph and back again. */
export function stepsOf(operations: readonly Operation[]): Step[] {
  return [
    ...operations.map((node): Step => ({ way: "forward", node })),
    ...operations.toReversed().map((node): Step => ({ way: "back", node })),
  ];
}

/** The tensors that a step makes. */
export function tensorsOf({ way, node }: Step, { makings }: Pick<Walk, "makings">): string[] {
  if (way === "forward") return [node.name];
  // A dot product makes the weights' derivative first: moved too early, they are moved by it.
  return node.inputs.map((input) => `d${input}`).filter((tensor) => makings.has(tensor)).toReversed();
}

/** The tensors that are there after the first `count` steps. */
export function tensorsAfter(count: number, steps: readonly Step[], walk: Walk): ReadonlySet<string> {
  const given = walk.nodes.filter(({ kind }) => kind === "given").map(({ name }) => name);
  const made = steps.slice(0, count).flatMap((step) => tensorsOf(step, walk));
  return new Set([...given, ...count > steps.length / 2 ? ["dL"] : [], ...made]);
}
