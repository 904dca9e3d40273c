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

/** What each swept parameter does to the metric, as charts and as a table. */
export function effectsSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t } = model;
  const charts = effectCharts(model);
  if (charts === null) return [];
  const { axes, name, pair, parallel } = charts;
  const alt = t.effects.alt(name, axes.map(({ title }) => title).join(t.comma));
  const parts = [
    `## ${t.effects.heading}`,
    image("figures/effects.svg", alt),
    sentences(model, effectNotes(model, charts)),
    ...sharesTable(model, charts),
  ];
  if (!figures.has("parameters.svg")) return parts;
  if (pair !== null) {
    parts.push(`### ${t.effects.pairHeading(pair[0].title, pair[1].title)}`);
    parts.push(image("figures/parameters.svg", alt), t.effects.pairNote(name));
  } else if (parallel) {
    parts.push(
      `### ${t.effects.parallelHeading}`,
      image("figures/parameters.svg", alt),
      t.effects.parallelNote(name),
    );
  }
  return parts;
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
    sentences(model, [t.diagnostics.note, t.diagnostics.gradientNote, t.diagnostics.reading]),
  ];
}
