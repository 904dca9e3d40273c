import { compile, type TopLevelSpec } from "vega-lite";
import { pageChart, type PanelData, untitled } from "../charts/chart.ts";
import { curvePanels, type CurveSet } from "../charts/curves_figure.ts";
import {
  diagnosticsData,
  diagnosticsExtent,
  diagnosticsPanel,
  type Flow,
  FLOWS,
  magnitudeDomain,
} from "../charts/diagnostics_panel.ts";
import { extent, parallelLine } from "../sections/effect_data.ts";
import { effectPanel } from "../charts/effect_panel.ts";
import { COLOURS, THEMES } from "../charts/palette.ts";
import { togetherPanel } from "../charts/parallel_panel.ts";
import type { CurvePoint } from "../../analysis/curves.ts";
import { CURVE_METRICS } from "../../tables/metrics.ts";
import type { DiagnosticsRow } from "../../tables/diagnostics_csv.ts";
import type { EffectCharts } from "../sections/effect_charts.ts";
import { diagnosedRuns } from "../../analysis/ranking.ts";
import { runName } from "../../tables/results_csv.ts";
import type { ReportModel } from "../report_model.ts";

export interface PageChart {
  /** Of the element that it is drawn in, as `curve-val_loss`. */
  readonly id: string;
  readonly kind: "curve" | "effect" | "pair" | "parallel" | "diagnostics";
  /** Plain text, for the heading above it. */
  readonly title: string;
  readonly description: string;
  /** Vega specifications by variant, such as `log-linear`; the first is drawn first. */
  readonly specs: Readonly<Record<string, object>>;
  readonly data: PanelData;
  /** Of a curve: its metric. Of diagnostics: the flow. Of an effect: the number of its axis. */
  readonly key: string | number;
}

export interface PageData {
  readonly charts: readonly PageChart[];
  readonly themes: typeof THEMES;
  readonly colours: number;
  /** The trials in colour at first, best first. */
  readonly ticked: readonly number[];
  /** By trial, what it is called: `trial 3: hidden 400-200`. Of all trials that can be drawn. */
  readonly labels: Readonly<Record<string, string>>;
  /** By trial: each metric's curve, as [epoch, mean, low, high] or [epoch, mean] where all are the same, and its brokenAt. */
  readonly curves: Readonly<Record<string, object>>;
  /** Trials that are drawn in grey while they are not ticked. */
  readonly others: readonly number[];
  /** By trial: its place on each effect axis, its place on each parallel axis, its metric. */
  readonly effects: Readonly<Record<string, object>>;
  /** By trial: for each flow the rows of its chart. */
  readonly diagnostics: Readonly<Record<string, object>>;
  /** The script's texts in the report's language; it fills in what `%` stands for. */
  readonly words: Readonly<Record<string, string>>;
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}

/**
 * Everything that the page draws.
 * @param options.tabled trials that can be ticked, best first
 * @param options.set curves of all of them and of those in grey; the chosen ones are ticked at first
 */
export function pageData(
  model: ReportModel,
  { tabled, set, effects }: { tabled: readonly number[]; set: CurveSet; effects: EffectCharts | null },
): PageData {
  const { t, ranking } = model;
  const ticked = set.chosen;
  const charts: PageChart[] = [];
  const curves = new Map<string, { title: string; specs: Record<string, object> }>();
  for (const { metric, title, variant, panel } of curvePanels(model, set)) {
    const chart = curves.get(metric) ?? { title, specs: {} };
    chart.specs[variant] = vegaSpec(pageChart(panel, title));
    curves.set(metric, chart);
  }
  for (const [metric, { title, specs }] of curves) {
    const id = `curve-${metric}`;
    charts.push({ id, kind: "curve", title, description: title, specs, data: {}, key: metric });
  }
  if (effects !== null) charts.push(...effectPageCharts(model, effects));
  const diagnosed = diagnosedRuns(ranking, model.input.objective).flatMap(({ trial, seed }) => {
    const rows = model.input.diagnostics.get(runName({ trial, seed }));
    return rows === undefined || rows.length === 0 ? [] : [{ trial, rows }];
  });
  const flows = diagnosedCharts(model, diagnosed);
  charts.push(...flows.charts);
  const named = [...tabled, ...set.others, ...(effects?.frame.drawn ?? []).map(({ trial }) => trial)];
  return {
    charts,
    themes: THEMES,
    colours: COLOURS,
    ticked,
    labels: Object.fromEntries(named.map((trial) => [trial, model.label(trial)])),
    curves: Object.fromEntries([...set.curves].map(([trial, { brokenAt, ...metrics }]) => {
      const points = CURVE_METRICS.map((metric) => [metric, metrics[metric].map(compact)]);
      return [trial, { ...Object.fromEntries(points), brokenAt }];
    })),
    others: [...ticked, ...set.others],
    effects: effects === null ? {} : effectPlaces(effects, new Set(tabled)),
    diagnostics: flows.data,
    words: {
      colon: t.colon,
      comma: t.comma,
      epoch: t.epoch,
      selected: t.table.selected("%"),
      selectedNone: t.table.selectedNone,
      full: t.table.full(COLOURS),
      trial: t.trial("%" as unknown as number),
      mean: t.effects.mean,
      seeds: t.seed,
    },
  };
}

