import { summarize } from "../../metrics/classification.ts";
import { formatPercent } from "../../text/numbers.ts";
import type { Messages } from "../messages/en.ts";

/** How many confusions are named. */
const MOST = 3;
/** A mistake of one in ten is as dark as a mistake gets: errors of a good network would not be seen otherwise. */
export const DARKEST_MISTAKE = 0.1;

/** What a confusion matrix says in words: how many images were misclassified, and which classes were taken for which. */
export function confusionSentences(t: Messages, matrix: Uint32Array, names: readonly string[]): string[] {
  const { samples, misclassified, accuracy } = summarize(matrix);
  return [
    t.bestRun.wrong(misclassified, samples, formatPercent(1 - accuracy)),
    worstConfusions(t, matrix, names),
  ];
}

/** A sentence on which classes were taken for which, the most frequent first; empty where there was no mistake. */
function worstConfusions(t: Messages, matrix: Uint32Array, names: readonly string[]): string {
  const classes = Math.round(Math.sqrt(matrix.length));
  const pairs = [...matrix]
    .map((count, i) => ({ count, label: Math.floor(i / classes), predicted: i % classes }))
    .filter(({ count, label, predicted }) => count > 0 && label !== predicted)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
    .map(({ count, label, predicted }) => t.confusion.pair(names[label], names[predicted], count));
  return pairs.length === 0 ? "" : t.confusion.worst(pairs.join(t.comma));
}

/** A share in percent, as short as it can be read in a cell: 99%, 1.2%, 0.1%. */
export function formatRate(rate: number): string {
  const percent = 100 * rate;
  const whole = percent >= 9.95 && (percent <= 99.5 || percent >= 100);
  return `${percent.toFixed(whole ? 0 : 1)}%`;
}
