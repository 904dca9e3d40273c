import type { Config } from "vega-lite";

/**
 * How many trials have a colour at a time. The colours are Okabe and Ito's, told apart with any colour vision, lightened on a dark
 * ground.
 */
export const COLOURS = 6;

/** Charts name colours by what they are for, as `token:ink`; what stands for each depends on the page's ground. */
export const THEMES = {
  light: {
    ground: "#ffffff",
    ink: "#1f2328",
    soft: "#57606a",
    grid: "#e6e9ed",
    muted: "#b4bac2",
    bad: "#b42318",
    low: "#f2f6fb",
    high: "#0b4f8a",
    onhigh: "#ffffff",
    c0: "#0072b2",
    c1: "#d55e00",
    c2: "#009e73",
    c3: "#b5548f",
    c4: "#b07d00",
    c5: "#3d9bd6",
  },
  dark: {
    ground: "#15191f",
    ink: "#e6e9ee",
    soft: "#a3adb9",
    grid: "#2a313b",
    muted: "#57616e",
    bad: "#ff8a7a",
    low: "#1b2430",
    high: "#8cc8ff",
    onhigh: "#0d1117",
    c0: "#4aa8e8",
    c1: "#ff8a3d",
    c2: "#2cc79b",
    c3: "#e596c6",
    c4: "#f0b93a",
    c5: "#a9dcff",
  },
} as const;

export type ColourName = keyof (typeof THEMES)["light"];

/** A colour in a chart's specification, for resolveColours(). */
export function token(name: ColourName): string {
  return `token:${name}`;
}

/** The colour of the trial that is drawn as number `index`, from 0. */
export function trialColour(index: number): string {
  return index < COLOURS ? `token:c${index}` : token("muted");
}

/** A copy of plain data in which every `token:NAME` is the theme's colour. */
export function resolveColours<T>(value: T, theme: keyof typeof THEMES): T {
  const colours: Readonly<Record<string, string>> = THEMES[theme];
  const resolve = (item: unknown): unknown => {
    if (typeof item === "string") return item.startsWith("token:") ? colours[item.slice(6)] : item;
    if (Array.isArray(item)) return item.map(resolve);
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, resolve(inner)]));
  };
  return resolve(value) as T;
}

const FONT =
  "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, 'Hiragino Sans', 'Noto Sans JP', 'Noto Sans CJK JP', 'Yu Gothic', Meiryo, sans-serif";

export const CHART_CONFIG: Config = {
  background: token("ground"),
  font: FONT,
  view: { stroke: null },
  // Each point would be read out on its own; the chart's description says what it shows, and tables hold the numbers.
  mark: { aria: false },
  axis: {
    aria: false,
    domainColor: token("soft"),
    gridColor: token("grid"),
    labelColor: token("ink"),
    labelFontSize: 11,
    labelPadding: 5,
    tickColor: token("soft"),
    tickSize: 4,
    titleColor: token("soft"),
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 8,
  },
  legend: {
    aria: false,
    title: null,
    labelColor: token("ink"),
    labelFontSize: 11,
    labelLimit: 665,
    rowPadding: 3,
    symbolSize: 300,
    symbolStrokeWidth: 3,
  },
  title: {
    anchor: "start",
    frame: "group",
    color: token("ink"),
    fontSize: 13,
    fontWeight: "bold",
    subtitleColor: token("soft"),
    subtitleFontSize: 11,
    subtitlePadding: 4,
    offset: 8,
  },
};
