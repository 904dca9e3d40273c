import type { Config } from "vega-lite";

/** How many trials have a colour at a time: Okabe and Ito's, told apart with any colour vision, lightened on a dark ground. */
export const COLOURS = 6;

/** Charts name colours by what they are for, as `token:ink`; what stands for each on a light and on a dark ground. */
const PALETTE = {
  ground: ["#ffffff", "#15191f"],
  ink: ["#1f2328", "#e6e9ee"],
  soft: ["#57606a", "#a3adb9"],
  grid: ["#e6e9ed", "#2a313b"],
  muted: ["#b4bac2", "#57616e"],
  bad: ["#b42318", "#ff8a7a"],
  low: ["#f2f6fb", "#1b2430"],
  high: ["#0b4f8a", "#8cc8ff"],
  onhigh: ["#ffffff", "#0d1117"],
  // The ends of a line's colour by its metric; between them by way of red, so that neither end is grey.
  worst: ["#b87a00", "#8674e8"],
  best: ["#3d2b9e", "#ffd166"],
  c0: ["#0072b2", "#4aa8e8"],
  c1: ["#d55e00", "#ff8a3d"],
  c2: ["#009e73", "#2cc79b"],
  c3: ["#b5548f", "#e596c6"],
  c4: ["#b07d00", "#f0b93a"],
  c5: ["#3d9bd6", "#a9dcff"],
} as const;

type ColourName = keyof typeof PALETTE;

function theme(ground: 0 | 1): Readonly<Record<ColourName, string>> {
  const colours = Object.entries(PALETTE).map(([name, pair]) => [name, pair[ground]]);
  return Object.fromEntries(colours) as Record<ColourName, string>;
}

export const THEMES = { light: theme(0), dark: theme(1) };

export function token(name: ColourName): string {
  return `token:${name}`;
}

/** The colour of the trial that is drawn as number `index`, from 0. */
export function trialColour(index: number): string {
  return index < COLOURS ? `token:c${index}` : token("muted");
}

/** A theme's colours as CSS variables of the page, those of paper too: light by the reader's ground, and on paper. */
export function themeStyle(): string {
  const variables = (colours: Colours) =>
    `:root{${Object.entries(colours).map(([name, colour]) => `--${name}:${colour}`).join(";")}}`;
  return `${variables(THEMES.light)}@media (prefers-color-scheme:dark){${
    variables(THEMES.dark)
  }}@media print{${variables(THEMES.light)}}`;
}

/** By what each colour is for. */
export type Colours = Readonly<Record<string, string>>;

/** A copy of plain data in which every `token:NAME` is the theme's colour. */
export function inColours<T>(value: T, colours: Colours): T {
  const resolve = (item: unknown): unknown => {
    if (typeof item === "string") return item.startsWith("token:") ? colours[item.slice(6)] : item;
    if (Array.isArray(item)) return item.map(resolve);
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, resolve(inner)]));
  };
  return resolve(value) as T;
}

/** Two legends stand below each other: side by side they would be wider than the figure. Vega-Lite hands it on, though its types lack it. */
const LEGENDS_BELOW: object = { layout: { bottom: { anchor: "start", direction: "vertical" } } };

export const CHART_CONFIG: Config = {
  background: token("ground"),
  font:
    "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, 'Hiragino Sans', 'Noto Sans JP', 'Noto Sans CJK JP', 'Yu Gothic', Meiryo, sans-serif",
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
    ...LEGENDS_BELOW,
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
