import type { SettingValue } from "../schemas/sweepable.ts";

/** What a sweep gives a trial, by path, in the order of the sweep's parameters. */
export type SweptValues = Record<string, SettingValue>;

/** The points of a sweep in order, made when they are asked for. */
export interface Points {
  /** How many there are. */
  readonly count: number;
  /** The point of this index, 0 <= index < count: the same each time. */
  at(index: number): SweptValues;
  /** Where the sweep writes what this point has at `path`: the keys below the sweep itself. */
  place(index: number, path: string): (string | number)[];
}
