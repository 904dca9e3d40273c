import { COLOURS, THEMES } from "../charts/palette.ts";
import type { CurveSet } from "../charts/curves_figure.ts";
import type { RowKind } from "../../data/catalogue.ts";
import { type ReportModel, rowKind } from "../report_model.ts";
import type { EffectCharts } from "../sections/effect_charts.ts";
import type { Language } from "../../text/language.ts";
import type { TableCut } from "../sections/table_data.ts";
import { type BestPart, bestPart } from "./answer/best_part.ts";
import { type CalibrationPart, calibrationPart } from "./calibration/calibration_part.ts";
import type { ComparedPart } from "./compare/compared_part.ts";
import type { CompileChart } from "./chart/page_chart.ts";
import { type CurvesPart, curvesPart } from "./curves/curves_part.ts";
import { type EffectsPart, effectsPart } from "./effects/effects_part.ts";
import { type ErrorsPart, errorsPart } from "./errors/errors_part.ts";
import { type LayersPart, layersPart } from "./layers/layers_part.ts";
import type { Leads } from "./leads.ts";
import { type TrialsPart, trialsPart } from "./trials/trials_part.ts";

/** Everything that the page's living parts show, as JSON in the page; null where the page has no such part. */
export interface PageData {
  readonly language: Language;
  /** What the rows of the data set are; left out: images. */
  readonly rows?: RowKind;
  readonly themes: typeof THEMES;
  /** How many trials have a colour at a time. */
  readonly colours: number;
  /** The trials in colour at first, best first. */
  readonly ticked: readonly number[];
  /** By trial, what it is called: `trial 3: hidden 400-200`. Of all trials that can be drawn. */
  readonly labels: Readonly<Record<string, string>>;
  /** What the one trial of a report is called; null where there are several. */
  readonly single: string | null;
  readonly best: BestPart | null;
  readonly trials: TrialsPart;
  readonly curves: CurvesPart | null;
  readonly effects: EffectsPart | null;
  readonly errors: ErrorsPart | null;
  readonly layers: LayersPart | null;
  /** Left out where calibration was measured of no run. */
  readonly calibration?: CalibrationPart;
  /** The trials of a comparison; a report has none. */
  readonly compared?: ComparedPart;
  readonly leads?: Leads;
}

/**
 * Works out the data of the page's living parts, and the style that holds the pictures that they show.
 * @param options.cut the trials of the table
 * @param options.set curves of all of them and of those in grey; the chosen ones are ticked at first
 * @param options.most as for pageParts()
 */
export function pageData(
  model: ReportModel,
  { cut, set, effects, compile, most = "all" }: {
    cut: TableCut;
    set: CurveSet;
    effects: EffectCharts | null;
    compile: CompileChart;
    most?: "all" | "table";
  },
): { page: PageData; pictures: string } {
  const tabled = [...cut.shown, ...cut.broken].map(({ trial }) => trial);
  const drawable = new Set([...tabled, ...set.chosen, ...set.others]);
  const named = [...drawable, ...(effects?.drawn ?? []).map(({ trial }) => trial)];
  const [errors, calibration, layers] = most === "all"
    ? [errorsPart(model), calibrationPart(model, compile), layersPart(model, compile)]
    : [null, null, null];
  const page: PageData = {
    language: model.t.language,
    ...(rowKind(model.input) === "images" ? {} : { rows: rowKind(model.input) }),
    themes: THEMES,
    colours: COLOURS,
    ticked: set.chosen,
    labels: Object.fromEntries(named.map((trial) => [trial, model.label(trial)])),
    single: model.single,
    best: bestPart(model, compile),
    trials: trialsPart(model, { cut, sampled: set.others.length, drawable }),
    curves: most === "all" ? curvesPart(model, set, compile) : null,
    effects: effectsPart(model, effects, { trials: drawable, compile }),
    errors: errors?.part ?? null,
    layers: layers?.part ?? null,
    ...(calibration === null ? {} : { calibration }),
  };
  const pictures = [
    [".digit", errors?.picture ?? null] as const,
    ...Array.from(layers?.pictures ?? [], ([trial, picture]) => [`.filters-${trial} i`, picture] as const),
  ];
  return { page, pictures: pictures.map(([of, picture]) => pictureRule(of, picture)).join("") };
}

/** One rule a picture, however many elements show parts of it and whether the file or the script wrote them. */
function pictureRule(selector: string, picture: string | null): string {
  return picture === null ? "" : `${selector}{background-image:url(${picture})}`;
}
