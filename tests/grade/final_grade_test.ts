import assert from "node:assert/strict";
import { finalGrades, isFinal, sayUnknownNames, unknownNames } from "../../src/grade/final_grade.ts";
import { doubledOverride } from "../../src/grade/overrides.ts";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import { feedbackOf } from "../../src/grade/outputs/feedback.ts";
import { formatGradebook } from "../../src/grade/outputs/gradebook_csv.ts";
import { formatGradescope } from "../../src/grade/outputs/gradescope_json.ts";
import { sampleGrade } from "./sample_grade.ts";
import { sampleRubric } from "./sample_rubric.ts";

const due = "2026-05-01T00:00:00Z";
const none = new Map<string, string>();

Deno.test("lateness takes its part of the points earned", () => {
  const rubric = sampleRubric({ due });
  const [final] = finalGrades([sampleGrade("a", [8, 2, 5])], {
    rubric,
    overrides: [],
    submitted: new Map([["a", "2026-05-02T12:00:00Z"]]),
  });
  assert.deepEqual([final.raw, final.penalty, final.score, final.lateness.days], [15, 3, 12, 2]);
});

Deno.test("the instructor's record of the time counts, not what the manifest says", () => {
  const rubric = sampleRubric({ due });
  const grade = sampleGrade("a", [8, 4, 8], { submission: "a-1", submitted: "2026-04-01T00:00:00Z" });
  const score = (submitted: Map<string, string>) =>
    finalGrades([grade], { rubric, overrides: [], submitted })[0].score;
  assert.equal(score(none), 20);
  assert.equal(score(new Map([["a-1", "2026-05-01T12:00:00Z"]])), 18);
  assert.equal(score(new Map([["a", "2026-05-01T12:00:00Z"]])), 18);
  // A record of the submission itself says more than one of its student.
  assert.equal(score(new Map([["a", "2026-05-01T12:00:00Z"], ["a-1", "2026-04-30T12:00:00Z"]])), 20);
});

Deno.test("of several submissions the best or the last counts, among as many as the rubric lets", () => {
  const attempts = [
    sampleGrade("a", [8, 4, 0], { submission: "a-1", submitted: "2026-04-01T00:00:00Z" }),
    sampleGrade("a", [8, 0, 0], { submission: "a-2", submitted: "2026-04-02T00:00:00Z" }),
    sampleGrade("a", [8, 4, 8], { submission: "a-3", submitted: "2026-04-03T00:00:00Z" }),
  ].reverse();
  const kept = (rules: Record<string, unknown>) => {
    const rubric = sampleRubric({ attempts: rules });
    const [final] = finalGrades(attempts, { rubric, overrides: [], submitted: none });
    return [final.grade.submission, final.attempt, final.attempts, final.score];
  };
  assert.deepEqual(kept({}), ["a-3", 3, 3, 20]);
  assert.deepEqual(kept({ limit: 2 }), ["a-1", 1, 3, 12]);
  assert.deepEqual(kept({ limit: 2, keep: "last" }), ["a-2", 2, 3, 8]);
});

Deno.test("who is held by the bound of all points is not said to be capped, as one that has not learned is", () => {
  const grade = sampleGrade("a", [8, 4, 8]);
  const [forward, backward] = grade.problems;
  const capped = (cap: number | null) => {
    const problems = [forward, { ...backward, bonus: 3 }];
    const [final] = finalGrades([{ ...grade, problems, cap }], {
      rubric: sampleRubric(),
      overrides: [],
      submitted: none,
    });
    return [final.raw, final.capped];
  };
  assert.deepEqual(capped(null), [20, false]);
  assert.deepEqual(capped(12), [12, true]);
});

Deno.test("two overrides of the same points are found, however the student's id is written", () => {
  const override = (student: string, more = {}) => ({ student, points: 3, reason: "why", ...more });
  assert.deepEqual(doubledOverride([override("S1"), override("s2"), override("s1")]), [0, 2]);
  assert.equal(doubledOverride([override("S1"), override("s1", { problem: "forward" })]), undefined);
});

Deno.test("overrides change checks, problems and totals, and say so", () => {
  const override = (more: object) => ({ student: "a", points: 3, reason: "why", ...more });
  const final = (overrides: ReturnType<typeof override>[]) =>
    finalGrades([sampleGrade("a", [8, 0, 0]), sampleGrade("b", [8, 0, 0])], {
      rubric: sampleRubric({ due }),
      overrides,
      submitted: none,
    });
  const [check, other] = final([override({ problem: "forward", check: "value" })]);
  assert.deepEqual([check.score, check.grade.problems[0].points, other.score], [11, 11, 8]);
  assert.equal(check.grade.problems[0].checks[1].override, "Changed by hand from 0 to 3: why");
  const [problem] = final([override({ problem: "forward" })]);
  assert.deepEqual([problem.score, problem.grade.problems[0].override], [
    3,
    "Changed by hand from 8 to 3: why",
  ]);
  const [total] = final([override({}), override({ points: 500 })]);
  assert.deepEqual([total.score, total.override], [20, "Changed by hand from 8 to 20: why"]);
});

