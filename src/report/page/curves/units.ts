import type { Axis, Domain } from "../chart/axis.ts";
import type { PageCurves } from "./curves_part.ts";

/** What x is measured in. */
export const X_UNITS = ["epochs", "iterations", "seconds"] as const;
export type XUnit = (typeof X_UNITS)[number];

/** Images a second by trial, as far as they were timed; null where nothing was. */
export type Speeds = Readonly<Record<string, number>> | null;

/** How many of a unit an epoch of a trial has; null where it is not known. */
export function unitsOfEpoch(
  unit: XUnit,
  { trial, curves, speeds }: { trial: number; curves: PageCurves; speeds: Speeds },
): number | null {
  if (unit === "epochs") return 1;
  if (unit === "iterations") return curves.iterations;
  const speed = speeds?.[trial] ?? 0;
  return curves.images === null || !(speed > 0) ? null : curves.images / speed;
}

/** A part of x in a unit, as it was chosen. */
export interface ChosenPart {
  readonly unit: XUnit;
  readonly domain: Domain;
}

/**
 * The chosen part in another unit; null where that is no one range, as an epoch of one trial has not as many of it as an epoch of another.
 * @param perEpoch how many of a unit an epoch has, of each trial that is drawn in it
 */
export function converted(
  { unit, domain }: ChosenPart,
  to: XUnit,
  perEpoch: (unit: XUnit) => readonly (number | null)[],
): Domain | null {
  if (unit === to) return domain;
  const [from, into] = [new Set(perEpoch(unit)), new Set(perEpoch(to))];
  const [[a], [b]] = [[...from], [...into]];
  if (from.size !== 1 || into.size !== 1 || a === null || b === null) return null;
  return [domain[0] / a * b, domain[1] / a * b];
}

/** All of x: from the first of all places to the last, with room for the marks at its ends, but none below 0. */
export function wholeAxis(places: readonly number[], type: Axis["type"]): Axis {
  const low = places.reduce((a, b) => Math.min(a, b), Infinity);
  const high = places.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(low <= high)) return { type, domain: [0.5, 1.5] };
  if (type === "log") return { type, domain: [low * 0.95, high * 1.06] };
  const margin = low === high ? low / 2 : (high - low) * 0.045;
  return { type, domain: [Math.max(0, low - margin), high + margin] };
}
