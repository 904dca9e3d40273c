import assert from "node:assert/strict";
import type { Batch } from "../../../src/grade/batch.ts";
import { gradeSubmission } from "../../../src/grade/grade_submission.ts";
import { manifestSchema } from "../../../src/grade/manifest.ts";
import { forward, gradients } from "../../../src/grade/reference/network.ts";
import type { GradeValue, StudentProgram } from "../../../src/grade/student_program.ts";
import { FAKE_ENGINE } from "../fake_engine.ts";
import { type FinalGrade, finalGrades } from "../../../src/grade/final_grade.ts";
import { classData } from "../../../src/grade/outputs/class_data.ts";
import { formatClassReport } from "../../../src/grade/outputs/class_report.ts";
import { feedbackOf } from "../../../src/grade/outputs/feedback.ts";
import { formatFeedback } from "../../../src/grade/outputs/feedback_markdown.ts";
import { formatGradescope } from "../../../src/grade/outputs/gradescope_json.ts";
import { studentPage } from "../../../src/grade/pages/student_page.tsx";
import { readRoster } from "../../../src/grade/roster.ts";
import type { Rubric } from "../../../src/grade/rubric.ts";
import type { SubmissionGrade } from "../../../src/grade/submission_grade.ts";
import { gradeBy, sampleClass, shippedRubric } from "../sample_class.ts";
import { sampleGrade } from "../sample_grade.ts";
import { sampleRubric } from "../sample_rubric.ts";

function feedback(grade: SubmissionGrade, rubric: Rubric, stage: "open" | "published" = "published"): string {
  const [final] = finalGrades([grade], { rubric, overrides: [], submitted: new Map() });
  return formatFeedback(feedbackOf(final, { rubric, stage }));
}

Deno.test("feedback in Japanese: title, points, checks and hints, with what is not shown counted", () => {
  const rubric = sampleRubric({ language: "ja", title: { en: "Sample", ja: "課題" } });
  assert.equal(
    feedback(sampleGrade("a", [4, 1, 5]), rubric, "open"),
    "# 課題：a\n\n" +
      "**公開済みの項目では 8 点中 4 点**。全 3 項目のうち 2 項目は非公開です。\n\n" +
      "## 1. Forward：4 / 8 点（公開分）\n\n" +
      "- ✗ **各層の出力と予測確率（tanh）**、4 / 8 点：reason of vector\n" +
      "  - ヒント：hint of vector\n" +
      "- ほかに非公開の項目が 1 個あります。\n\n" +
      "## 2. Backward：0 / 0 点（公開分）\n\n" +
      "- ほかに非公開の項目が 1 個あります。\n\n" +
      "提出形式 ts、1 回の提出のうち 1 回目、提出物 `abababababab`。\n",
  );
});

Deno.test("lateness and what was changed by hand are said in Japanese", () => {
  const rubric = sampleRubric({ language: "ja", due: "2026-05-01T00:00:00Z" });
  const grade = sampleGrade("a", [8, 4, 8]);
  const shown = { ...grade, problems: [{ ...grade.problems[0], checks: [grade.problems[0].checks[0]] }] };
  const [final] = finalGrades([shown], {
    rubric,
    overrides: [{ student: "a", points: 9, reason: "面談" }],
    submitted: new Map([["a", "2026-05-01T01:00:00Z"]]),
  });
  const text = formatFeedback(feedbackOf(final, { rubric, stage: "published" }));
  assert.match(
    text,
    /\*\*20 点満点中 9 点\*\*。提出が期限を過ぎたため（遅れ 1 日目）、得点の 10%（12 点のうち 1\.2 点）を減点します。/,
  );
  assert.match(text, /手動で 10\.8 点から 9 点に変更しました：面談/);
});

/** The grade of a network that has not learned, with 2 points of bonus, a day late. */
function capped(overrides: { student: string; points: number; reason: string }[] = [], language = "en") {
  const rubric = sampleRubric({ language, due: "2026-05-01T00:00:00Z" });
  const grade = sampleGrade("a", [8, 4, 5], { learned: false, testAccuracy: 0.1, cap: 15 });
  const [forward, backward] = grade.problems;
  const [final] = finalGrades([{ ...grade, problems: [{ ...forward, bonus: 2 }, backward] }], {
    rubric,
    overrides,
    submitted: new Map([["a", "2026-05-01T00:15:00Z"]]),
  });
  const shown = problemsShown(final);
  return {
    rubric,
    final: shown,
    feedback: feedbackOf(shown, { rubric, stage: "published" }),
  };
}

