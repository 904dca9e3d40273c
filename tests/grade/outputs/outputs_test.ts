import assert from "node:assert/strict";
import { type FinalGrade, finalGrades } from "../../../src/grade/final_grade.ts";
import { classData } from "../../../src/grade/outputs/class_data.ts";
import { formatClassReport } from "../../../src/grade/outputs/class_report.ts";
import { formatCsv } from "../../../src/grade/outputs/csv.ts";
import { feedbackOf } from "../../../src/grade/outputs/feedback.ts";
import { formatFeedback } from "../../../src/grade/outputs/feedback_markdown.ts";
import { formatGradebook } from "../../../src/grade/outputs/gradebook_csv.ts";
import { formatGradescope } from "../../../src/grade/outputs/gradescope_json.ts";
import { formatJunit } from "../../../src/grade/outputs/junit_xml.ts";
import { formatNbgrader } from "../../../src/grade/outputs/nbgrader_csv.ts";
import type { SubmissionGrade } from "../../../src/grade/submission_grade.ts";
import { sampleGrade } from "../sample_grade.ts";
import { sampleRubric } from "../sample_rubric.ts";

const rubric = sampleRubric({ due: "2026-05-01T00:00:00Z" });

function final(...grades: SubmissionGrade[]): FinalGrade[] {
  return finalGrades(grades, {
    rubric,
    overrides: [],
    submitted: new Map([["late", "2026-05-01T01:00:00Z"]]),
  });
}

function withReason(reason: string): SubmissionGrade {
  const grade = sampleGrade("a", [0, 4, 8]);
  const [forward, backward] = grade.problems;
  const [vector, value] = forward.checks;
  return { ...grade, problems: [{ ...forward, checks: [{ ...vector, reason }, value] }, backward] };
}

Deno.test("cells that a spreadsheet would take for a formula are escaped", () => {
  const text = formatCsv(["name", "points"], [["=1+1", 1], ["+a", 2], ["-a", 3], ["@a", 4], ['a,"b"', null], [
    "\t=1",
    5,
  ]]);
  assert.equal(text, `name,points\n'=1+1,1\n'+a,2\n'-a,3\n'@a,4\n"a,""b""",\n'\t=1,5\n`);
});

Deno.test("gradebook.csv has a row a student and a column a problem", () => {
  assert.equal(
    formatGradebook(final(sampleGrade("late", [8, 2, 5]), sampleGrade("b", [8, 4, 8])), rubric),
    "student,track,submission,attempt,attempts,submitted,forward,backward,raw,late_days,penalty,score,max,status,overridden,submission_sha256\n" +
      `b,ts,b,1,1,,12,8,20,0,0,20,20,final,no,${"ab".repeat(32)}\n` +
      `late,ts,late,1,1,2026-05-01T01:00:00Z,10,5,15,1,1.5,13.5,20,final,no,${"ab".repeat(32)}\n`,
  );
});

Deno.test("nbgrader.csv is as nbgrader exports it", () => {
  assert.equal(
    formatNbgrader(final(sampleGrade("late", [8, 2, 5])), rubric),
    "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score\n" +
      "sample,2026-05-01T00:00:00Z,2026-05-01T01:00:00Z,late,,,,15,1.5,13.5,20\n",
  );
});

Deno.test("feedback shows what may be seen at its stage, and no sum that tells the rest", () => {
  const [grade] = final(sampleGrade("a", [4, 1, 5]));
  const open = formatFeedback(feedbackOf(grade, { rubric, stage: "open" }));
  assert.match(open, /\*\*4 of 8 points in the checks that are shown\.\*\* 2 of 3 checks are not shown\./);
  assert.match(
    open,
    /✗ \*\*Activations and probabilities \(tanh\)\*\*, 4 of 8: reason of vector\n {2}- Hint: hint of vector/,
  );
  assert.doesNotMatch(open, /cross-entropy|Gradients|10 of 20|5 of 8|5 of 12/);
  const due = formatFeedback(feedbackOf(grade, { rubric, stage: "due" }));
  assert.match(due, /\*\*9 of 16 points in the checks that are shown\.\*\* 1 of 3 checks is not shown\./);
  assert.match(due, /reason of gradcheck/);
  assert.doesNotMatch(due, /reason of value|10 of 20/);
  assert.doesNotMatch(formatFeedback(feedbackOf(grade, { rubric, stage: "published" })), /reason of value/);
  const visible = { ...rubric, problems: [] };
  const all = {
    ...grade,
    grade: {
      ...grade.grade,
      problems: [grade.grade.problems[0]].map((problem) => ({ ...problem, checks: [problem.checks[0]] })),
    },
  };
  assert.match(
    formatFeedback(feedbackOf(all, { rubric: visible, stage: "open" })),
    /^# Sample: a\n\n\*\*10 of 20 points\.\*\*\n/,
  );
});

