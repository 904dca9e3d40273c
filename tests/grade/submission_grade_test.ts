import assert from "node:assert/strict";
import { roundPoints, sumPoints, totalPoints } from "../../src/grade/submission_grade.ts";
import { sampleGrade } from "./sample_grade.ts";

Deno.test("points are rounded to the nearest hundredth, and sums read as they should", () => {
  for (const points of [0.29, 0.57, 1.15, 16.4]) assert.equal(roundPoints(points), points);
  assert.equal(roundPoints(2 / 3), 0.67);
  assert.equal(sumPoints(Array.from({ length: 10 }, () => ({ points: 0.1, max: 1 }))), 1);
});

Deno.test("points and bonus come to no more than all points, or than the rubric's bound, and to no more than a cap", () => {
  const grade = sampleGrade("a", [8, 4, 8]);
  const [forward, backward] = grade.problems;
  const problems = [forward, { ...backward, bonus: 3 }];
  assert.equal(totalPoints({ problems, cap: null }), 20);
  assert.equal(totalPoints({ problems, cap: null }, 22), 22);
  assert.equal(totalPoints({ problems, cap: null }, 30), 23);
  assert.equal(totalPoints({ problems, cap: 12 }, 30), 12);
});
