// Vega and its interpreter come as scripts of their own, which run before the page's; what the page uses of them.

import type { View } from "vega";

interface Vega {
  readonly View: new (runtime: unknown, options: object) => View;
  readonly Error: number;
  parse(spec: object, config?: object, options?: { ast: boolean }): unknown;
}

declare global {
  var vega: Vega;
  var expressionInterpreter: unknown;
}

/** A running view of a specification in its place; no text is ever run as a program. */
export function vegaView(spec: object, container: Element): View {
  const { vega, expressionInterpreter } = globalThis;
  const view = new vega.View(vega.parse(spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "svg",
    container,
    hover: true,
    logLevel: vega.Error,
  });
  // Vega's own tooltip tells of a line only right at its points.
  return view.tooltip(() => {});
}
