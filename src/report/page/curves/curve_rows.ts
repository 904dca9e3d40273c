import type { Rows } from "../chart/chart_view.ts";
import { drawnTrials, type PageState, slotColour } from "../state.ts";
import type { PageData } from "../page_data.ts";
import type { Messages } from "../../messages/en.ts";
import { type CurveMetric, isAccuracy } from "../../../tables/metrics.ts";
import type { CurvesPart } from "./curves_part.ts";

/** The rows of a metric's chart: grey lines for the trials that are not ticked, the others in their colours. */
export function curveRows(
  metric: CurveMetric,
  { part: { curves, others }, page: { labels }, t, state }: {
    part: CurvesPart;
    page: PageData;
    t: Messages;
    state: PageState;
  },
): Rows {
  const drawn = drawnTrials(state);
  const named = new Set(drawn.map(({ trial }) => trial));
  const points = (trial: number) => curves[trial]?.[metric] ?? [];
  const text = (value: number) => isAccuracy(metric) ? `${(100 * value).toFixed(2)}%` : String(value);
  const lines: object[] = [];
  const bands: object[] = [];
  for (const { trial, slot } of drawn) {
    const colour = slotColour(slot);
    for (const [epoch, mean, low, high] of points(trial)) {
      const range = low === undefined || high === undefined ? "" : ` (${text(low)}–${text(high)})`;
      const tip = `${labels[trial]}\n${t.epoch} ${epoch}${t.colon}${text(mean)}${range}`;
      lines.push({ key: trial, trial, epoch, mean, width: 2.25, colour, tip });
      if (low !== undefined) bands.push({ key: trial, epoch, low, high, colour });
    }
  }
  const grey = others.filter((trial) => !named.has(trial));
  const crosses = [...named, ...grey].flatMap((trial) => {
    const epoch = curves[trial]?.brokenAt ?? null;
    return epoch === null ? [] : [{ trial, epoch, tip: labels[trial] }];
  });
  return {
    others: grey.flatMap((trial) =>
      points(trial).map(([epoch, mean]) => ({ trial, epoch, mean, tip: labels[trial] }))
    ),
    lines,
    bands,
    crosses,
  };
}
