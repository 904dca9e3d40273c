import type { TopLevelSpec } from "vega-lite";
// @ts-types="./vega.ts"
import { compile, parse, View } from "./bundle/vega.js";
import { inColours, THEMES } from "./palette.ts";

/** Attributes that hold pixel positions and sizes. */
const GEOMETRY = /(?<= (?:d|transform|x|y|x1|y1|x2|y2|width|height|viewBox|points)=")[^"]*/g;
/** What vega counts up over all charts of a process. */
const COUNTED_ID = /\b(clip|gradient_)(\d+)\b/g;

/**
 * Draws a vega-lite chart as SVG on a light ground, without a DOM or a canvas: same chart, same bytes. Positions are rounded to hundredths
 * of a pixel, so that the last digits of `Math.*`, which differ between JavaScript engines, do not reach the file. Vega makes code of a
 * chart's expressions, as it comes to, so what draws a chart needs no permission and has none: see chart_worker.ts.
 * @throws Error if the chart is not one that vega-lite takes
 */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(inColours(compile(spec).spec, THEMES.light)), { renderer: "none" });
  try {
    return normalize(await view.toSVG());
  } finally {
    view.finalize();
  }
}

function normalize(svg: string): string {
  const ids = new Map<string, string>();
  const renumber = (id: string, kind: string) => {
    const known = ids.get(id) ?? `${kind}${ids.size + 1}`;
    ids.set(id, known);
    return known;
  };
  return svg.replaceAll(/<[^>]*>/g, (tag) =>
    tag
      .replaceAll(GEOMETRY, (value) => value.replaceAll(/-?\d+\.\d+(?:e[+-]?\d+)?/g, hundredths))
      .replaceAll(COUNTED_ID, renumber)) + "\n";
}

function hundredths(number: string): string {
  return String(Math.round(Number(number) * 100) / 100);
}