/** The same grade with all checks shown. */
function problemsShown(final: FinalGrade): FinalGrade {
  const problems = final.grade.problems.map((problem) => ({
    ...problem,
    checks: problem.checks.map((check) => ({ ...check, visibility: "visible" as const })),
  }));
  return { ...final, grade: { ...final.grade, problems } };
}

Deno.test("what leads from the problems' points to the total is said, and adds up", () => {
  const { final, feedback } = capped();
  assert.deepEqual(feedback.sums, [
    { title: "Bonus", points: "+2" },
    { title: "Together", points: "19" },
    { title: "Above the most, 15", points: "−4" },
    { title: "Lateness", points: "−1.5" },
    { title: "Total", points: "13.5" },
  ]);
  assert.equal(final.score, 13.5);
  const text = formatFeedback(feedback);
  assert.match(text, /\| 1\. Forward +\| +12 \| +12 \|\n/);
  assert.match(text, /\| Lateness +\| +−1\.5 \| +\|\n\| Total +\| +13\.5 \| +20 \|\n/);
  assert.match(studentPage(feedback), /<tfoot><tr><th scope="row" class="text">Bonus<\/th><td>\+2<\/td>/);
  const plain = sampleGrade("a", [8, 4, 8]);
  const [whole] = finalGrades([plain], { rubric: sampleRubric(), overrides: [], submitted: new Map() });
  assert.deepEqual(
    feedbackOf(problemsShown(whole), { rubric: sampleRubric(), stage: "published" }).sums,
    [],
  );
});

Deno.test("of a total set by hand no cap is said, nowhere, and the sums add up to it", () => {
  const { rubric, final, feedback } = capped([{ student: "a", points: 18, reason: "seen" }]);
  assert.deepEqual(feedback.sums.slice(-2), [
    { title: "Changed by hand", points: "+4.5" },
    { title: "Total", points: "18" },
  ]);
  const texts = [
    formatFeedback(feedback),
    studentPage(feedback),
    formatGradescope(final, { rubric, stage: "published" }),
    formatClassReport(classData([final], { rubric, pairs: [] })),
  ];
  for (const text of texts) assert.doesNotMatch(text, /is at most 15|capped at 15/);
  assert.match(texts[2], /Changed by hand from 13\.5 to 18: seen/);
});

Deno.test("who hands in a quarter of an hour late is on the first day, not a day late", () => {
  assert.match(
    formatFeedback(capped().feedback),
    /Late, on day 1 after the due time: 10 % of the points earned/,
  );
  assert.match(
    formatFeedback(capped([], "ja").feedback),
    /提出が期限を過ぎたため（遅れ 1 日目）、得点の 10%/,
  );
  const { rubric, final } = capped([], "ja");
  assert.match(formatClassReport(classData([final], { rubric, pairs: [] })), /遅れ 1 日目、10% 減点/);
});

Deno.test("of a network that has not learned it is said what it reaches, and of none that there is none", async () => {
  const rubric = await shippedRubric("en");
  const say = (more: Partial<SubmissionGrade>) =>
    feedback(gradeBy(rubric, { student: "s1", learned: false, ...more }), rubric);
  assert.match(
    say({ testAccuracy: 0.098, cap: 60 }),
    /> The trained network classifies 9\.8 % of the test images rightly: it has not learned\. Because of that the total is at most 60 points\./,
  );
  assert.match(say({ testAccuracy: 0.098, cap: null }), /it has not learned\.\n/);
  assert.match(
    say({ testAccuracy: null, cap: 60 }),
    /> There is no trained network whose accuracy could be measured\. Because of that/,
  );
  assert.doesNotMatch(say({ learned: true, cap: null }), /not learned|at most/);
});

