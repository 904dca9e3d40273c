import { z } from "zod";
import { expecting } from "../../settings/setting.ts";
import type { Settings } from "../../settings/settings.ts";
import { grid } from "./grid.ts";
import { list } from "./list.ts";
import type { ListingMethod, Point, Points } from "./method.ts";
import { halton, sobol } from "./quasi_random.ts";
import { random } from "./random.ts";
import { zip } from "./zip.ts";

/** The methods that list the trials of a sweep, by the names that configs know them by. */
export const LISTING_METHODS = { grid, zip, list, random, sobol, halton };

type Schema = (typeof LISTING_METHODS)[keyof typeof LISTING_METHODS]["schema"];

export type Candidates = z.output<Schema>;

/** What messages say a sweep must be. */
export const EXAMPLE = {
  en: "a mapping such as {method: grid, parameters: {train.learning_rate: [0.01, 0.1]}}",
  ja: "{method: grid, parameters: {train.learning_rate: [0.01, 0.1]}} のようなマッピング",
};

const schemas = Object.values(LISTING_METHODS).map(({ schema }) => schema);
export const listingSchemas = schemas as [Schema, ...Schema[]];

export const candidatesSchema = expecting(z.discriminatedUnion("method", listingSchemas), EXAMPLE);

export function listingMethodOf({ method }: Candidates): ListingMethod<z.ZodType<Candidates>> {
  return LISTING_METHODS[method] as unknown as ListingMethod<z.ZodType<Candidates>>;
}

/** The last points made of a sweep, and of which settings. Drawing and filtering them takes a while. */
const made = new WeakMap<Candidates, { base: Settings; points: Points }>();

/** The points of a sweep over the settings `base`, in order, without those that its filters leave out. */
export function sweepPoints(sweep: Candidates, base: Settings): Points {
  const former = made.get(sweep);
  const sections = ["preprocess", "model", "train"] as const;
  if (former && sections.every((section) => former.base[section] === base[section])) return former.points;
  const points = listingMethodOf(sweep).points(sweep, base);
  made.set(sweep, { base, points });
  return points;
}

/** Points of a sweep that have every combination of values at the paths that `reads` picks. */
export function* pointsBy(
  sweep: Candidates,
  base: Settings,
  reads: (path: string) => boolean,
): Generator<Point> {
  const shorter = listingMethodOf(sweep).pointsBy?.(sweep, reads);
  if (shorter !== undefined) return yield* shorter;
  const points = sweepPoints(sweep, base);
  for (let index = 0; index < points.count; index++) {
    yield { index, swept: points.at(index), place: (path) => points.place(index, path) };
  }
}
