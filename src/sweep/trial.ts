import type { Settings, SettingValue } from "../settings/settings.ts";

/** One point of a sweep: every setting resolved. */
export interface Trial extends Settings {
  /** Its place in the sweep, from 0. */
  readonly index: number;
  /** The values that the sweep gave it, by path, in the order of the sweep's parameters; empty without a sweep. */
  readonly swept: Readonly<Record<string, SettingValue>>;
}

/** The trials of an experiment in order, made one at a time when they are asked for. */
export interface TrialSpace extends Iterable<Trial> {
  /** How many trials there are. */
  readonly count: number;
  /** The trial of this index, the same each time. Throws a RangeError unless it is a whole number from 0 to below `count`. */
  at(index: number): Trial;
}
