import assert from "node:assert/strict";
import { zeroContour } from "../../../src/lab/playground/contour.ts";
import { hiddenSpace } from "../../../src/lab/playground/hidden_space.ts";
import { principalDirections } from "../../../src/lab/playground/principal.ts";
import { isSeparable } from "../../../src/lab/playground/separable.ts";
import { playgroundWords } from "../../../src/lab/playground/words.ts";
import { RandomState } from "../../../src/random/random_state.ts";

function normals(count: number, seed: number): Float64Array {
  const random = new RandomState(seed);
  return Float64Array.from({ length: count }, () => random.standardNormal());
}

Deno.test("principal directions are at right angles, their variances the largest that there are, and a known ellipse has its axes", () => {
  const K = 6, n = 50;
  const values = normals(K * n, 3).map((value, i) => value * (1 + i % K) + 2);
  const { mean, directions, variances } = principalDirections({ values, K });
  const varianceAlong = (direction: ArrayLike<number>) => {
    let squares = 0;
    for (let i = 0; i < n; i++) {
      let x = 0;
      for (let k = 0; k < K; k++) x += (values[i * K + k] - mean[k]) * direction[k];
      squares += x * x / n;
    }
    return squares;
  };
  directions.forEach((a, i) => {
    directions.forEach((b, j) => {
      const dot = a.reduce((sum, value, k) => sum + value * b[k], 0);
      assert.ok(Math.abs(dot - (i === j ? 1 : 0)) < 1e-12);
    });
    assert.ok(Math.abs(varianceAlong(a) - variances[i]) < 1e-9);
    if (i > 0) assert.ok(variances[i] <= variances[i - 1]);
    // A sign of its own: the same from frame to frame.
    assert.ok(a.reduce((most, value) => Math.abs(value) > Math.abs(most) ? value : most, 0) > 0);
  });
  for (let trial = 0; trial < 50; trial++) {
    const drawn = normals(K, 100 + trial);
    const length = Math.sqrt(drawn.reduce((sum, value) => sum + value * value, 0));
    assert.ok(varianceAlong(drawn.map((value) => value / length)) <= variances[0] + 1e-9);
  }
  // Along (3, 4): (-3, -4), (3, 4), and across it half as far.
  const { directions: [first], variances: found } = principalDirections({
    values: [-3, -4, 3, 4, -2, 1.5, 2, -1.5],
    K: 2,
  });
  assert.ok(Math.abs(first[0] - 0.6) < 1e-12 && Math.abs(first[1] - 0.8) < 1e-12);
  assert.ok(Math.abs(found[0] - 12.5) < 1e-12 && Math.abs(found[1] - 3.125) < 1e-12);
});

Deno.test("whether a line parts two classes of the plane is found exactly", () => {
  const separable = (points: readonly (readonly [number, number, number])[]) =>
    isSeparable({
      values: points.flatMap(([x, y]) => [x, y]),
      K: 2,
      labels: points.map(([, , label]) => label),
    }, [0, 0, 0]);
  const corners = (labels: readonly number[]) =>
    separable([[0, 0, labels[0]], [0, 1, labels[1]], [1, 0, labels[2]], [1, 1, labels[3]]]);
  // All 16 functions of two bits: XOR and its contrary alone are not.
  for (let code = 0; code < 16; code++) {
    assert.equal(corners([8, 4, 2, 1].map((bit) => code & bit ? 1 : 0)), code !== 6 && code !== 9, `${code}`);
  }
  assert.equal(separable([[0, 0, 0], [0, 0, 1]]), false, "two classes at one place");
  assert.equal(separable([[0, 0, 0], [1, 0, 1], [2, 0, 0]]), false, "one between two, on a line");
  assert.equal(separable([[0, 0, 0], [1, 0, 0], [2, 0, 1], [3, 1e-9, 1]]), true);
  // A triangle around a point, and the same with the point just outside.
  const around: readonly (readonly [number, number, number])[] = [[0, 0, 0], [4, 0, 0], [0, 4, 0]];
  assert.deepEqual([separable([...around, [1, 1, 1]]), separable([...around, [2.01, 2, 1]])], [false, true]);
  // Drawn points on both sides of a line, however thin the gap; one on the wrong side is found.
  for (let seed = 0; seed < 40; seed++) {
    const drawn = normals(120, seed);
    const points = Array.from({ length: 60 }, (_, i): [number, number, number] => {
      const [x, y] = [drawn[2 * i], drawn[2 * i + 1]];
      return [x, y, x + 2 * y > 0.3 ? 1 : 0];
    });
    assert.equal(separable(points), true, `seed ${seed}`);
    const inside = points.filter(([, , label]) => label === 1).slice(0, 3);
    const middle = [0, 1].map((axis) => inside.reduce((sum, point) => sum + point[axis] / 3, 0));
    assert.equal(separable([...points, [middle[0], middle[1], 0]]), false, `seed ${seed}`);
  }
});