Deno.test("points of bonus are said to be that, and are no part of what the shown checks are worth", () => {
  const rubric = sampleRubric();
  const grade = sampleGrade("a", [8, 2, 8]);
  const [forward, backward] = grade.problems;
  const [vector, value] = forward.checks;
  const bonus = { ...value, visibility: "visible" as const, bonus: true };
  const text = feedback(
    { ...grade, problems: [{ ...forward, points: 8, max: 8, bonus: 2, checks: [vector, bonus] }, backward] },
    rubric,
    "open",
  );
  assert.match(text, /## 1\. Forward: 8 of 8, 2 bonus\n/);
  assert.match(text, /\*\*Value of the cross-entropy\*\*, 2 of 4 bonus: /);
  assert.match(text, / of 8 points in the checks that are shown\.\*\*/);
});

Deno.test("what was understood is told to the student, remarks to the instructor alone", async () => {
  const rubric = await shippedRubric("en");
  const grades = sampleClass(rubric);
  const final = grades.find(({ student }) => student === "s1000009")!;
  const told = formatFeedback(feedbackOf(final, { rubric, stage: "published" })) +
    formatGradescope(final, { rubric, stage: "published" });
  assert.match(told, /> probe\.npz: w1, b1 are taken for W1, B1\./);
  assert.doesNotMatch(told, /by differences/);
  const report = formatClassReport(classData(grades, { rubric, pairs: [] }));
  assert.match(report, /- s1000009: 1 check not graded; gradients agree to 1e-7 only: by differences\?/);
});

Deno.test("what a check found that is not shown is told by no other check, on the page and on Gradescope", async () => {
  const rubric = await shippedRubric("en");
  const ok = (value: GradeValue) => Promise.resolve({ status: "ok" as const, value });
  // A program whose hidden layers are always tanh: vector_sigmoid is after the due date, gradcheck_sigmoid is visible.
  const program: StudentProgram = {
    call(name, input) {
      const batch = input as unknown as Batch & { reduction: "mean" | "sum" };
      if (name === "forward") {
        const { inputs: [, A1, A2], probabilities } = forward(batch, "tanh");
        return ok({ A1, A2, probabilities });
      }
      if (name !== "gradients") return Promise.resolve({ status: "missing", fault: ["missing"] });
      return ok(gradients(batch, { activation: "tanh", reduction: batch.reduction, learningRate: 0.1 }));
    },
  };
  const grade = await gradeSubmission({
    name: "s1",
    sha256: "0".repeat(64),
    files: [],
    manifest: manifestSchema.parse({ schema: 1, student: "s1", track: "ts" }),
    source: "",
    predictions: null,
    history: null,
    misclassified: null,
    weights: null,
    probe: null,
    problems: [],
  }, { rubric, engine: FAKE_ENGINE, program });
  const checks = grade.problems.flatMap((problem) => problem.checks);
  const { points, reason } = checks.find(({ name }) => name === "gradcheck_sigmoid")!;
  assert.equal(points, 4);
  assert.match(reason, /counted elsewhere: the hidden layers have tanh/);
  const hidden = checks.find(({ name }) => name === "vector_sigmoid")!;
  assert.equal(hidden.points, 0);
  const [final] = finalGrades([grade], { rubric, overrides: [], submitted: new Map() });
  for (const stage of ["open", "published"] as const) {
    const page = formatFeedback(feedbackOf(final, { rubric, stage }));
    assert.equal(/have tanh as|counted elsewhere/.test(page), stage === "published", stage);
    assert.equal(page.includes("4 of 4: No points are lost here."), stage === "open", stage);
    const { tests } = JSON.parse(formatGradescope(final, { rubric, stage }));
    const said = tests.filter(({ output }: { output: string }) =>
      /have tanh as|counted elsewhere/.test(output)
    );
    const visible = said.filter(({ visibility }: { visibility: string }) => visibility === "visible");
    assert.equal(visible.length > 0, stage === "published", stage);
  }
});

Deno.test("the class report names first who has not learned, then who handed in nothing, and groups what is unknown", async () => {
  for (
    const [language, unlearned, absent, unknown] of [
      ["en", "## Networks that have not learned", "## Nothing handed in", "## Wrong in the same way"],
      ["ja", "## 学習できていないネットワーク", "## 未提出者", "## 同じ間違い方をしている未知の誤り"],
    ] as const
  ) {
    const rubric = await shippedRubric(language);
    const grades = sampleClass(rubric);
    const report = formatClassReport(
      classData(grades, { rubric, pairs: [], roster: readRoster([["student"], ["s1000001"], ["s1000099"]]) }),
    );
    const places = [unlearned, "s1000006", "s1000007", absent, "s1000099", unknown].map((part) =>
      report.indexOf(part)
    );
    assert.ok(places.every((place, i) => place > (places[i - 1] ?? 0)), places.join());
    assert.match(report.slice(report.indexOf(unknown)), /s1000004(, |、)s1000005/);
  }
});
