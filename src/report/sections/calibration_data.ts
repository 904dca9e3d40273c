// What is said of how far probabilities can be trusted. The page's script has this too.

import { type CalibrationBin, expectedCalibrationError } from "../../metrics/calibration.ts";
import { formatCount, formatPercent, formatSigned } from "../../text/numbers.ts";
import type { Messages } from "../messages/en.ts";

/** The groups that have samples, in words. */
export interface BinTable {
  readonly titles: readonly string[];
  /** The first cell is the group's range. */
  readonly rows: readonly (readonly string[])[];
}

export function binTable(bins: readonly CalibrationBin[], t: Messages): BinTable {
  const { confidence, images, accuracy, mean, gap } = t.calibration;
  return {
    titles: [confidence, images, accuracy, mean, gap],
    rows: bins.flatMap((bin, i) =>
      bin.accuracy === null || bin.confidence === null ? [] : [[
        binRange(i, bins.length),
        formatCount(bin.count),
        shortPercent(bin.accuracy),
        shortPercent(bin.confidence),
        formatSigned((100 * (bin.accuracy - bin.confidence)).toFixed(1)),
      ]]
    ),
  };
}

/** `93.3–100%` */
export function binRange(index: number, bins: number): string {
  const [low, high] = [index, index + 1].map((bound) => String(Number((100 * bound / bins).toFixed(1))));
  return `${low}–${high}%`;
}

export function calibrationSummary(bins: readonly CalibrationBin[], t: Messages): string {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  const mean = (of: "accuracy" | "confidence") =>
    formatPercent(bins.reduce((sum, bin) => sum + bin.count * (bin[of] ?? 0), 0) / all);
  const error = formatPercent(expectedCalibrationError(bins));
  return t.calibration.summary(error, mean("confidence"), mean("accuracy"));
}

function shortPercent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
