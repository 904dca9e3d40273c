import assert from "node:assert/strict";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { parseExperiment } from "../../src/config/parse.ts";

function parse(dataset: string, more = "") {
  return parseExperiment(`name: a\ndataset: ${dataset}\n${more}`, { file: "x.yaml" });
}

function problems(dataset: string, more = ""): string[] {
  try {
    parse(dataset, more);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

Deno.test("rows of numbers are taken as they are, images by 255, and a recorded experiment reads as itself", () => {
  for (
    const [dataset, scale] of [
      ["{csv: {path: a.csv}}", 1],
      ["{csv: {path: a.csv, image: 28x28}}", 255],
      ["{npz: {path: a.npz}}", 1],
      ["{npz: {path: a.npz, image: 8x8}}", 255],
      ["{folder: {path: a, size: 28x28}}", 255],
    ] as const
  ) {
    const experiment = parse(dataset);
    assert.equal(experiment.preprocess.scale, scale, dataset);
    assert.deepEqual(parseExperiment(JSON.stringify(experiment), { file: "x.json" }), experiment);
  }
  assert.equal((parse("{csv: {path: a.csv}}").dataset as { csv: { test: unknown } }).csv.test, 0.2);
});

Deno.test("a file in the place of its mapping, and scikit-learn's words, are understood", () => {
  for (
    const [dataset, hint] of [
      ["data/a.csv", "write {csv: {path: data/a.csv}}"],
      ["{npz: a.npz}", "write {path: a.npz}"],
      ["{folder: pictures}", "write {path: pictures}"],
      ["{folder: {path: a, size: 28}}", "write 28x28"],
      ["{csv: {path: a.csv, test: b.csv}}", "write {path: b.csv}"],
      ["{csv: {path: a.csv, test: '0.3'}}", "write 0.3"],
      ["{csv: {path: a.csv, target: y}}", "did you mean `label`?"],
      ["{csv: {path: a.csv, test_size: 0.2}}", "did you mean `test`?"],
    ]
  ) assert.ok(problems(dataset)[0].endsWith(`; ${hint}`), problems(dataset)[0]);
});

Deno.test("what is wrong with one's own data is told", () => {
  assert.deepEqual(problems("{csv: {url: 'https://a.b/c.csv'}}"), [
    "dataset.csv.sha256: is missing; a url needs the SHA-256 of what it must give: `gzip -dc FILE | sha256sum`",
  ]);
  assert.deepEqual(problems("{csv: {label: x}}"), [
    "dataset.csv: must have either a path or a url, found neither",
  ]);
  assert.deepEqual(problems("{csv: {path: a, test: {path: b}, seed: 1}}"), [
    "dataset.csv.seed: has no meaning where test is a file; remove it",
  ]);
  assert.match(
    problems("{csv: {path: a, image: 28}}")[0],
    /image: must be HEIGHTxWIDTH in pixels, such as 28x28, found 28; write 28x28$/,
  );
  assert.match(
    problems("{csv: {path: a, image: 1000x1000}}")[0],
    /image: must have at most 20000 pixels, found 1000000/,
  );
  assert.match(
    problems("{csv: {path: a}}", "preprocess: {scale: 255}")[0],
    /scale: has no meaning for rows of numbers/,
  );
  assert.deepEqual(problems("{csv: {path: a}, idx: {}}").slice(-1), [
    "dataset.idx: cannot stand beside `csv`, as there is but one of idx, points, csv, npz, folder; remove one of the two",
  ]);
  assert.match(problems("strokes", "preprocess: {standardize: true}")[0], /did you mean `standardise`\?/);
  assert.match(problems("strokes", "preprocess: {normalize: true}")[0], /did you mean `standardise`\?/);
});
