import assert from "node:assert/strict";
import { minimalConfig } from "../../src/config/minimal_config.ts";
import { parseExperiment } from "../../src/config/parse.ts";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { checkJapanese } from "./in_japanese.ts";

function parse(points: string, rest = "") {
  return parseExperiment(`name: a\ndataset: {points: ${points}}\n${rest}`, { file: "x.yaml" });
}

function problemsOf(points: string, rest = ""): string[] {
  try {
    parse(points, rest);
  } catch (error) {
    assert.ok(error instanceof ConfigError, `${error}`);
    checkJapanese(error);
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
  assert.fail(`accepted: ${points}`);
}

Deno.test("points are resolved with every default, and their scale is 1 as coordinates are taken as they are", () => {
  const { dataset, preprocess } = parse("{shape: spirals}");
  assert.deepEqual(dataset, { points: { shape: "spirals", count: 400, test: 400, noise: 0.1, seed: 0 } });
  assert.equal(preprocess.scale, 1);
  const own = parse("{shape: own, points: [[0, 0, 0], [1, 0.5, 3]]}").dataset;
  assert.deepEqual(own, { points: { shape: "own", points: [[0, 0, 0], [1, 0.5, 3]] } });
});

Deno.test("a resolved experiment over points reads as the same, and its shortest config has no default", () => {
  const experiment = parse("{shape: moons, count: 50}", "preprocess: {validation: 0.1}\n");
  const again = parseExperiment(JSON.stringify(experiment), { file: "x.json" });
  assert.deepEqual(again, experiment);
  assert.deepEqual(minimalConfig(experiment), {
    name: "a",
    dataset: { points: { shape: "moons", count: 50 } },
    preprocess: { validation: 0.1 },
  });
});

const cases: Record<string, [points: string, problems: string[], rest?: string][]> = {
  "a shape that there is not is told with those that there are, and the nearest": [
    ["{shape: spiral}", [
      'dataset.points.shape: must be gaussians, circle, xor, moons, spirals, curve or own, found the text "spiral"; did you mean `spirals`?',
    ]],
    ["{}", [
      "dataset.points.shape: is missing; it must be gaussians, circle, xor, moons, spirals, curve or own",
    ]],
  ],
  "drawn points have no list, and given ones nothing to draw": [
    ["{shape: xor, points: [[0, 0, 0], [1, 1, 1]]}", [
      "dataset.points.points: has no meaning with shape xor, whose points are drawn; remove it or use shape own",
    ]],
    ["{shape: own, noise: 0.2, points: [[0, 0, 0], [1, 1, 1]]}", [
      "dataset.points.noise: has no meaning with shape own, whose points are given; remove it",
    ]],
    ["{shape: own}", [
      "dataset.points.points: is missing; shape own needs points, each [x, y, label], such as [[0, 0, 0], [1, 1, 1]]",
    ]],
  ],
  "a point is two coordinates and a label, and a test label one that is learned": [
    ["{shape: own, points: [[0, 0], [1, 1, 1]]}", [
      "dataset.points.points[0]: must be a point as [x, y, label], such as [0.5, -0.2, 1], its label 0 to 5, found a list of 2: [0, 0]",
    ]],
    ["{shape: own, points: [[0, 0, 10], [1, .inf, 1]]}", [
      "dataset.points.points[0][2]: must be a whole number from 0 to 5, found 10",
      "dataset.points.points[1][1]: must be a number from -1000 to 1000, found Infinity; it must be finite",
    ]],
    ["{shape: own, points: [[0, 0, 0], [1, 1, 1]], test_points: [[0, 0, 0], [1, 1, 2]]}", [
      "dataset.points.test_points[1][2]: must be at most 1, the largest label of points, found 2",
    ]],
  ],
  "a scale has no meaning, given or swept": [
    ["{shape: xor}", [
      "preprocess.scale: has no meaning for points, whose coordinates are taken as they are, found 255; remove it",
    ], "preprocess: {scale: 255}\n"],
    ["{shape: xor}", [
      "sweep.parameters.preprocess.scale[1]: trial 1 (preprocess.scale 2) cannot run: " +
      "preprocess.scale has no meaning for points, whose coordinates are taken as they are, found 2; remove it",
    ], "sweep: {parameters: {preprocess.scale: [1, 2]}}\n"],
  ],
  "validation must leave points to train on": [
    ["{shape: xor, count: 5}", [
      "preprocess.validation: must leave points to train on, found 0.9, which takes all 5 of them; lower it",
    ], "preprocess: {validation: 0.9}\n"],
  ],
};

for (const [name, group] of Object.entries(cases)) {
  Deno.test(name, () => {
    for (const [points, problems, rest] of group) assert.deepEqual(problemsOf(points, rest), problems);
  });
}
