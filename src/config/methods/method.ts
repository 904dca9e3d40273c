import type { z } from "zod";
import type { Settings, SettingValue } from "../../settings/settings.ts";
import type { Texts } from "../../text/language.ts";
import type { LocatedValue } from "../yaml/located_value.ts";
import type { ValueRange } from "../../settings/setting.ts";
import type { Flaw } from "./parameters.ts";

/** What a sweep gives a trial, by path, in the order of the sweep's parameters. */
export type SweptValues = Record<string, SettingValue>;

/** A place in the sweep: the keys below it. */
export type Place = readonly (string | number)[];

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
  place(index: number, path: string): Place;
}

/** A setting that each trial of a sweep has a value of its own for, whatever the settings above say. */
export interface Decided {
  readonly path: string;
  readonly why: Texts;
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
  /** The values that it lists for a path, of any of its trials; those that it draws from a range are not listed. */
  values(sweep: z.output<Schema>, path: string): readonly SettingValue[];
  /** Between which values it draws a path's; undefined of one that it lists. Left out: it draws none. */
  range?(sweep: z.output<Schema>, path: string): ValueRange | undefined;
  /** What is wrong with its points taken together, where its schema cannot tell. */
  flaws(sweep: z.output<Schema>, points: Points, base: Settings): Iterable<Flaw>;
  /** What its writer should know of a sweep that is right, but could be better. */
  advice?(sweep: z.output<Schema>): Texts | undefined;
  /** Points that have every combination of values at the paths that `reads` picks; undefined for no shorter way than all points. */
  pointsBy?(sweep: z.output<Schema>, reads: (path: string) => boolean): Iterable<Point> | undefined;
  /** What a sweep that was written as `written` at `place`, right or wrong, decides for every trial. */
  decides(written: LocatedValue, place: string): Decided[];
  /** What `--sweep PATH=VALUES` puts under the path among its parameters, or why there is no place for it. */
  fromFlag(values: LocatedValue): LocatedValue | Texts;
}

/** Types a method by its schema. */
export function listingMethod<S extends z.ZodType>(method: ListingMethod<S>): ListingMethod<S> {
  return method;
}

/** A round of a sweep, in which trials are trained up to a number of epochs. The best of them go on to the next. */
export interface Rung {
  /** Epochs that each of its trials has in all, those of earlier rungs included. */
  readonly epochs: number;
  readonly trials: number;
}

/** A way through a sweep: of which trials it is, and in which rungs they are trained. */
export interface SweepWay<Sweep, Candidates> {
  /** The part of the sweep that lists its trials, by a listing method, and the keys below the sweep where it stands. */
  candidates(sweep: Sweep): Candidates;
  readonly at: readonly string[];
  /** Whether trials of more epochs are better than those of fewer, whatever their metrics: they got further. */
  readonly ranksByEpochs: boolean;
  /** The rungs for so many trials, and the epochs of `train`. */
  rungs(sweep: Sweep, plan: Rung): Rung[];
  /** What is wrong beside its candidates, where its schema cannot tell. */
  flaws(sweep: Sweep, base: Settings): Iterable<Flaw>;
  /** What a sweep that was written with these keys, right or wrong, decides for every trial beside its candidates. */
  decides(keys: readonly string[]): Decided[];
}

/** A method that lists no trials itself. */
type SweepMethod<S extends z.ZodType, Candidates> = SweepWay<z.output<S>, Candidates> & {
  readonly schema: S;
};

/** Types a method by its schema. */
export function sweepMethod<S extends z.ZodType, C>(method: SweepMethod<S, C>): SweepMethod<S, C> {
  return method;
}
