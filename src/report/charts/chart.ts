import type { TopLevelSpec } from "vega-lite";
import { CHART_CONFIG, token } from "./palette.ts";

export type Panel = Extract<TopLevelSpec, { hconcat: unknown }>["hconcat"][number];
export type PanelData = Readonly<Record<string, readonly object[]>>;

export interface FilledPanel {
  /** How it is drawn; it names its data sources and holds no rows. */
  readonly panel: Panel;
  readonly data: PanelData;
}

const SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json";

/** The colour of a mark that its row names. */
export const ROW_COLOUR = { field: "colour", type: "nominal", scale: null } as const;

/** The channel by which a mark on a page tells what its row says of itself. */
export function tooltip(interactive = false): { tooltip?: { field: "tip" } } {
  return interactive ? { tooltip: { field: "tip" } } : {};
}

export function crossMark(size: number) {
  return { type: "point", shape: "cross", angle: 45, size, filled: true, color: token("bad"), opacity: 1 };
}

/** Panels in rows of `columns`, as one chart with its data in it: for a figure. */
export function figure(
  panels: readonly FilledPanel[],
  { description, columns, spacing = 36 }: { description: string; columns: number; spacing?: number },
): TopLevelSpec {
  return {
    $schema: SCHEMA,
    description,
    config: CHART_CONFIG,
    padding: 12,
    datasets: Object.fromEntries(
      panels.flatMap(({ data }, i) => Object.entries(data).map(([name, rows]) => [`${name}${i}`, [...rows]])),
    ),
    columns,
    spacing,
    concat: panels.map(({ panel }, i) => numbered(panel, i) as Panel),
  };
}

/** A panel whose title stands above it on the page. */
export function untitled(panel: Panel): Panel {
  const { title: _, ...rest } = panel;
  return rest as Panel;
}

/** A panel as a chart of its own that is as wide as its place on a page; its data sources are empty, to be filled there. */
export function pageSpec(panel: Panel, description: string): TopLevelSpec {
  return {
    $schema: SCHEMA,
    description,
    config: CHART_CONFIG,
    autosize: { type: "fit-x", contains: "padding" },
    padding: { left: 0, right: 6, top: 4, bottom: 6 },
    ...panel,
    width: "container",
  } as TopLevelSpec;
}

/** Data sources get the panel's number, so that panels of one figure do not share them. */
function numbered(value: unknown, number: number): unknown {
  if (Array.isArray(value)) return value.map((item) => numbered(item, number));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "data" && Object.hasOwn(Object(inner), "name")
        ? { name: `${inner.name}${number}` }
        : numbered(inner, number),
    ]),
  );
}
