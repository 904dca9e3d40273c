import { COLOURS, THEMES } from "../charts/palette.ts";
import type { CurveSet } from "../charts/curves_figure.ts";
import type { ReportModel } from "../report_model.ts";
import type { EffectCharts } from "../sections/effect_charts.ts";
import type { Language } from "../../text/language.ts";
import type { TableCut } from "../sections/table_data.ts";
import type { ComparedPart } from "./compare/compared_part.ts";
import { type CurvesPart, curvesPart } from "./curves/curves_part.ts";
import { type EffectsPart, effectsPart } from "./effects/effects_part.ts";
import { type LayersPart, layersPart } from "./layers/layers_part.ts";
import { type TrialsPart, trialsPart } from "./trials/trials_part.ts";

/** Everything that the page's living parts show, as JSON in the page; null where the page has no such part. */
export interface PageData {
  readonly language: Language;
  readonly themes: typeof THEMES;
  /** How many trials have a colour at a time. */
  readonly colours: number;
  /** The trials in colour at first, best first. */
  readonly ticked: readonly number[];
  /** By trial, what it is called: `trial 3: hidden 400-200`. Of all trials that can be drawn. */
  readonly labels: Readonly<Record<string, string>>;
  readonly trials: TrialsPart;
  readonly curves: CurvesPart | null;
  readonly effects: EffectsPart | null;
  readonly layers: LayersPart | null;
  /** The trials of a comparison; a report has none. */
  readonly compared?: ComparedPart;
}

/**
 * Works out the data of the page's living parts.
 * @param options.cut the trials of the table
 * @param options.set curves of all of them and of those in grey; the chosen ones are ticked at first
 */
export function pageData(
  model: ReportModel,
  { cut, set, effects }: { cut: TableCut; set: CurveSet; effects: EffectCharts | null },
): PageData {
  const tabled = [...cut.shown, ...cut.broken].map(({ trial }) => trial);
  const named = [...tabled, ...set.others, ...(effects?.drawn ?? []).map(({ trial }) => trial)];
  return {
    language: model.t.language,
    themes: THEMES,
    colours: COLOURS,
    ticked: set.chosen,
    labels: Object.fromEntries(named.map((trial) => [trial, model.label(trial)])),
    trials: trialsPart(model, cut),
    curves: curvesPart(model, set),
    effects: effectsPart(model, effects, new Set(tabled)),
    layers: layersPart(model),
  };
}
