import type { Weights } from "./rule.ts";
import type { Sample } from "./sample.ts";

/** How far the classes lie from the best line, and what follows from that for the perceptron. */
export interface Margin {
  /** The largest length of (x1, x2, 1). */
  readonly R: number;
  /** The largest g for which weights (w1, w2, b) of length 1 have every sample at least g on its side. */
  readonly gamma: number;
  /** These weights. */
  readonly weights: Weights;
  /** (R / gamma)^2: the perceptron that starts from 0 makes at most so many mistakes, whatever its rate and the samples' order (Novikoff 1962). */
  readonly bound: number;
}

type Vector = readonly [number, number, number];

/**
 * The margin of samples that a line separates; undefined where there are none. Of the vectors (x1, x2, 1), those of class 0 turned round,
 * gamma is the distance of 0 from their convex hull. The nearest place of a hull that does not hold 0 lies in a corner, on an edge or in
 * a triangle of it, so that the nearest over every one, two and three of the vectors is found: exact but for rounding.
 */
export function marginOf(samples: readonly Sample[]): Margin | undefined {
  if (samples.length === 0) return undefined;
  const vectors = samples.map(({ x1, x2, label }): Vector => label === 1 ? [x1, x2, 1] : [-x1, -x2, -1]);
  let nearest = vectors[0];
  const consider = (place: Vector | undefined) => {
    if (place !== undefined && dot(place, place) < dot(nearest, nearest)) nearest = place;
  };
  for (let i = 0; i < vectors.length; i++) {
    consider(vectors[i]);
    for (let k = i + 1; k < vectors.length; k++) {
      consider(nearestOfEdge(vectors[i], vectors[k]));
      for (let l = k + 1; l < vectors.length; l++) {
        consider(nearestInTriangle(vectors[i], vectors[k], vectors[l]));
      }
    }
  }
  const R = Math.sqrt(Math.max(...vectors.map((vector) => dot(vector, vector))));
  const gamma = Math.sqrt(dot(nearest, nearest));
  const [w1, w2, b] = nearest.map((value) => value / gamma);
  return { R, gamma, weights: { w1, w2, b }, bound: (R / gamma) * (R / gamma) };
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function minus(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** Where 0's foot lies between the ends. */
function nearestOfEdge(a: Vector, b: Vector): Vector | undefined {
  const edge = minus(b, a);
  const length = dot(edge, edge);
  const share = -dot(a, edge) / length;
  return share > 0 && share < 1
    ? [a[0] + share * edge[0], a[1] + share * edge[1], a[2] + share * edge[2]]
    : undefined;
}

/** Where 0's foot lies within. */
function nearestInTriangle(a: Vector, b: Vector, c: Vector): Vector | undefined {
  const normal = cross(minus(b, a), minus(c, a));
  const size = dot(normal, normal);
  if (size < 1e-12) return undefined; // flat: its edges are looked at by themselves
  const share = dot(normal, a) / size;
  const foot: Vector = [share * normal[0], share * normal[1], share * normal[2]];
  const within = (from: Vector, to: Vector) => dot(cross(minus(to, from), minus(foot, from)), normal) >= 0;
  return within(a, b) && within(b, c) && within(c, a) ? foot : undefined;
}