Deno.test("points of a problem set by hand stand beside those of its checks, in any order, and what is said is what was given", () => {
  const problem = { student: "a", problem: "forward", points: 12, reason: "talk" };
  const check = { student: "a", problem: "forward", check: "vector", points: 3, reason: "typo" };
  for (const overrides of [[problem, check], [check, problem]]) {
    const [{ score, grade: { problems: [forward] } }] = finalGrades([sampleGrade("a", [8, 0, 0])], {
      rubric: sampleRubric(),
      overrides,
      submitted: none,
    });
    assert.deepEqual([score, forward.points], [12, 12]);
    assert.equal(forward.override, "Changed by hand from 3 to 12: talk");
    assert.equal(forward.checks[0].override, "Changed by hand from 8 to 3: typo");
  }
  // Another track's check of this name may be worth more.
  const [{ grade }] = finalGrades([sampleGrade("a", [0, 0, 0])], {
    rubric: sampleRubric(),
    overrides: [{ ...check, points: 15 }],
    submitted: none,
  });
  const [vector] = grade.problems[0].checks;
  assert.deepEqual([vector.points, vector.override], [8, "Changed by hand from 0 to 8: typo"]);
});

Deno.test("a check that could not be graded keeps the grade open until it is set by hand", () => {
  const grade = sampleGrade("a", [8, 4, 0]);
  const [forward, backward] = grade.problems;
  const open = {
    ...grade,
    problems: [forward, { ...backward, checks: [{ ...backward.checks[0], status: "not_graded" as const }] }],
  };
  const notGraded = (
    overrides: { student: string; problem?: string; check?: string; points: number; reason: string }[],
  ) => finalGrades([open], { rubric: sampleRubric(), overrides, submitted: none })[0].notGraded;
  assert.equal(notGraded([]), 1);
  assert.equal(
    notGraded([{ student: "a", problem: "backward", check: "gradcheck", points: 8, reason: "seen" }]),
    0,
  );
  assert.equal(notGraded([{ student: "a", points: 15, reason: "seen" }]), 0);
});

Deno.test("an attempt that is not kept, and may come to more once all of it is graded, keeps the grade open", () => {
  const attempt = (n: number, points: [number, number, number], open: boolean) => {
    const grade = sampleGrade("a", points, { submission: `a-${n}`, submitted: `2026-04-0${n}T00:00:00Z` });
    const [forward, backward] = grade.problems;
    const checks = backward.checks.map((check) => ({ ...check, status: "not_graded" as const }));
    return open ? { ...grade, problems: [forward, { ...backward, checks }] } : grade;
  };
  const kept = (second: [number, number, number], rules: Record<string, unknown> = {}, points?: number) => {
    const rubric = sampleRubric(rules);
    const overrides = points === undefined
      ? []
      : [{ student: "a", problem: "backward", points, reason: "seen" }];
    const [final] = finalGrades([attempt(1, [8, 0, 4], false), attempt(2, second, true)], {
      rubric,
      overrides,
      submitted: new Map([["a-2", "2026-05-01T12:00:00Z"]]),
    });
    const feedback = feedbackOf(final, { rubric, stage: "published" });
    const said = /Attempt 2 could not be graded whole .* this is not your final score/;
    const status = formatGradebook([final], rubric).split("\n")[1].match(/final|incomplete/)?.[0];
    assert.equal(feedback.warnings.some((text) => said.test(text)), final.openAttempts.length > 0);
    assert.equal(
      said.test(formatGradescope(final, { rubric, stage: "published" })),
      final.openAttempts.length > 0,
    );
    assert.equal(status, isFinal(final) ? "final" : "incomplete");
    return [final.attempt, final.score, final.openAttempts];
  };
  assert.deepEqual(kept([8, 4, 0]), [1, 12, [2]]);
  // All of its points would be no more than there are.
  assert.deepEqual(kept([4, 0, 0]), [1, 12, []]);
  // Late, it can come to 18.
  assert.deepEqual(kept([8, 1, 0], { due: "2026-05-01T00:00:00Z" }), [1, 12, [2]]);
  assert.deepEqual(kept([5, 0, 0], { due: "2026-05-01T00:00:00Z" }), [1, 12, []]);
  assert.deepEqual(kept([8, 1, 0], { attempts: { limit: 1 } }), [1, 12, []]);
  // Set by hand, it stays as it is.
  assert.deepEqual(kept([8, 0, 0], {}, 4), [1, 12, []]);
});

Deno.test("points set for a check that a student's track does not have are told of", () => {
  const grades = [sampleGrade("a", [8, 0, 0], { problems: [] }), sampleGrade("b", [8, 0, 0])];
  const set = (student: string) => ({
    student,
    problem: "forward",
    check: "value",
    points: 3,
    reason: "why",
  });
  const unknown = unknownNames(grades, {
    overrides: [set("A"), set("b"), set("c"), { student: "a", problem: "forward", points: 3, reason: "why" }],
    submitted: none,
  });
  assert.deepEqual(sayUnknownNames(unknown, gradeMessages("en")), [
    "overrides.yaml sets points of c: no submission is theirs, and nothing was set",
    "overrides.yaml sets points of checks that the track handed in does not have, and nothing was set: A (forward, value)",
  ]);
});
