import type { TopLevelSpec } from "vega-lite";
import { bestRunData } from "./sections/best_run_data.ts";
import { figure } from "./charts/chart.ts";
import { confusionFigure } from "./charts/confusion_figure.ts";
import { curvesFigure, MAX_NAMED } from "./charts/curves_figure.ts";
import { type DiagnosedRun, diagnosticsFigure } from "./charts/diagnostics_panel.ts";
import { effectPanel } from "./charts/effect_panel.ts";
import { pairPanel } from "./charts/pair_panel.ts";
import { parallelPanel } from "./charts/parallel_panel.ts";
import { curveSet } from "./sections/curve_data.ts";
import { effectCharts } from "./sections/effect_charts.ts";
import { filtersPng } from "./images/filters_png.ts";
import { mistakesPng } from "./images/mistakes_png.ts";
import type { ReportModel } from "./report_model.ts";
import { runName } from "../tables/results_csv.ts";

export type FigureName =
  | "learning_curves.svg"
  | "effects.svg"
  | "parameters.svg"
  | "confusion_matrix.svg"
  | "diagnostics.svg"
  | "misclassified.png"
  | "first_layer.png";

/** A figure: a chart to be drawn, or a PNG. */
export type Figure = { readonly chart: TopLevelSpec } | { readonly png: Uint8Array<ArrayBuffer> };

/** The figures of a report, by name; those that it has nothing to show in are left out. */
export function reportFigures(model: ReportModel): Map<FigureName, Figure> {
  const { input, t, best } = model;
  const figures = new Map<FigureName, Figure>();
  if (input.history.length > 0) {
    figures.set("learning_curves.svg", { chart: curvesFigure(model, curveSet(model, MAX_NAMED)) });
  }
  addEffects(model, figures);
  const run = bestRunData(model);
  if (run !== null) {
    figures.set("confusion_matrix.svg", { chart: confusionFigure(model, run.matrix, run.names.length) });
  }
  if (best !== undefined && input.inspection !== undefined) {
    const { mistakes, filters } = input.inspection;
    if (mistakes.images.count > 0) figures.set("misclassified.png", { png: mistakesPng(mistakes) });
    const { rows, columns } = mistakes.images;
    if (filters.units.length > 0) {
      figures.set("first_layer.png", {
        png: filtersPng({ weights: filters.weights, rows, columns, across: 10, scale: 2 }),
      });
    }
  }
  const runs = contrastedRuns(model);
  if (runs.length > 0) figures.set("diagnostics.svg", { chart: diagnosticsFigure(model, runs) });
  return figures;

  function addEffects(model: ReportModel, figures: Map<FigureName, Figure>): void {
    const charts = effectCharts(model);
    if (charts === null) return;
    const { axes, frame, name, pair, parallel } = charts;
    const columns = axes.length === 1 ? 1 : axes.length === 4 ? 2 : Math.min(3, axes.length);
    const width = columns === 1 ? 600 : columns === 2 ? 305 : 190;
    const description = t.effects.alt(name, axes.map(({ title }) => title).join(t.comma));
    const panels = axes.map((axis) =>
      effectPanel(axis, { ...frame, coloured: MAX_NAMED, width, height: 170 })
    );
    figures.set("effects.svg", { chart: figure(panels, { description, columns }) });
    const size = { ...frame, coloured: MAX_NAMED, width: 640, height: pair === null ? 300 : 260 };
    if (pair !== null) {
      figures.set("parameters.svg", { chart: figure([pairPanel(pair, size)], { description, columns: 1 }) });
    } else if (parallel) {
      figures.set("parameters.svg", {
        chart: figure([parallelPanel(axes, size)], { description, columns: 1 }),
      });
    }
  }
}

/** The best run and the last in rank that has diagnostics: what a good start looks like and what a bad one. */
export function contrastedRuns({ ranking, input, t, label }: ReportModel): DiagnosedRun[] {
  const runs = ranking.flatMap(({ trial, runs }) =>
    runs.flatMap(({ seed }) => {
      const rows = input.diagnostics.get(runName({ trial, seed }));
      return rows === undefined || rows.length === 0 ? [] : [{ trial, rows }];
    }).slice(0, 1)
  );
  const first = runs[0];
  const last = runs[runs.length - 1];
  if (first === undefined) return [];
  const name = (trial: number) => ranking.length === 1 ? label(trial) : t.trial(trial);
  if (first === last) return [{ title: name(first.trial), rows: first.rows }];
  return [
    { title: t.diagnostics.best(name(first.trial)), rows: first.rows },
    { title: t.diagnostics.last(name(last.trial)), rows: last.rows },
  ];
}
