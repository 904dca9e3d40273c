import type { TopLevelSpec } from "vega-lite";
import type { EpochRow } from "../history_csv.ts";
import { lossPanel, type PanelContent } from "./loss_panel.ts";
import { lossScale } from "./loss_scale.ts";
import { type Curve, type CurvePoint, meanCurves } from "./mean_curves.ts";
import { PALETTE, THEME } from "./theme.ts";

/** A trial as the figure names it. */
export interface CurveTrial {
  readonly trial: number;
  readonly label: string;
  /** Whether a run of it diverged; a cross marks the epoch. */
  readonly diverged: boolean;
}

type TrialCurve = CurveTrial & Curve;

/** Grey lines beyond this many say nothing more and make the file large. */
const MAX_OTHERS = 200;
/** Pixels that the panels and what is between them take of the figure's 760. */
const WIDTH = 696;
const GAP = 44;
const NO_CURVE: Curve = { training: [], validation: [], brokenAt: null };

/**
 * Loss against epoch: the best five trials in colour, the rest in grey; training on the left, validation on the right, on
 * one scale. A single trial gets one panel with both losses. Losses are means over the trial's seeds.
 * @param options.trials every trial, best first
 * @param options.history the epochs of all runs
 * @returns a vega-lite chart, 760 pixels wide
 */
export function learningCurves(
  { trials, history }: { trials: readonly CurveTrial[]; history: readonly EpochRow[] },
): TopLevelSpec {
  const means = meanCurves(history);
  const curves = trials.map((trial) => ({ ...trial, ...(means.get(trial.trial) ?? NO_CURVE) }));
  const best = curves.slice(0, PALETTE.length);
  const others = curves.slice(PALETTE.length, PALETTE.length + MAX_OTHERS);
  const drawn = [...best, ...others];
  const validated = drawn.some((curve) => curve.validation.length > 0);
  const single = trials.length === 1 && validated;

  const legend = single ? ["training", "validation"] : best.map((curve) => curve.label);
  const rest = trials.length - best.length;
  if (rest > 0) legend.push(restLabel(rest, others.length));
  const panels = single ? [singlePanel(best[0])] : trialPanels({ best, others, validated });
  const lastEpoch = history.reduce((last, row) => Math.max(last, row.epoch), 1);
  const scale = lossScale(best.flatMap(losses), others.flatMap(losses));
  const frame = {
    legend,
    legendColumns: single ? 2 : 1,
    scale,
    lastEpoch,
    crosses: drawn.filter((curve) => curve.diverged).map((curve) => brokenAt(curve, lastEpoch)),
    width: panels.length === 1 ? WIDTH : (WIDTH - GAP) / 2,
  };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: "Training and validation loss against epoch",
    config: THEME,
    spacing: GAP,
    hconcat: panels.map((panel, i) => {
      const title = scale.type === "log" ? `${panel.title} (log scale)` : panel.title;
      return lossPanel({ ...panel, title, labelled: i === 0 }, frame);
    }),
  };
}

type Content = Omit<PanelContent, "labelled">;

function singlePanel(curve: Curve): Content {
  return {
    title: "Loss",
    lines: [
      { label: "training", points: curve.training, thickness: 2.5 },
      { label: "validation", points: curve.validation, thickness: 2.5 },
    ],
    muted: [],
  };
}

function trialPanels(
  { best, others, validated }: { best: TrialCurve[]; others: TrialCurve[]; validated: boolean },
): Content[] {
  const content = (title: string, points: (curve: Curve) => readonly CurvePoint[]) => ({
    title,
    lines: best.map((curve, i) => ({
      label: curve.label,
      points: points(curve),
      thickness: i === 0 ? 3.5 : 1.75,
    })),
    muted: others.map(points),
  });
  const panels = [content("Training loss", (curve) => curve.training)];
  if (validated) panels.push(content("Validation loss", (curve) => curve.validation));
  return panels;
}

/** A run that ended before it wrote the epoch's row broke in the epoch after its last. */
function brokenAt(curve: Curve, lastEpoch: number): number {
  return curve.brokenAt ?? Math.min(lastEpoch, curve.training.length + 1);
}

function losses(curve: Curve): number[] {
  return [...curve.training, ...curve.validation].map((point) => point.loss);
}

function restLabel(rest: number, drawn: number): string {
  if (drawn < rest) return `the next ${drawn} of ${rest} other trials`;
  return rest === 1 ? "1 other trial" : `${rest} other trials`;
}
