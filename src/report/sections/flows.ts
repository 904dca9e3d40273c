import type { Messages } from "../messages/en.ts";

/** What is measured at each unit of a layer. */
export const FLOWS = ["activation", "gradient"] as const;
export type Flow = (typeof FLOWS)[number];

/** `hidden 1`, or `output`. @param layer from 1, as in diagnostics.csv */
export function layerName(layer: number, layers: number, t: Messages): string {
  return layer === layers ? t.diagnostics.output : t.diagnostics.hidden(layer);
}

/** A measured number to a few digits, the very small and the very large with a power of ten: 0.123, 5.1e−7. */
export function formatMeasure(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (value === 0) return "0";
  const isPlain = size >= 1e-3 && size < 10 ** digits;
  const text = isPlain ? value.toPrecision(digits) : value.toExponential(digits - 1).replace("e+", "e");
  return text.replaceAll("-", "\u2212");
}
