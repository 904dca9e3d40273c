import { curvesAlt, MAX_NAMED } from "../charts/curves_figure.ts";
import { curveNotes, curveSet } from "../sections/curve_data.ts";
import {
  type EffectCharts,
  effectCharts,
  effectNotes,
  parameterMeans,
  shareRows,
} from "../sections/effect_charts.ts";
import { fieldSet } from "../sections/field_data.ts";
import type { FigureName } from "../figures.ts";
import { escapeMarkdown, image, markdownTable, right } from "../../text/markdown.ts";
import { classCount, type ReportModel, sentences } from "../report_model.ts";

export function curvesSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t } = model;
  if (!figures.has("learning_curves.svg")) return [];
  const set = curveSet(model, MAX_NAMED);
  return [
    `## ${t.curves.heading}`,
    image("figures/learning_curves.svg", curvesAlt(model, set)),
    sentences(model, curveNotes(model, { set, page: false })),
  ];
}

export function fieldsSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t } = model;
  const set = fieldSet(model);
  if (set === null || !figures.has("decision_fields.svg")) return [];
  return [
    `## ${t.fields.heading}`,
    image("figures/decision_fields.svg", t.fields.alt(set.fields.length)),
    sentences(model, set.notes),
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
    ...meansTable(model, charts),
    ...(together === null || !figures.has("parameters.svg")
      ? []
      : [`### ${together.heading}`, image("figures/parameters.svg", alt), together.note]),
  ];
}

/** A bar's blocks where a share is all of the variance. */
const BLOCKS = 25;

function sharesTable(model: ReportModel, charts: EffectCharts): string[] {
  const { t } = model;
  const { notes, rows } = shareRows(model, charts);
  if (notes.length === 0) return [];
  const heading = `### ${t.effects.tableHeading}`;
  if (rows.length === 0) return [heading, sentences(model, notes)];
  const cells = rows.map(({ title, share, text }) => [
    escapeMarkdown(title),
    text,
    "█".repeat(Math.round(BLOCKS * share)),
  ]);
  const columns = [{ title: t.effects.parameter }, right(t.effects.share), { title: "" }];
  return [heading, markdownTable(columns, cells), sentences(model, notes)];
}

function meansTable(model: ReportModel, charts: EffectCharts): string[] {
  const { t } = model;
  const { parameter, value, trials, mean, intervalColumn, meansHeading } = t.effects;
  const columns = [{ title: parameter }, ...[value, trials, mean, intervalColumn].map(right)];
  const cells = parameterMeans(model, charts).flatMap(({ title, rows }) =>
    rows.map(({ level, trials, mean, interval, best }, i) => [
      i === 0 ? escapeMarkdown(title) : "",
      best ? `**${escapeMarkdown(level)}**` : escapeMarkdown(level),
      trials,
      mean,
      interval,
    ])
  );
  return [`### ${meansHeading(charts.metric.title)}`, markdownTable(columns, cells)];
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
      t.diagnostics.reading(classCount(model)),
    ]),
  ];
}