function compact({ epoch, mean, low, high }: CurvePoint): number[] {
  return low === high ? [epoch, short(mean)] : [epoch, short(mean), short(low), short(high)];
}

function vegaSpec(spec: TopLevelSpec): object {
  const { $schema: _, ...vega } = compile(spec).spec;
  return vega;
}

function effectPageCharts(
  { t }: ReportModel,
  effects: EffectCharts,
): PageChart[] {
  const { axes, frame, name: metric, together, alt: description } = effects;
  const small = { ...frame, width: 240, height: 190, interactive: true };
  const charts = axes.map((axis, key): PageChart => {
    const { panel, data } = effectPanel(axis, small);
    const description = t.effects.alt(metric, axis.title);
    const specs = { plain: vegaSpec(pageChart(untitled(panel), description)) };
    return { id: `effect-${key}`, kind: "effect", title: axis.title, description, specs, data, key };
  });
  if (together === null) return charts;
  const { kind, heading: title } = together;
  const height = kind === "pair" ? 280 : 320;
  const { panel, data } = togetherPanel(effects, { width: 600, height, interactive: true });
  const specs = { plain: vegaSpec(pageChart(panel, description)) };
  return [...charts, { id: kind, kind, title, description, specs, data, key: 0 }];
}

function effectPlaces(
  { axes, frame: { points }, name, together }: EffectCharts,
  trials: ReadonlySet<number>,
): Record<string, object> {
  const range = extent(points.map(({ value }) => value));
  const titles = [...axes.map(({ title }) => title), name];
  const places = points.map((point, i): [number, object] => {
    const { trial, value, broken } = point;
    const place = i / Math.max(1, points.length - 1);
    const line = together?.kind === "parallel" ? parallelLine(axes, point, { place, range }) : [];
    const named = line.map(({ axis, y }) => [titles[axis], short(y)]);
    return [trial, { x: axes.map((axis) => axis.at(trial)), value, broken, line: named }];
  });
  return Object.fromEntries(places.filter(([trial]) => trials.has(trial)));
}

function diagnosedCharts(
  { t }: ReportModel,
  runs: readonly { trial: number; rows: readonly DiagnosticsRow[] }[],
): { charts: PageChart[]; data: Record<string, object> } {
  if (runs.length === 0) return { charts: [], data: {} };
  const all = runs.flatMap(({ rows }) => rows);
  const frame = { t, ...diagnosticsExtent(all), width: 320, height: 230, legend: true, interactive: true };
  const domains = {
    activation: magnitudeDomain("activation", all),
    gradient: magnitudeDomain("gradient", all),
  };
  const charts = FLOWS.map((flow): PageChart => {
    const { panel } = diagnosticsPanel(flow, [], { ...frame, domain: domains[flow] });
    const title = t.diagnostics[flow];
    const specs = { plain: vegaSpec(pageChart(untitled(panel), title)) };
    const id = `diagnostics-${flow}`;
    return { id, kind: "diagnostics", title, description: title, specs, data: {}, key: flow };
  });
  const data = runs.map(({ trial, rows }) => {
    const flow = (name: Flow) => diagnosticsData(name, rows, { ...frame, domain: domains[name] });
    return [trial, { activation: flow("activation"), gradient: flow("gradient") }];
  });
  return { charts, data: Object.fromEntries(data) };
}
