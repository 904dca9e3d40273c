import { distinct } from "../../../metrics/statistics.ts";
import { examinedRuns, MAX_INSPECTED } from "../../../analysis/ranking.ts";
import { groupBy, sample } from "../../../analysis/lists.ts";
import type { Inspection } from "../../../numpy/inspection_npz.ts";
import type { Diagnostics } from "../../../tables/diagnostics_csv.ts";
import { runName } from "../../../tables/results_csv.ts";
import { formatPercent, MISSING } from "../../../text/numbers.ts";
import { magnitudePanel, sharePanel } from "../../charts/layer_panels.ts";
import { pageSpec } from "../../charts/chart.ts";
import { filterLimit, filtersSprite } from "../../images/filters_png.ts";
import { type SpriteShape, spriteShape } from "../../images/sprite.ts";
import { classCount, type ReportModel } from "../../report_model.ts";
import { hasUntouched } from "../../sections/best_run_data.ts";
import { formatMeasure } from "../../sections/flows.ts";
import type { CompileChart } from "../chart/page_chart.ts";
import type { VegaSpec } from "../chart/vega_spec.ts";
import { encodeLayer } from "./encode_layer.ts";

/** What the layers of some trials' networks look like from inside. */
export interface LayersPart {
  /** Best first. */
  readonly trials: readonly LayerTrial[];
  /** Of magnitudes on a logarithmic axis, and of shares; their axes are those of no trial yet. */
  readonly magnitudes: VegaSpec;
  readonly shares: VegaSpec;
  /** How many there are, where somebody knows. */
  readonly classes?: number;
}

export interface LayerTrial {
  readonly trial: number;
  readonly label: string;
  readonly flows: LayerFlows | null;
  readonly filters: TrialFilters | null;
}

/** What flowed through the layers of a run. */
export interface LayerFlows {
  /** Of the probes that are held: 0 is before training. */
  readonly epochs: readonly number[];
  /** Of how many they are an even sample. */
  readonly allEpochs: number;
  /** Of each layer, from the first. */
  readonly units: readonly number[];
  /** By layer, then by epoch: see decodeLayer(). */
  readonly codes: readonly (readonly string[])[];
  /** After the last epoch, by layer: mean and standard deviation of the activations, share saturated, standard deviation of the gradients. */
  readonly last: readonly (readonly string[])[];
}

/** First-layer weights, an image a unit. */
export interface TrialFilters {
  readonly units: readonly number[];
  /** Of each unit's weights, the square root of the sum of their squares. */
  readonly norms: readonly string[];
  readonly total: number;
  /** Whether the units are hidden ones, and not the classes. */
  readonly hidden: boolean;
  /** Whether some weights may be as training began: see hasUntouched(). */
  readonly untouched?: true;
  /** The weight of full colour. */
  readonly limit: string;
  readonly sprite: SpriteShape;
}

/** Units of the best trial, and of each of the others. */
const UNITS = { best: 32, other: 16 };
/** Epochs of a run, as long as there are not too many layers of too many runs. */
const MAX_EPOCHS = 40;
const MIN_EPOCHS = 8;
/** Layers after epochs, of all runs. */
const MAX_PROBES = 1600;

/** The part, and by trial the address of the picture of its weights, which the page's style holds; null where there is nothing to show. */
export function layersPart(
  model: ReportModel,
  compile: CompileChart,
): { part: LayersPart; pictures: ReadonlyMap<number, string> } | null {
  const { ranking, input } = model;
  const runs = examinedRuns(ranking, input.objective);
  const found = runs.map((run) => ({
    ...run,
    diagnostics: input.diagnostics.get(runName(run)) ?? { rows: [], epochs: 0 },
  }));
  const layers = found.reduce(
    (sum, { diagnostics: { rows } }) => sum + new Set(rows.map(({ layer }) => layer)).size,
    0,
  );
  const epochs = Math.max(MIN_EPOCHS, Math.min(MAX_EPOCHS, Math.floor(MAX_PROBES / Math.max(1, layers))));
  const pictures = new Map<number, string>();
  const trials = found.map(({ trial, seed, diagnostics }, i): LayerTrial => {
    const inspection = i < MAX_INSPECTED ? input.inspections.get(runName({ trial, seed })) : undefined;
    const filters = inspection && trialFilters(inspection, {
      most: i === 0 ? UNITS.best : UNITS.other,
      hidden: ranking[i].runs[0].hidden.length > 0,
      untouched: hasUntouched(ranking[i].runs[0], inspection),
    });
    if (filters) pictures.set(trial, filters.picture);
    return {
      trial,
      label: model.label(trial),
      flows: diagnostics.rows.length === 0 ? null : layerFlows(diagnostics, epochs),
      filters: filters?.filters ?? null,
    };
  }).filter(({ flows, filters }) => flows !== null || filters !== null);
  if (trials.length === 0) return null;
  const spec = (panel: Parameters<typeof pageSpec>[0]) => compile(pageSpec(panel, ""));
  const classes = classCount(model);
  const part = {
    trials,
    magnitudes: spec(magnitudePanel(model.t)),
    shares: spec(sharePanel(model.t)),
    ...classes !== undefined && { classes },
  };
  return { part, pictures };
}

function layerFlows({ rows, epochs: allEpochs }: Diagnostics, most: number): LayerFlows {
  const read = distinct(rows.map(({ epoch }) => epoch));
  const epochs = sample(read, most);
  const layers = [...groupBy(rows, ({ layer }) => layer)].sort(([a], [b]) => a - b);
  const number = (value: number | null) => value === null ? MISSING : formatMeasure(value);
  const last = layers.map(([layer, probes]) => {
    const row = probes.reduce((a, b) => b.epoch > a.epoch ? b : a);
    return [
      number(row.activation_mean),
      number(row.activation_std),
      layer === layers.length ? MISSING : formatPercent(row.saturated),
      number(row.gradient_std),
    ];
  });
  return {
    epochs,
    allEpochs,
    units: layers.map(([, [{ units }]]) => units),
    codes: layers.map(([, probes]) =>
      probes.filter(({ epoch }) => epochs.includes(epoch)).sort((a, b) => a.epoch - b.epoch).map(encodeLayer)
    ),
    last,
  };
}

function trialFilters(
  { judged: { images: { rows, columns } }, filters: { units, weights, total } }: Inspection,
  { most, hidden, untouched }: { most: number; hidden: boolean; untouched: boolean },
): { filters: TrialFilters; picture: string } | null {
  const count = Math.min(most, units.length);
  if (count === 0 || rows * columns === 0) return null;
  const size = rows * columns;
  const shown = weights.subarray(0, count * size);
  const limit = filterLimit(shown);
  const sprite = spriteShape({ rows, columns, count });
  const norms = Array.from({ length: count }, (_, i) => {
    const squares = shown.subarray(i * size, (i + 1) * size).reduce(
      (sum, weight) => sum + weight * weight,
      0,
    );
    return Math.sqrt(squares).toPrecision(2);
  });
  return {
    filters: {
      units: [...units.subarray(0, count)],
      norms,
      total,
      hidden,
      ...untouched && { untouched },
      limit: limit.toPrecision(2),
      sprite,
    },
    picture: filtersSprite(shown, { limit, shape: sprite }),
  };
}
