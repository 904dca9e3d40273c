import assert from "node:assert/strict";
import { solutionText } from "../../../src/lab/rules/findings.tsx";
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
