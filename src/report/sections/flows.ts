import type { Messages } from "../messages/en.ts";

/** What is measured at each unit of a layer. */
export const FLOWS = ["activation", "gradient"] as const;
export type Flow = (typeof FLOWS)[number];

/** `hidden 1`, or `output`. @param layer from 1, as in diagnostics.csv */
export function layerName(layer: number, layers: number, t: Messages): string {
  return layer === layers ? t.diagnostics.output : t.diagnostics.hidden(layer);
}
