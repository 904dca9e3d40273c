import { placeOnChart } from "../../sections/effect_axis.ts";
import type { Rows } from "../chart/chart_view.ts";
import type { PageData } from "../page_data.ts";
import { drawnTrials, type PageState, slotColour } from "../state.ts";
import type { EffectsPart } from "./effects_part.ts";
import { DRAWN, type PagePoint, TICKABLE } from "./page_point.ts";

/** The trials' points on one parameter's axis: all in grey, the ticked ones in their colours. */
export function effectRows(
  index: number,
  { part: { axes, charts, points }, page: { labels }, state }: {
    part: EffectsPart;
    page: Pick<PageData, "labels">;
    state: PageState;
  },
): Rows {
  const row = ([trial, value, flags, ...at]: PagePoint) => {
    const here = at[index];
    if (here === null) return [];
    // One that cannot be ticked has no number for a click to find.
    const tickable = flags & TICKABLE ? { trial } : {};
    return [{ ...tickable, x: placeOnChart(axes[index], here), value, tip: labels[trial] }];
  };
  const drawn = points.filter(([, , flags]) => flags & DRAWN).flatMap(row);
  const chosen = drawnTrials(state).flatMap(({ trial, slot }) =>
    points.filter((point) => point[0] === trial && point[1] !== null).flatMap(row)
      .map((point) => ({ ...point, colour: slotColour(slot) }))
  );
  return {
    ...charts[index].data,
    dots: drawn.filter(({ value }) => value !== null),
    missing: drawn.filter(({ value }) => value === null),
    chosen,
  };
}
