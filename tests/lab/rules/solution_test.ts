import assert from "node:assert/strict";
import { solutionText } from "../../../src/lab/rules/findings.tsx";
import { lineOf } from "../../../src/lab/rules/outcome.ts";
import { rulesWords } from "../../../src/lab/rules/words.ts";
import { leastSquares } from "../../../src/rules/least_squares.ts";
import type { Sample } from "../../../src/rules/sample.ts";
import { samplesOf } from "../../../src/rules/shapes.ts";

const TARGETS = [-1, 1] as const;

function said(samples: readonly Sample[], language: "en" | "ja" = "en"): string {
  return solutionText(leastSquares(samples, TARGETS)!, rulesWords(language));
}

Deno.test("the line of the least squares is spoken of only where it is drawn", () => {
  const xor = samplesOf("xor", { noise: 0, seed: 0 });
  assert.equal(said(xor, "ja"), "最小二乗解は w = 0、b = 0 で、直線はありません。");
  assert.equal(said(xor), "The least squares solution is w = 0, b = 0: there is no line.");
  assert.match(said(samplesOf("and", { noise: 0, seed: 0 })), /^Dashed green/);
  // All of one class: sum + 1 is the same everywhere.
  const one = samplesOf("and", { noise: 0, seed: 0 }).map((sample) => ({ ...sample, label: 1 as const }));
  assert.equal(said(one), "The least squares solution is w = 0, b = 1.00: there is no line.");
  // Of class 1 all but one, and that one hardly apart: the line is far off.
  const corner = [[-1, -1, 0], [-0.9, -1, 1], [-1, -0.9, 1], [1, 1, 1], [1, -1, 1], [-1, 1, 1], [
    0,
    0,
    1,
  ]] as const;
  assert.match(
    said(corner.map(([x1, x2, label]) => ({ x1, x2, label })), "ja"),
    /この図の外にあります。$/,
  );
});

Deno.test("a line is shown where it crosses the plane to 1.25 each way, outside elsewhere, and none where no sum depends on the place", () => {
  // x + y = c goes through the corner (1.25, 1.25) at c = 2.5.
  assert.deepEqual([2.49, 2.51, -2.49, -2.51].map((b) => lineOf({ w1: 1, w2: 1, b })), [
    "shown",
    "outside",
    "shown",
    "outside",
  ]);
  assert.deepEqual(
    [[2, 0], [0, -2], [1, -1]].map(([w1, w2]) => lineOf({ w1, w2, b: 2.4 })),
    Array(3).fill("shown"),
  );
  assert.deepEqual(
    [[1.9, 0], [0, 1.9]].map(([w1, w2]) => lineOf({ w1, w2, b: 2.4 })),
    Array(2).fill("outside"),
  );
  assert.equal(lineOf({ w1: 0, w2: 0, b: 1 }), "none");
  // What rounding leaves of 0.
  assert.equal(lineOf({ w1: 4e-10, w2: -4e-10, b: 0 }), "none");
  assert.equal(lineOf({ w1: 6e-10, w2: -6e-10, b: 0 }), "shown");
});