Deno.test("what a student wrote is shown as text, in Markdown and in XML", () => {
  const [grade] = final(withReason('<script>alert(1)</script> | [x](javascript:y)\n# a\u0000b & "c" \ud800'));
  const feedback = formatFeedback(feedbackOf(grade, { rubric, stage: "open" }));
  assert.ok(feedback.includes("\\<script\\>"), feedback);
  assert.doesNotMatch(feedback, /^# a/m);
  const xml = formatJunit([grade], rubric);
  assert.ok(xml.includes("&lt;script&gt;alert(1)&lt;/script&gt;"), xml);
  assert.ok(xml.includes("&#10;# a\ufffdb &amp; &quot;c&quot; \ufffd"), xml);
});

Deno.test("JUnit tells failures, errors and what was not graded apart", () => {
  const grade = sampleGrade("a", [4, 0, 8]);
  const [{ checks: [vector, value], ...forward }, backward] = grade.problems;
  const xml = formatJunit(
    final({
      ...grade,
      problems: [
        { ...forward, checks: [{ ...vector, status: "timeout" }, { ...value, status: "not_graded" }] },
        backward,
      ],
    }),
    rubric,
  );
  assert.match(xml, /<testsuite name="a" tests="3" failures="0" errors="1" skipped="1">/);
  assert.match(xml, /<testcase classname="backward" name="gradcheck"\/>/);
  assert.match(xml, /<error type="timeout" message="4 of 8 points\. reason of vector"\/>/);
});

Deno.test("Gradescope gets score, tests with their visibility, and the leaderboard", () => {
  const [grade] = final(sampleGrade("a", [4, 4, 8], { notes: ["history.csv: broken"] }));
  const { tests, ...results } = JSON.parse(formatGradescope(grade, { rubric, stage: "open" }));
  assert.deepEqual(results, {
    score: 16,
    output: "history.csv: broken",
    output_format: "text",
    stdout_visibility: "hidden",
    leaderboard: [],
  });
  assert.deepEqual(tests[0], {
    name: "Forward: Activations and probabilities (tanh)",
    number: "1.1",
    score: 4,
    max_score: 8,
    status: "failed",
    output: "reason of vector\nhint of vector",
    output_format: "text",
    visibility: "visible",
  });
  assert.deepEqual(tests.map(({ status, visibility }: Record<string, string>) => [status, visibility]), [
    ["failed", "visible"],
    ["passed", "hidden"],
    ["passed", "after_due_date"],
  ]);
});

Deno.test("a submission of which nothing was looked at says nothing of which checks are hard", () => {
  const refused = sampleGrade("deep", [0, 0, 0]);
  const problems = refused.problems.map((problem) => ({
    ...problem,
    checks: problem.checks.map((check) => ({ ...check, status: "missing" as const, reason: "no manifest" })),
  }));
  const grades = final(sampleGrade("a", [8, 4, 8]), { ...refused, track: "artifact", problems });
  assert.deepEqual(classData(grades, { rubric, pairs: [] }).hardest, []);
  const wrong = final(sampleGrade("a", [8, 4, 8]), sampleGrade("b", [0, 0, 0], { track: "artifact" }));
  assert.equal(classData(wrong, { rubric, pairs: [] }).hardest.length, 3);
});

Deno.test("Gradescope shows everybody no more of the trained network than the student may see", () => {
  const checks = [{ check: "band", points: 8, visibility: "after_due_date" }, {
    check: "history",
    points: 12,
  }];
  const rubric = sampleRubric({ problems: [{ name: "learning", title: "Learning", points: 20, checks }] });
  const [forward] = sampleGrade("a", [8, 0, 0]).problems;
  const names = ["band", "history"];
  const problem = {
    ...forward,
    name: "learning",
    checks: forward.checks.map((check, i) => ({
      ...check,
      name: names[i],
      visibility: rubric.problems[0].checks[i].visibility,
    })),
  };
  const grade = sampleGrade("a", [8, 0, 0], {
    problems: [problem],
    testAccuracy: 0.314,
    learned: false,
    cap: 15,
  });
  const overrides = [{ student: "a", points: 7, reason: "talk" }];
  const [plain] = finalGrades([grade], { rubric, overrides: [], submitted: new Map() });
  const [byHand] = finalGrades([grade], { rubric, overrides, submitted: new Map() });
  const read = (of: FinalGrade, stage: "open" | "due") => {
    const { output, leaderboard } = JSON.parse(formatGradescope(of, { rubric, stage }));
    return [output, leaderboard.length];
  };
  assert.deepEqual(read(plain, "open"), ["", 0]);
  assert.deepEqual(read(byHand, "open"), ["", 0]);
  assert.deepEqual(read(plain, "due"), [
    "The trained network classifies 31.4 % of the test images rightly: it has not learned.\n" +
    "Because of that the total is at most 15 points.",
    1,
  ]);
  assert.match(read(byHand, "due")[0], /Changed by hand from 8 to 7: talk/);
});

Deno.test("the class report has the distribution, the hardest checks, the mistakes and what to look at", () => {
  const grades = final(
    sampleGrade("a", [8, 4, 0]),
    sampleGrade("b", [8, 4, 8]),
    sampleGrade("late", [8, 4, 4]),
  );
  const report = formatClassReport(classData(grades, {
    rubric,
    pairs: [{
      a: "a",
      b: "b",
      submissions: { a: "a", b: "b" },
      what: "weights.npz",
      similarity: 1,
      note: null,
    }],
  }));
  assert.match(report, /3 students, 20 points: mean 15\.47, median 14\.4, lowest 12, highest 20\./);
  assert.match(report, /18 - 20 {5}1 {2}#+/);
  assert.match(report, /\| Gradients \(tanh, mean\) \(backward: gradcheck \(ts\)\) \| +50 % \| +3 \|/);
  assert.match(report, /\| the gradient is summed .* \| +2 \| a, late \|/);
  assert.match(report, /- late: late, day 1, 10 % off/);
  assert.match(report, /1 pair of similar submissions/);
});
