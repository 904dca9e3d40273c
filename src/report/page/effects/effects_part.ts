import { pageChart as chartSpec, untitled } from "../../charts/chart.ts";
import { effectPanel } from "../../charts/effect_panel.ts";
import { togetherPanel } from "../../charts/parallel_panel.ts";
import type { ReportModel } from "../../report_model.ts";
import { type EffectCharts, effectNotes, effectTable } from "../../sections/effect_charts.ts";
import { extent, parallelLine } from "../../sections/effect_data.ts";
import { type PageChart, pageChart } from "../chart/page_chart.ts";

/** What each parameter does. */
export interface EffectsPart {
  /** A chart a parameter, in the order of the sweep. */
  readonly charts: readonly PageChart[];
  /** All parameters in one chart; null where there is none. */
  readonly together:
    | { readonly kind: "pair" | "parallel"; readonly chart: PageChart; readonly note: string }
    | null;
  /** By trial: its place on each axis, on each parallel axis, and its metric. */
  readonly places: Readonly<Record<string, EffectPlace>>;
  readonly notes: readonly string[];
  /** The metric's name, and which parameter explains how much. */
  readonly name: string;
  readonly shares: ReturnType<typeof effectTable>;
}

export interface EffectPlace {
  readonly x: readonly (string | number | null)[];
  readonly value: number | null;
  readonly broken: boolean;
  readonly line: readonly (readonly [axis: string, y: number])[];
}

/** Null where nothing was swept or nothing came out. @param trials those that can be ticked */
export function effectsPart(
  model: ReportModel,
  effects: EffectCharts | null,
  trials: ReadonlySet<number>,
): EffectsPart | null {
  if (effects === null) return null;
  const { t } = model;
  const { axes, frame, name, together, alt } = effects;
  const small = { ...frame, width: 240, height: 190, interactive: true };
  const charts = axes.map((axis, key) => {
    const { panel, data } = effectPanel(axis, small);
    const description = t.effects.alt(name, axis.title);
    const about = { id: `effect-${key}`, title: axis.title, description, data };
    return pageChart(chartSpec(untitled(panel), description), about);
  });
  return {
    charts,
    together: together && {
      kind: together.kind,
      note: together.note,
      chart: togetherChart(effects, { id: together.kind, title: together.heading, description: alt }),
    },
    places: effectPlaces(effects, trials),
    notes: effectNotes(model, effects),
    name,
    shares: effectTable(model, effects),
  };
}

function togetherChart(
  effects: EffectCharts,
  about: Pick<PageChart, "id" | "title" | "description">,
): PageChart {
  const height = effects.together?.kind === "pair" ? 280 : 320;
  const { panel, data } = togetherPanel(effects, { width: 600, height, interactive: true });
  return pageChart(chartSpec(panel, about.description), { ...about, data });
}

function effectPlaces(
  { axes, frame: { points }, name, together }: EffectCharts,
  trials: ReadonlySet<number>,
): Record<string, EffectPlace> {
  const range = extent(points.map(({ value }) => value));
  const titles = [...axes.map(({ title }) => title), name];
  const places = points.map((point, i): [number, EffectPlace] => {
    const { trial, value, broken } = point;
    const place = i / Math.max(1, points.length - 1);
    const line = together?.kind === "parallel" ? parallelLine(axes, point, { place, range }) : [];
    const named = line.map(({ axis, y }) => [titles[axis], Number(y.toPrecision(4))] as const);
    return [trial, { x: axes.map((axis) => axis.at(trial)), value, broken, line: named }];
  });
  return Object.fromEntries(places.filter(([trial]) => trials.has(trial)));
}
