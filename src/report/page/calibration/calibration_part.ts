import { examinedRuns } from "../../../analysis/ranking.ts";
import type { CalibrationBin } from "../../../metrics/calibration.ts";
import { runName } from "../../../tables/results_csv.ts";
import { pageSpec } from "../../charts/chart.ts";
import { confidencePanel, reliabilityPanel } from "../../charts/reliability_panel.ts";
import type { ReportModel } from "../../report_model.ts";
import { type CompileChart, type PageChart, pageChart } from "../chart/page_chart.ts";

/** How far the probabilities of some trials' networks can be trusted. */
export interface CalibrationPart {
  /** Best first. */
  readonly trials: readonly CalibratedTrial[];
  /** How many trials there are in all. */
  readonly all: number;
  readonly reliability: PageChart;
  readonly confidences: PageChart;
}

export interface CalibratedTrial {
  readonly trial: number;
  readonly seed: number;
  readonly label: string;
  /** Null where none were measured, or the file is not there. */
  readonly bins: readonly CalibrationBin[] | null;
}

/** Null where calibration was measured of no run. */
export function calibrationPart(model: ReportModel, compile: CompileChart): CalibrationPart | null {
  const { t, ranking, input: { calibrations, objective } } = model;
  if (calibrations === undefined || calibrations.size === 0) return null;
  const { confidence, accuracy, share, alt, altShare } = t.calibration;
  const charts = {
    reliability: { panel: reliabilityPanel({ confidence, accuracy }, { width: 400, height: 300 }), alt },
    confidences: { panel: confidencePanel({ confidence, share }, { width: 400, height: 90 }), alt: altShare },
  };
  const chart = (id: keyof typeof charts, title: string) => {
    const { panel, alt: description } = charts[id];
    return pageChart(pageSpec(panel, description), { id, title, description, compile });
  };
  return {
    trials: examinedRuns(ranking, objective).map(({ trial, seed }) => ({
      trial,
      seed,
      label: model.label(trial),
      bins: calibrations.get(runName({ trial, seed }))?.map(({ count, accuracy, confidence }) => ({
        count,
        accuracy: short(accuracy),
        confidence: short(confidence),
      })) ?? null,
    })),
    all: ranking.length,
    reliability: chart("reliability", t.calibration.diagram),
    confidences: chart("confidences", t.calibration.counts),
  };
}

/** In more digits than the page shows. */
function short(share: number | null): number | null {
  return share === null ? null : Number(share.toFixed(6));
}
