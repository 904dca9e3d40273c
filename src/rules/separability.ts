import type { Sample } from "./sample.ts";

/** Samples that no line has on the right sides: the hulls of the two lists meet. One is of class 0, the other of class 1. */
export interface Witness {
  /** One or two samples of a class, or one that lies between the other's. */
  readonly some: readonly Sample[];
  /** Two or three of the other class; one where it lies on the same place. */
  readonly others: readonly Sample[];
}

/**
 * Null where a line has all samples of class 0 on one side and all of class 1 on the other; otherwise up to four samples that already
 * have none (Kirchberger 1903: in the plane, four are always enough). Two segments that cross, or a triangle around a sample.
 * Decided in whole numbers, hence exactly.
 * Throws RangeError where a coordinate is no multiple of 0.01.
 */
export function findWitness(samples: readonly Sample[]): Witness | null {
  const [zeros, ones] = [0, 1].map((label) => samples.filter((sample) => sample.label === label).map(toGrid));
  for (const [a, b] of pairs(zeros)) {
    for (const [c, d] of pairs(ones)) {
      if (meet(a, b, c, d)) return { some: samplesOf(a, b), others: samplesOf(c, d) };
    }
  }
  return findInTriangle(zeros, ones) ?? findInTriangle(ones, zeros);
}

/** A sample in hundredths. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly sample: Sample;
}

function toGrid(sample: Sample): Place {
  const [x, y] = [sample.x1, sample.x2].map((coordinate) => {
    const hundredths = Math.round(100 * coordinate);
    if (hundredths / 100 !== coordinate) {
      throw new RangeError(
        `Cannot decide whether a line separates: coordinates must be multiples of 0.01, found ${coordinate}`,
      );
    }
    return hundredths;
  });
  return { x, y, sample };
}

/** Every two places, and every one with itself. */
function* pairs(places: readonly Place[]): Generator<readonly [Place, Place]> {
  for (let i = 0; i < places.length; i++) {
    for (let k = i; k < places.length; k++) yield [places[i], places[k]];
  }
}

function samplesOf(a: Place, b: Place): Sample[] {
  return a === b ? [a.sample] : [a.sample, b.sample];
}

/** Twice the area of a triangle: more than 0 where it turns left, 0 where it is none. */
function turn(a: Place, b: Place, c: Place): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** Whether two segments have a place in common, their ends included; each may be a single place. */
function meet(a: Place, b: Place, c: Place, d: Place): boolean {
  const [c1, d1, a1, b1] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)].map(Math.sign);
  if (c1 * d1 > 0 || a1 * b1 > 0) return false;
  // Where all lie on one line, or a segment is a place, their shadows decide.
  return overlap(a.x, b.x, c.x, d.x) && overlap(a.y, b.y, c.y, d.y);
}

function overlap(a: number, b: number, c: number, d: number): boolean {
  return Math.max(Math.min(a, b), Math.min(c, d)) <= Math.min(Math.max(a, b), Math.max(c, d));
}

function findInTriangle(some: readonly Place[], others: readonly Place[]): Witness | null {
  for (let i = 0; i < others.length; i++) {
    for (let k = i + 1; k < others.length; k++) {
      for (let l = k + 1; l < others.length; l++) {
        const [a, b, c] = [others[i], others[k], others[l]];
        const side = Math.sign(turn(a, b, c));
        if (side === 0) continue;
        const inside = some.find((place) =>
          side * turn(a, b, place) >= 0 && side * turn(b, c, place) >= 0 && side * turn(c, a, place) >= 0
        );
        if (inside) return { some: [inside.sample], others: [a.sample, b.sample, c.sample] };
      }
    }
  }
  return null;
}
