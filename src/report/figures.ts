import type { TopLevelSpec } from "vega-lite";
import type { RankedTrial } from "../analysis/ranking.ts";
import { bestInspection, bestRunData } from "./sections/best_run_data.ts";
import { figure } from "./charts/chart.ts";
import { confusionFigure } from "./charts/confusion_figure.ts";
import { curvesFigure, MAX_NAMED } from "./charts/curves_figure.ts";
import { type DiagnosedRun, diagnosticsFigure } from "./charts/diagnostics_panel.ts";
import { effectFigure } from "./charts/effect_panel.ts";
import { togetherPanel } from "./charts/parallel_panel.ts";
import { curveSet } from "./sections/curve_data.ts";
import { effectCharts } from "./sections/effect_charts.ts";
import { fieldsSvg } from "./images/fields_svg.tsx";
import { fieldSet } from "./sections/field_data.ts";
import { filtersPng } from "./images/filters_png.ts";
import { mistakesSvg } from "./images/mistakes_svg.tsx";
import { mistakePlaces, MOST_CONFIDENT } from "./sections/judged_images.ts";
import type { ReportModel } from "./report_model.ts";
import { runName } from "../tables/results_csv.ts";

export type FigureName =
  | "learning_curves.svg"
  | "effects.svg"
  | "parameters.svg"
  | "confusion_matrix.svg"
  | "diagnostics.svg"
  | "decision_fields.svg"
  | "misclassified.svg"
  | "first_layer.png";

export type Figure =
  | { readonly chart: TopLevelSpec }
  | { readonly svg: string }
  | { readonly png: Uint8Array<ArrayBuffer> };

/**
 * The figures of a report, each with its name; those that it has nothing to show in are left out. Charts come first, as each is made: another
 * thread may draw them meanwhile.
 */
export function* reportFigures(model: ReportModel): Generator<[FigureName, Figure]> {
  const { t, input: { history } } = model;
  if (history.length > 0) {
    yield ["learning_curves.svg", { chart: curvesFigure(model, curveSet(model, MAX_NAMED)) }];
  }
  yield* effectFigures(model);
  const run = bestRunData(model);
  if (run !== null) {
    yield ["confusion_matrix.svg", { chart: confusionFigure(model, run.matrix, run.names) }];
  }
  const runs = contrastedRuns(model);
  if (runs.length > 0) yield ["diagnostics.svg", { chart: diagnosticsFigure(model, runs) }];
  const fields = fieldSet(model);
  if (fields !== null) yield ["decision_fields.svg", { svg: fieldsSvg(fields, t) }];
  const inspection = bestInspection(model);
  if (inspection === undefined) return;
  const { judged, filters: { units, weights } } = inspection;
  const { rows, columns } = judged.images;
  const places = mistakePlaces(judged).slice(0, MOST_CONFIDENT);
  if (places.length > 0) {
    yield ["misclassified.svg", { svg: mistakesSvg(judged, { places, names: run?.names ?? [], t }) }];
  }
  if (units.length > 0) {
    yield ["first_layer.png", { png: filtersPng({ weights, rows, columns, across: 10, scale: 2 }) }];
  }
}

function* effectFigures(model: ReportModel): Generator<[FigureName, Figure]> {
  const charts = effectCharts(model);
  if (charts === null) return;
  const { axes, together, alt: description } = charts;
  const columns = axes.length === 1 ? 1 : axes.length === 4 ? 2 : Math.min(3, axes.length);
  const width = columns === 1 ? 600 : columns === 2 ? 305 : 180;
  const panels = axes.map((_, i) =>
    effectFigure(charts, i, { model, coloured: MAX_NAMED, width, height: 170 })
  );
  yield ["effects.svg", { chart: figure(panels, { description, columns }) }];
  if (together === null) return;
  const height = together.kind === "pair" ? 260 : 300;
  const panel = togetherPanel(charts, { model, width: 640, height });
  yield ["parameters.svg", { chart: figure([panel], { description, columns: 1 }) }];
}

/** The best run and the last in rank that has diagnostics: what a good start looks like and what a bad one. */
function contrastedRuns({ ranking, input, t, single }: ReportModel): DiagnosedRun[] {
  const { diagnostics } = input;
  if (diagnostics.size === 0) return [];
  const diagnosed = ({ trial, runs }: RankedTrial): DiagnosedRun | undefined => {
    for (const { seed } of runs) {
      const { rows } = diagnostics.get(runName({ trial, seed })) ?? { rows: [] };
      if (rows.length > 0) return { rows, title: single ?? t.trial(trial) };
    }
  };
  const [best, worst] = [ranking.findIndex(diagnosed), ranking.findLastIndex(diagnosed)];
  if (best < 0) return [];
  const [first, last] = [diagnosed(ranking[best])!, diagnosed(ranking[worst])!];
  if (best === worst) return [first];
  return [
    { ...first, title: t.diagnostics.best(first.title) },
    { ...last, title: t.diagnostics.last(last.title) },
  ];
}
