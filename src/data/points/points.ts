import { RandomState } from "../../random/random_state.ts";
import type { Dataset, RealRows } from "../dataset.ts";
import { type Shape, type ShapeName, SHAPES } from "./shapes.ts";

/** The version of the generators: raised by whatever changes a number that they give. */
export const POINTS_VERSION = 1;

/** Points that the program draws, of two classes. */
export interface DrawnPoints {
  /** What the classes look like. */
  readonly shape: ShapeName;
  /** Points to learn from, validation included. */
  readonly count: number;
  /** Points that are seen only at the end. */
  readonly test: number;
  /** Standard deviation of what is added to each coordinate. */
  readonly noise: number;
  /** Of np.random.RandomState. */
  readonly seed: number;
}

/** A point that somebody gives: its coordinates and its class. */
export type GivenPoint = readonly [x: number, y: number, label: number];

/** Points that somebody gives. */
export interface OwnPoints {
  /** Tells them from drawn ones. */
  readonly shape: "own";
  /** Points to learn from, validation included. */
  readonly points: readonly GivenPoint[];
  /** Points that are seen only at the end; left out, those to learn from take their place. */
  readonly test_points?: readonly GivenPoint[] | undefined;
}

/** Points in a plane: what the key `dataset.points` of a config is resolved to. */
export type Points = DrawnPoints | OwnPoints;

/** What a config may leave out has these values; and there are as many test points as others. */
export const POINTS_DEFAULTS = { count: 400, noise: 0.1, seed: 0 } as const;

/** Labelled points of one part. */
export interface LabelledPoints {
  /** x and y of each point in turn. */
  readonly coordinates: Float32Array<ArrayBuffer>;
  /** The class of each point. */
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** Points with what is left out filled in. */
export function resolvePoints(
  points: OwnPoints | Pick<DrawnPoints, "shape"> & { [K in keyof DrawnPoints]?: DrawnPoints[K] | undefined },
): Points {
  if (points.shape === "own") {
    const { shape, points: given, test_points } = points;
    return test_points === undefined ? { shape, points: given } : { shape, points: given, test_points };
  }
  const { shape, count = POINTS_DEFAULTS.count, test = count } = points;
  const { noise = POINTS_DEFAULTS.noise, seed = POINTS_DEFAULTS.seed } = points;
  return { shape, count, test, noise, seed };
}

/** How many points each part has. */
export function countPoints(points: Points): { train: number; test: number } {
  if (points.shape !== "own") return { train: points.count, test: points.test };
  const { length } = points.points;
  return { train: length, test: points.test_points?.length ?? length };
}

/**
 * Both parts' points, in float32. Drawn ones come from one `np.random.RandomState(seed)`, the training part first; of each part, the point
 * i = 0, 1, ... has the class i % 2 and takes two numbers of `random_sample()`, u and v, which place it by its shape, then two of `randn()`,
 * which are multiplied by the noise (and the shape's own spread) and added to x and y. So the first n training points are the same however
 * many are asked for, and at any noise they stand at the same places of the shape.
 * Throws RangeError where a number of points is not a positive integer or the noise is not a finite number from 0.
 */
export function generatePoints(points: Points): { train: LabelledPoints; test: LabelledPoints } {
  if (points.shape === "own") {
    const train = givenPoints(points.points);
    return { train, test: points.test_points === undefined ? train : givenPoints(points.test_points) };
  }
  const { count, test, noise, seed } = points;
  const random = new RandomState(seed);
  const shape = SHAPES[points.shape];
  const part = (count: number): LabelledPoints => {
    const { coordinates, labels } = drawPoints(shape, { count, noise, random });
    return { coordinates: Float32Array.from(coordinates), labels };
  };
  return { train: part(count), test: part(test) };
}

/** The next points of a generator, before their coordinates are rounded to float32. */
export function drawPoints(
  { place, spread = 0 }: Shape,
  { count, noise, random }: { count: number; noise: number; random: RandomState },
): { coordinates: Float64Array<ArrayBuffer>; labels: Uint8Array<ArrayBuffer> } {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Cannot draw points: there must be a positive number of them, found ${count}`);
  }
  if (!(noise >= 0 && noise < Infinity)) {
    throw new RangeError(`Cannot draw points: noise must be a finite number from 0, found ${noise}`);
  }
  const coordinates = new Float64Array(2 * count);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = i % 2;
    const u = random.random(), v = random.random();
    const [x, y] = place(labels[i], u, v);
    coordinates[2 * i] = x + (spread + noise) * random.standardNormal();
    coordinates[2 * i + 1] = y + (spread + noise) * random.standardNormal();
  }
  return { coordinates, labels };
}

/** The data set of these points: two features, their coordinates as they are. Throws what generatePoints() throws. */
export function pointsDataset(points: Points): Dataset {
  return labelledDataset(generatePoints(points));
}

/** The data set of labelled points; there are as many classes as the largest label says, and at least 2. */
export function labelledDataset({ train, test }: { train: LabelledPoints; test: LabelledPoints }): Dataset {
  const largest = (labels: Uint8Array) => labels.reduce((most, label) => Math.max(most, label), 0);
  const classes = Math.max(2, largest(train.labels) + 1, largest(test.labels) + 1);
  const part = ({ coordinates, labels }: LabelledPoints): RealRows => ({
    storage: "real",
    count: labels.length,
    labels,
    numbers: coordinates,
  });
  return { features: 2, classes, rows: 1, columns: 2, train: part(train), test: part(test) };
}

function givenPoints(points: readonly GivenPoint[]): LabelledPoints {
  return {
    coordinates: Float32Array.from(points.flatMap(([x, y]) => [x, y])),
    labels: Uint8Array.from(points, ([, , label]) => label),
  };
}
