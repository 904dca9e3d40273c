import { type DiagnosticsRow, type OctaveCounts, QUANTILE_NAMES } from "../../../tables/diagnostics_csv.ts";
import { CODES, encodeDigits, encodeNumbers } from "../code.ts";
import { FLOWS } from "../../sections/flows.ts";
import { DECADE, FIRST, STEPS } from "./layer_values.ts";

/** A layer after an epoch as a text of some fifty characters: see decodeLayer(). */
export function encodeLayer(row: DiagnosticsRow): string {
  const hasHistograms = FLOWS.every((flow) => row[`${flow}_histogram`] !== null);
  const names = hasHistograms ? ["p50"] as const : QUANTILE_NAMES;
  const numbers = FLOWS.flatMap((flow) => [
    row[`${flow}_std`],
    ...names.map((name) => row[`${flow}_${name}`]),
  ]);
  const saturated = encodeNumbers([Math.round((CODES - 1) * (row.saturated ?? 0))]);
  const histograms = FLOWS.map((flow) => encodeOctaves(row[`${flow}_histogram`]));
  return [saturated + encodeNumbers(numbers.flatMap(decimal)), ...hasHistograms ? histograms : []].join(":");
}

/** A magnitude as its exponent of ten and its first three digits. */
function decimal(value: number | null): [exponent: number, digits: number] {
  if (value === null || value <= 0) return [0, 0];
  const [digits, exponent] = value.toExponential(2).split("e");
  return [Number(exponent) + DECADE, Math.round(100 * Number(digits))];
}

function encodeOctaves(found: OctaveCounts | null): string {
  if (found === null) return "";
  const { zeros, first, counts } = found;
  const total = counts.reduce((sum, count) => sum + count, zeros);
  // What is there at all is not rounded to nothing.
  const step = (count: number) =>
    count === 0 || total === 0 ? 0 : Math.max(1, Math.round(STEPS * Math.sqrt(count / total)));
  return encodeNumbers([first + FIRST]) + encodeDigits([step(zeros), ...counts.map(step)]);
}