Deno.test("on a line it is found exactly too, and in more dimensions only a hyperplane that was found is claimed", () => {
  assert.equal(isSeparable({ values: [1, 2, 3, 4], K: 1, labels: [0, 0, 1, 1] }, [0, 0]), true);
  assert.equal(isSeparable({ values: [1, 3, 2, 4], K: 1, labels: [0, 0, 1, 1] }, [0, 0]), false);
  const cube = Array.from({ length: 8 }, (_, i) => [i & 1, i >> 1 & 1, i >> 2]);
  const majority = cube.map((bits) => bits[0] + bits[1] + bits[2] > 1 ? 1 : 0);
  const parity = cube.map((bits) => (bits[0] + bits[1] + bits[2]) % 2);
  assert.equal(isSeparable({ values: cube.flat(), K: 3, labels: majority }, [0, 0, 0, 0]), true);
  assert.equal(isSeparable({ values: cube.flat(), K: 3, labels: parity }, [0, 0, 0, 0]), "unknown");
});

Deno.test("where points of both classes are at one place, none is searched for in more dimensions either", () => {
  const same = [[0.1, 0.2, 0.3], [1, 2, 3], [0.1, 0.2, 0.3]].flat();
  assert.equal(isSeparable({ values: same, K: 3, labels: [0, 0, 1] }, [0, 0, 0, 0]), false);
  assert.equal(isSeparable({ values: same, K: 3, labels: [1, 0, 1] }, [0, 0, 0, 0]), true);
  // 0.1, 0.23 and 0.12, 0.3 are other places.
  const other = [[0.1, 0.23, 0], [0.12, 0.3, 0]].flat();
  assert.equal(isSeparable({ values: other, K: 3, labels: [0, 1] }, [0, 0, 0, 0]), true);
});

/** A layer of K units at points drawn at random, and the output layer's decision on them. */
function layer(K: number) {
  const n = 30;
  const points = Float32Array.from(normals(n * K, K));
  const weights = Float32Array.from(normals(2 * K, 7)), bias = Float32Array.from([0.25, -0.5]);
  const logits = Float32Array.from({ length: 2 * n }, (_, i) => {
    let z = bias[i % 2];
    for (let k = 0; k < K; k++) z += points[(i >> 1) * K + k] * weights[2 * k + i % 2];
    return z;
  });
  const labels = Array.from({ length: n }, (_, i) => logits[2 * i + 1] > logits[2 * i] ? 1 : 0);
  return { K, grid: points, points, train: n, labels, logits, weights, bias };
}

Deno.test("two units are the axes, one is a line, and the output's line passes where its logits are equal", () => {
  for (const K of [1, 2]) {
    const given = layer(K);
    const { points, line: [a, b, c], wrong, separable, share } = hiddenSpace(given, "principal");
    for (let i = 0; i < given.train; i++) {
      assert.equal(points[2 * i], given.points[K * i]);
      assert.equal(points[2 * i + 1], K === 2 ? given.points[K * i + 1] : 0);
      const z = a * points[2 * i] + b * points[2 * i + 1] + c;
      assert.ok(Math.abs(z - (given.logits[2 * i + 1] - given.logits[2 * i])) < 1e-5);
    }
    assert.deepEqual([wrong, separable, share], [0, true, 1]);
  }
});

