import { MAX_NAMED } from "../charts/curves_figure.ts";
import { curveNotes, curveSet } from "../sections/curve_data.ts";
import { type EffectCharts, effectCharts, effectNotes, effectTable } from "../sections/effect_charts.ts";
import type { FigureName } from "../figures.ts";
import { escapeMarkdown, image, markdownTable, right } from "../../text/markdown.ts";
import { type ReportModel, sentences } from "../report_model.ts";

export function curvesSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t } = model;
  if (!figures.has("learning_curves.svg")) return [];
  return [
    `## ${t.curves.heading}`,
    image("figures/learning_curves.svg", t.curves.alt),
    sentences(model, curveNotes(model, { set: curveSet(model, MAX_NAMED), page: false })),
  ];
}

export function effectsSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t } = model;
  const charts = effectCharts(model);
  if (charts === null) return [];
  const { alt, together } = charts;
  return [
    `## ${t.effects.heading}`,
    image("figures/effects.svg", alt),
    sentences(model, effectNotes(model, charts)),
    ...sharesTable(model, charts),
    ...(together === null || !figures.has("parameters.svg")
      ? []
      : [`### ${together.heading}`, image("figures/parameters.svg", alt), together.note]),
  ];
}

function sharesTable(model: ReportModel, charts: EffectCharts): string[] {
  const { t } = model;
  const { notes, rows } = effectTable(model, charts);
  if (rows.length === 0) return [];
  const columns = [
    { title: t.effects.parameter },
    ...[t.effects.share, t.effects.value, t.effects.runs, t.effects.meanOf(charts.name)].map(right),
  ];
  const cells = rows.map(({ parameter, share, level, runs, mean, best }) => [
    escapeMarkdown(parameter),
    share,
    best ? `**${escapeMarkdown(level)}**` : escapeMarkdown(level),
    runs,
    mean,
  ]);
  return [`### ${t.effects.tableHeading}`, markdownTable(columns, cells), sentences(model, notes)];
}

export function diagnosticsSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t } = model;
  if (!figures.has("diagnostics.svg")) return [];
  return [
    `## ${t.diagnostics.heading}`,
    image("figures/diagnostics.svg", t.diagnostics.altShort),
    sentences(model, [
      t.diagnostics.note,
      t.diagnostics.figureNote,
      t.diagnostics.gradientNote,
      t.diagnostics.reading,
    ]),
  ];
}
