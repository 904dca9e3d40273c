import type { ReportModel } from "../report_model.ts";

const MOST = 3;

/** A sentence on which classes were taken for which, the most frequent first; empty where there was no mistake. */
export function worstConfusions({ t }: ReportModel, matrix: Uint32Array, classes: number): string {
  const pairs = [...matrix].map((count, i) => ({
    count,
    label: Math.floor(i / classes),
    predicted: i % classes,
  }))
    .filter(({ count, label, predicted }) => count > 0 && label !== predicted)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
    .map(({ count, label, predicted }) => t.confusion.pair(String(label), String(predicted), count));
  return pairs.length === 0 ? "" : t.confusion.worst(pairs.join(t.comma));
}
