import { CALIBRATION_BINS, type CalibrationBin } from "../metrics/calibration.ts";
import { count, finite, metric } from "../text/codecs.ts";
import { formatTable, parseTable, type Table, wrongTable } from "./table.ts";

/** One row of `calibration.csv`: a bin of a run's reliability diagram. */
interface CalibrationRow extends CalibrationBin {
  /** From 1. */
  readonly bin: number;
  /** Its confidences are above `low` and at most `high`. */
  readonly low: number;
  readonly high: number;
}

const TABLE: Table<CalibrationRow> = {
  name: "calibration.csv",
  columns: { bin: count, low: finite, high: finite, count, accuracy: metric, confidence: metric },
  key: ["bin"],
};

/** Writes the bins of calibrationBins(), empty ones too. */
export function formatCalibration(bins: readonly CalibrationBin[]): string {
  return formatTable(
    TABLE,
    bins.map((bin, i) => ({ ...bin, bin: i + 1, low: i / bins.length, high: (i + 1) / bins.length })),
  );
}

/** @throws SyntaxError that names what is at fault, also where there are not all bins */
export function parseCalibration(text: string): CalibrationBin[] {
  const rows = parseTable(TABLE, text, CALIBRATION_BINS);
  if (rows.length !== CALIBRATION_BINS || rows.some(({ bin }, i) => bin !== i + 1)) {
    throw wrongTable(TABLE, {
      en: `it must have the bins 1 to ${CALIBRATION_BINS}, found ${rows.length} rows`,
      ja: `区間 1 から ${CALIBRATION_BINS} までの行が必要ですが、${rows.length} 行あります`,
    });
  }
  return rows.map(({ count, accuracy, confidence }) => ({ count, accuracy, confidence }));
}
