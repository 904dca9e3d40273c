import { pageSpec, untitled } from "../../charts/chart.ts";
import { effectPanel } from "../../charts/effect_panel.ts";
import { pairPanel } from "../../charts/pair_panel.ts";
import type { ReportModel } from "../../report_model.ts";
import type { EffectAxis } from "../../sections/effect_axis.ts";
import {
  type EffectCharts,
  effectNotes,
  type ParameterMeans,
  parameterMeans,
  type ShareRow,
  shareRows,
} from "../../sections/effect_charts.ts";
import { type CompileChart, type PageChart, pageChart } from "../chart/page_chart.ts";
import { BROKEN, DRAWN, type PagePoint, TICKABLE } from "./page_point.ts";

/** What each parameter does. */
export interface EffectsPart {
  readonly axes: readonly EffectAxis[];
  readonly metric: EffectAxis;
  readonly goal: "minimize" | "maximize";
  /** A chart a parameter, in the order of the sweep, with the means in it. */
  readonly charts: readonly PageChart[];
  /** The trials that are drawn, and others that can be ticked; best first. */
  readonly points: readonly PagePoint[];
  /** Whether there are more trials than are drawn. */
  readonly sampled: boolean;
  readonly together:
    | { readonly kind: "pair"; readonly chart: PageChart; readonly note: string }
    | { readonly kind: "parallel"; readonly heading: string; readonly note: string }
    | null;
  readonly notes: readonly string[];
  readonly shares: { readonly rows: readonly ShareRow[]; readonly notes: readonly string[] };
  readonly means: readonly ParameterMeans[];
}

/** Null where nothing was swept or nothing came out. @param options.trials those that can be ticked */
export function effectsPart(
  model: ReportModel,
  effects: EffectCharts | null,
  { trials, compile }: { trials: ReadonlySet<number>; compile: CompileChart },
): EffectsPart | null {
  if (effects === null) return null;
  const { t, input: { objective: { goal } } } = model;
  const { axes, metric } = effects;
  const charts = axes.map(({ title }, i) => {
    const { panel, means } = effectPanel(effects, i, { model, width: 240, height: 200, interactive: true });
    const description = t.effects.alt(metric.title, title);
    const about = { id: `effect-${i}`, title, description, compile, data: { means } };
    return pageChart(pageSpec(untitled(panel), description), about);
  });
  return {
    axes,
    metric,
    goal,
    charts,
    points: pagePoints(effects, trials),
    sampled: effects.drawn.length < effects.points.length,
    together: togetherPart(model, effects, compile),
    notes: effectNotes(model, effects),
    shares: shareRows(model, effects),
    means: parameterMeans(model, effects),
  };
}

function pagePoints({ points, drawn }: EffectCharts, trials: ReadonlySet<number>): PagePoint[] {
  const unticked = new Set(drawn.map(({ trial }) => trial));
  const flag = (holds: boolean, value: number) => holds ? value : 0;
  return points.flatMap(({ trial, value, broken, at }): PagePoint[] => {
    const flags = flag(broken, BROKEN) + flag(unticked.has(trial), DRAWN) +
      flag(trials.has(trial), TICKABLE);
    return flags > BROKEN ? [[trial, short(value), flags, ...at.map(short)]] : [];
  });
}

function togetherPart(
  model: ReportModel,
  effects: EffectCharts,
  compile: CompileChart,
): EffectsPart["together"] {
  const { together, alt: description } = effects;
  if (together === null) return null;
  const { kind, heading, note } = together;
  if (kind === "parallel") return { kind, heading, note };
  const { panel, data } = pairPanel(effects, { model, width: 600, height: 280, interactive: true });
  const about = { id: kind, title: heading, description, compile, data };
  return { kind, note, chart: pageChart(pageSpec(panel, description), about) };
}

/** In as many digits as anybody sees. */
function short(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6));
}
