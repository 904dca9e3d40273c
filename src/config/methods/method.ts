import type { z } from "zod";
import type { Settings, SettingValue } from "../../settings/settings.ts";
import type { LocatedValue } from "../yaml/located_value.ts";
import type { Flaw } from "./parameters.ts";

/** What a sweep gives a trial, by path, in the order of the sweep's parameters. */
export type SweptValues = Record<string, SettingValue>;

/** A place in the sweep: the keys below it. */
export type Place = readonly (string | number)[];

/** One point of a sweep. */
export interface Point {
  readonly index: number;
  readonly swept: SweptValues;
  /** Where the sweep writes what this point has at a path. */
  place(path: string): Place;
}

/** The points of a sweep in order, made when they are asked for. */
export interface Points {
  readonly count: number;
  /** The point of this index, 0 <= index < count: the same each time. */
  at(index: number): SweptValues;
  /** Where the sweep writes what this point has at `path`. */
  place(index: number, path: string): Place;
}

/** A setting that each trial of a sweep has a value of its own for, whatever the settings above say. */
export interface Decided {
  readonly path: string;
  readonly why: string;
}

/** A method that lists the trials of a sweep; `Schema` reads its keys, `method` among them. */
export interface ListingMethod<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  /** Its points over the settings `base`, without those that its filters leave out. */
  points(sweep: z.output<Schema>, base: Settings): Points;
  /** The paths that it varies, in the order written. */
  paths(sweep: z.output<Schema>): string[];
  /** Everywhere that it writes values of a path. */
  places(sweep: z.output<Schema>, path: string): Place[];
  /** What is wrong with its points taken together, where its schema cannot tell. */
  flaws(sweep: z.output<Schema>, points: Points, base: Settings): Iterable<Flaw>;
  /** Points that have every combination of values at the paths that `reads` picks; undefined for no shorter way than all points. */
  pointsBy?(sweep: z.output<Schema>, reads: (path: string) => boolean): Iterable<Point> | undefined;
  /** What a sweep that was written as `written` at `place`, right or wrong, decides for every trial. */
  decides(written: LocatedValue, place: string): Decided[];
  /** What `--sweep PATH=VALUES` puts under the path among its parameters, or why there is no place for it. */
  fromFlag(values: LocatedValue): LocatedValue | string;
}

/** Types a method by its schema. */
export function listingMethod<Schema extends z.ZodType>(
  method: ListingMethod<Schema>,
): ListingMethod<Schema> {
  return method;
}
