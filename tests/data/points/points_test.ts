import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type DrawnPoints,
  drawPoints,
  generatePoints,
  type LabelledPoints,
  pointsDataset,
  resolvePoints,
} from "../../../src/data/points/points.ts";
import { SHAPE_NAMES, SHAPES } from "../../../src/data/points/shapes.ts";
import { onCircle } from "../../../src/random/turn.ts";
import { RandomState } from "../../../src/random/random_state.ts";

interface Golden {
  /** Made by NumPy, with its own cos and sin: points.py beside it. */
  readonly cases: readonly {
    readonly shape: keyof typeof SHAPES;
    readonly noise: number;
    readonly seed: number;
    readonly train: readonly [number, number][];
    readonly test: readonly [number, number][];
  }[];
  /** Turns, cosine and sine. */
  readonly circle: readonly [number, number, number][];
}

const golden: Golden = JSON.parse(
  await Deno.readTextFile(new URL("../../fixtures/points.json", import.meta.url)),
);

Deno.test("points are those that NumPy draws from the same seed, to 1e-12 before they are rounded to float32", () => {
  assert.deepEqual(new Set(golden.cases.map(({ shape }) => shape)), new Set(SHAPE_NAMES));
  for (const { shape, noise, seed, ...parts } of golden.cases) {
    const random = new RandomState(seed);
    const { train, test } = generatePoints({ shape, count: 12, test: 7, noise, seed });
    for (const [part, rounded] of [[parts.train, train], [parts.test, test]] as const) {
      const { coordinates, labels } = drawPoints(SHAPES[shape], { count: part.length, noise, random });
      part.flat().forEach((expected, i) => {
        const found = coordinates[i];
        assert.ok(Math.abs(found - expected) < 1e-12, `${shape}, ${noise}: ${found} for ${expected}`);
        assert.equal(rounded.coordinates[i], Math.fround(found));
      });
      assert.deepEqual(labels, rounded.labels);
    }
  }
});

Deno.test("onCircle() is within 2e-15 of NumPy's cos and sin for up to three turns, and exact at quarters", () => {
  for (const [turns, cos, sin] of golden.circle) {
    const [x, y] = onCircle(turns);
    // NumPy's angle is rounded before its cosine is taken.
    assert.ok(Math.abs(x - cos) < 4e-15 && Math.abs(y - sin) < 4e-15, `${turns}: ${x}, ${y}`);
  }
  assert.deepEqual([0, 0.25, 0.5, 0.75, 1].map(onCircle).map(([x, y]) => [x + 0, y + 0]), [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
    [1, 0],
  ]);
});

const drawn: fc.Arbitrary<DrawnPoints> = fc.record({
  shape: fc.constantFrom(...SHAPE_NAMES),
  count: fc.integer({ min: 2, max: 80 }),
  test: fc.integer({ min: 1, max: 40 }),
  noise: fc.constantFrom(0, 0.1, 0.5),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

Deno.test("of any drawn points half are of each class, and without noise they lie from -1 to 1", () => {
  fc.assert(
    fc.property(drawn, (points) => {
      const parts = Object.values(generatePoints(points));
      assert.deepEqual(parts.map(({ labels }) => labels.length), [points.count, points.test]);
      for (const { coordinates, labels } of parts) {
        assert.equal(coordinates.length, 2 * labels.length);
        assert.equal(labels.reduce((a, b) => a + b, 0), Math.floor(labels.length / 2));
        if (points.noise > 0 || points.shape === "gaussians") continue;
        assert.ok(coordinates.every((value) => value >= -1 && value <= 1), points.shape);
      }
    }),
    { numRuns: 200, seed: 1 },
  );
});

Deno.test("the first training points are the same however many there are, and at any noise they are moved from the same places", () => {
  for (const shape of SHAPE_NAMES) {
    const of = (count: number, noise: number) =>
      generatePoints({ shape, count, test: 3, noise, seed: 5 }).train.coordinates;
    assert.deepEqual(of(40, 0.1).subarray(0, 20), of(10, 0.1));
    const [none, some, more] = [0, 0.1, 0.2].map((noise) => of(10, noise));
    for (let i = 0; i < 20; i++) {
      const place = none[i];
      assert.ok(Math.abs((more[i] - some[i]) - (some[i] - place)) < 1e-6, `${shape} ${i}`);
    }
  }
});

Deno.test("without noise the classes of every shape are apart: no point is nearer to one of the other class than 0.05", () => {
  for (const shape of SHAPE_NAMES.filter((name) => name !== "gaussians" && name !== "spirals")) {
    const { train } = generatePoints({ shape, count: 400, test: 1, noise: 0, seed: 0 });
    assert.ok(nearest(train) > 0.05, `${shape}: ${nearest(train)}`);
  }
  // Spirals meet in the middle.
  const { train } = generatePoints({ shape: "spirals", count: 400, test: 1, noise: 0, seed: 0 });
  const outer = [...train.labels.keys()].filter((i) =>
    train.coordinates[2 * i] ** 2 + train.coordinates[2 * i + 1] ** 2 > 0.04
  );
  const rest = {
    labels: Uint8Array.from(outer, (i) => train.labels[i]),
    coordinates: Float32Array.from(outer.flatMap((i) => [...train.coordinates.subarray(2 * i, 2 * i + 2)])),
  };
  assert.ok(nearest(rest) > 0.15, `spirals: ${nearest(rest)}`);
});

/** The distance of the nearest two points of different classes. */
function nearest({ coordinates, labels }: LabelledPoints): number {
  let least = Infinity;
  for (let i = 0; i < labels.length; i++) {
    for (let j = 0; j < i; j++) {
      if (labels[i] === labels[j]) continue;
      const [x, y] = [0, 1].map((k) => coordinates[2 * i + k] - coordinates[2 * j + k]);
      least = Math.min(least, Math.sqrt(x * x + y * y));
    }
  }
  return least;
}

Deno.test("own points are taken as they are, and without test points they are the test too", () => {
  const points = [[0.1, 2, 0], [-3, 0.5, 2]] as const;
  const { train, test } = generatePoints({ shape: "own", points });
  assert.deepEqual([...train.coordinates], [0.1, 2, -3, 0.5].map(Math.fround));
  assert.deepEqual([...train.labels], [0, 2]);
  assert.deepEqual(test, train);
  const other = pointsDataset({ shape: "own", points, test_points: [[1, 1, 1]] });
  assert.deepEqual([other.features, other.classes, other.train.count, other.test.count], [2, 3, 2, 1]);
});

Deno.test("what is left out is filled in: 400 points, as many for the test, noise 0.1, seed 0", () => {
  const shape = "moons";
  assert.deepEqual(resolvePoints({ shape }), { shape, count: 400, test: 400, noise: 0.1, seed: 0 });
  assert.deepEqual(resolvePoints({ shape, count: 30, noise: 0 }), {
    shape,
    count: 30,
    test: 30,
    noise: 0,
    seed: 0,
  });
});

Deno.test("generatePoints() refuses no points and a noise that is no distance", () => {
  const points = { shape: "xor", count: 4, test: 4, noise: 0.1, seed: 0 } as const;
  assert.throws(() => generatePoints({ ...points, count: 0 }), {
    name: "RangeError",
    message: "Cannot draw points: there must be a positive number of them, found 0",
  });
  assert.throws(() => generatePoints({ ...points, noise: -1 }), {
    name: "RangeError",
    message: "Cannot draw points: noise must be a finite number from 0, found -1",
  });
});