Deno.test("across the output's line every point is on the side that the output decides; along main directions as much is seen as can be", () => {
  const given = layer(5);
  const across = hiddenSpace(given, "output");
  for (let i = 0; i < given.train; i++) {
    const z = given.logits[2 * i + 1] - given.logits[2 * i];
    const [x, y] = [across.points[2 * i], across.points[2 * i + 1]];
    assert.ok(Math.abs(across.line[0] * x + across.line[1] * y + across.line[2] - z) < 1e-4);
    assert.equal(x > 0, z > 0);
  }
  const along = hiddenSpace(given, "principal");
  assert.ok(along.share !== null && across.share !== null);
  assert.ok(along.share >= across.share && along.share < 1 && across.share > 0);
  // A label turned over is one point on the wrong side.
  const turned = given.labels.map((label, i) => i === 4 ? 1 - label : label);
  assert.equal(hiddenSpace({ ...given, labels: turned }, "principal").wrong, 1);
});

Deno.test("the line where a field is 0 runs where it is: a circle's points are at its radius", () => {
  const side = 41;
  const field = Array.from({ length: side * side }, (_, i) => {
    const x = (i % side + 0.5) / side - 0.5, y = (Math.floor(i / side) + 0.5) / side - 0.5;
    return x * x + y * y - 0.09;
  });
  const pieces = zeroContour(field, side);
  assert.ok(pieces.length > 4 * 50);
  for (let i = 0; i < pieces.length; i += 2) {
    const radius = Math.sqrt((pieces[i] - 0.5) ** 2 + (pieces[i + 1] - 0.5) ** 2);
    assert.ok(Math.abs(radius - 0.3) < 1e-3);
  }
  assert.deepEqual(zeroContour(new Float32Array(9).fill(1), 3), []);
});

Deno.test("points of a plane are seen whole, those of one place have no variance", () => {
  const given = layer(4);
  const { train, weights } = given;
  const w = [0, 1, 2, 3].map((k) => weights[2 * k + 1] - weights[2 * k]);
  // In the plane of the direction that the output asks for and of (1, -1, 2, 0).
  const drawn = normals(2 * train, 11);
  const points = Float32Array.from({ length: 4 * train }, (_, i) => {
    const [row, k] = [i >> 2, i % 4];
    return drawn[2 * row] * w[k] + drawn[2 * row + 1] * [1, -1, 2, 0][k];
  });
  for (const view of ["output", "principal"] as const) {
    const { share } = hiddenSpace({ ...given, points }, view);
    assert.ok(share !== null && Math.abs(share - 1) < 1e-6, `${view}: ${share}`);
    // What 30 means of 0.1 round to is no variance.
    const place = Float32Array.from({ length: 4 * train }, (_, i) => [0.1, 0.2, 0.7, -0.3][i % 4]);
    const still = hiddenSpace({ ...given, points: place }, view);
    assert.equal(still.share, null, view);
    for (const language of ["en", "ja"] as const) {
      const t = playgroundWords(language);
      const said = view === "output" ? t.across(4, still.share) : t.principal(4, still.share);
      assert.match(said, /(all training points are at one place|訓練データはすべて 1 点に重なっています)/);
      assert.doesNotMatch(said, /%/);
    }
  }
});

Deno.test("a main direction has the sign with which its largest component is positive, of equal ones the first", () => {
  for (let seed = 0; seed < 40; seed++) {
    const { directions } = principalDirections({ values: normals(5 * 20, seed), K: 5 });
    for (const direction of directions) {
      const most = direction.reduce((most, value) => Math.abs(value) > Math.abs(most) ? value : most, 0);
      assert.ok(most > 0, `seed ${seed}`);
    }
  }
  for (const sign of [1, -1]) {
    const { directions: [[a, b]] } = principalDirections({ values: [sign, -sign, -sign, sign], K: 2 });
    assert.ok(Math.abs(a - Math.SQRT1_2) < 1e-12 && Math.abs(b + Math.SQRT1_2) < 1e-12);
  }
});
