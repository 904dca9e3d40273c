import type { Points, SweptValues } from "./method.ts";

/** Points that are filtered are looked at one by one, all of them: a second's worth. */
export const MAX_FILTERED = 1_000_000;

/** The points that `keep` keeps, in their order. Looks at every point at once. */
export function filteredPoints(points: Points, keep: (point: SweptValues) => boolean): Points {
  const kept: number[] = [];
  for (let index = 0; index < points.count; index++) if (keep(points.at(index))) kept.push(index);
  return {
    count: kept.length,
    at: (index) => points.at(kept[index]),
    place: (index, path) => points.place(kept[index], path),
  };
}
