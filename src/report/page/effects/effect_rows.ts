import { drawnTrials, type PageState, slotColour } from "../state.ts";
import type { Rows } from "../chart/chart_view.ts";
import type { PageData } from "../page_data.ts";
import type { EffectsPart } from "./effects_part.ts";

interface EffectRowsInput {
  readonly part: EffectsPart;
  readonly page: Pick<PageData, "labels">;
  readonly state: PageState;
}

/** The ticked trials' points on one parameter's axis. */
export function effectRows(
  axis: number,
  { part: { charts, places }, page: { labels }, state }: EffectRowsInput,
): Rows {
  const chosen = drawnTrials(state).flatMap(({ trial, slot }) => {
    const { x = [], value = null } = places[trial] ?? {};
    if (value === null || x[axis] === null) return [];
    return [{ trial, x: x[axis], value, colour: slotColour(slot), tip: labels[trial] }];
  });
  return { ...charts[axis].data, chosen };
}

/** The ticked trials' lines through the parallel axes. */
export function togetherRows(
  { part: { together, places }, page: { labels }, state }: EffectRowsInput,
): Rows {
  if (together === null) return {};
  if (together.kind === "pair") return together.chart.data;
  const chosen = drawnTrials(state).flatMap(({ trial, slot }) => {
    const { line = [], broken = false } = places[trial] ?? {};
    const colour = slotColour(slot);
    return line.map(([axis, y]) => ({ trial, axis, y, colour, broken, tip: labels[trial] }));
  });
  return { ...together.chart.data, chosen };
}
