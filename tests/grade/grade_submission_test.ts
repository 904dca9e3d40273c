import assert from "node:assert/strict";
import fc from "fast-check";
import { gradeSubmission } from "../../src/grade/grade_submission.ts";
import { manifestSchema } from "../../src/grade/manifest.ts";
import { rubricSchema } from "../../src/grade/rubric.ts";
import type { CallResult, GradeValue, StudentProgram } from "../../src/grade/student_program.ts";
import type { Submission, SubmissionProblem, SubmittedArray } from "../../src/grade/submission.ts";
import { notGradedChecks, type SubmissionGrade, totalPoints } from "../../src/grade/submission_grade.ts";
import { parseYaml } from "../../pipeline/grade/parse_yaml.ts";
import { FAKE_ENGINE } from "./fake_engine.ts";

const text = await Deno.readTextFile(new URL("../../configs/rubrics/sprint-nn.yaml", import.meta.url));
const { value: shipped } = parseYaml(text, { file: "rubric", schema: rubricSchema, what: "a rubric" });

/** Without what it asks of manifests and networks: anything is compared with anything. */
const { learned: _, cap: __, ...lenient } = shipped;
const rubric = { ...lenient, require: {} };

function submission(track: "ts" | "artifact", more: Partial<Submission> = {}): Submission {
  return {
    name: "s1",
    sha256: "0".repeat(64),
    files: [],
    manifest: manifestSchema.parse({ schema: 1, student: "s1", track }),
    source: track === "ts" ? "" : null,
    predictions: null,
    history: null,
    misclassified: null,
    weights: null,
    probe: null,
    problems: [],
    ...more,
  };
}

function grade(given: Submission, program: StudentProgram | null = null): Promise<SubmissionGrade> {
  return gradeSubmission(given, { rubric, engine: FAKE_ENGINE, program });
}

/** Whatever was handed in: every check has an outcome of its own, and points within its bounds. */
function assertSound({ problems }: SubmissionGrade): void {
  for (const { points, max, checks } of problems) {
    assert.ok(points >= 0 && points <= max);
    for (const { name, points, max, status, reason } of checks) {
      assert.ok(points >= 0 && points <= max && (points < max || status === "passed"), `${name} ${points}`);
      assert.notEqual(status, "not_graded", `${name}: ${reason}`);
    }
  }
}

const numbers = fc.oneof(fc.constantFrom(0, 1, -1, NaN, Infinity, -Infinity, 1e308, 1e-320), fc.double());
const shapes = fc.constantFrom<readonly number[]>(
  [],
  [0],
  [1],
  [2],
  [10],
  [20],
  [0, 3],
  [20, 10],
  [20, 16],
  [30, 16],
  [1, 16],
  [7, 10],
  [50],
  [2, 2, 2],
);
const tensors = shapes.chain((shape) => {
  const size = shape.reduce((product, length) => product * length, 1);
  return fc.oneof(
    numbers.map((x) => new Float64Array(size).fill(x)),
    fc.array(numbers, { minLength: size, maxLength: size }).map((list) => Float64Array.from(list)),
  )
    .map((data) => ({ shape, data }));
});
const names = fc.constantFrom(
  "W1",
  "B1",
  "W2",
  "B2",
  "W3",
  "B3",
  "A1",
  "A2",
  "probabilities",
  "predictions",
  "trainLoss",
  "valLoss",
  "__proto__",
  "x",
);
const flat = fc.oneof(tensors, numbers, fc.string(), fc.boolean(), fc.constant(null));
const values: fc.Arbitrary<GradeValue> = fc.oneof(
  flat,
  fc.dictionary(names, fc.oneof(flat, fc.dictionary(names, flat))),
);
const results: fc.Arbitrary<CallResult> = fc.oneof(
  { weight: 6, arbitrary: values.map((value): CallResult => ({ status: "ok", value })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<CallResult>(
      { status: "missing" },
      { status: "timeout", fault: ["tookLonger", 20] },
      { status: "crashed", fault: ["killed", ""] },
    ),
  },
);

Deno.test("whatever a program returns, each check ends with points or none, and no fault of the grader", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(results, { minLength: 1, maxLength: 12 }), async (replies) => {
      let calls = 0;
      assertSound(
        await grade(submission("ts"), { call: () => Promise.resolve(replies[calls++ % replies.length]) }),
      );
    }),
    { numRuns: 40 },
  );
});

Deno.test("whatever files hold, each check ends with points or none, and no fault of the grader", async () => {
  const arrayNames = fc.oneof(
    names,
    names.chain((name) => fc.constantFrom("d", "new_", "small_d", "init_").map((prefix) => prefix + name)),
    fc.constantFrom("loss", "loss_zero", "probabilities_large"),
  );
  const arrays = fc.option(
    fc.dictionary(arrayNames, tensors.map((found): SubmittedArray => ({ ...found, dtype: "<f8" }))),
  );
  const cells = fc.oneof(fc.constantFrom("0", "1", "9", "nan", "-1", "1e9", "", "=1+1"), fc.string());
  const tables = fc.option(
    fc.tuple(
      fc.constantFrom(["index", "label"], ["epoch", "train_loss", "val_loss"], [
        "index",
        "predicted",
        "label",
      ], []),
      fc.array(fc.tuple(cells, cells, cells), { maxLength: 12 }),
    )
      .map(([header, rows]) => ({ header, rows: rows.map((row) => row.slice(0, header.length)) })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        probe: arrays,
        weights: arrays,
        predictions: tables,
        history: tables,
        misclassified: tables,
      }),
      async (files) => {
        assertSound(await grade(submission("artifact", files)));
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("without a readable manifest nothing is graded but as missing, in the track that the files look like", async () => {
  const problems: SubmissionProblem[] = [{
    file: "manifest.yaml",
    fault: ["valueMissing", { enum: ["ts", "artifact"] }],
    place: { line: 3, column: 1, path: "track" },
  }];
  const said = "manifest.yaml: line 3, column 1: track is missing; it must be ts or artifact.";
  const found = await grade(submission("ts", { manifest: null, problems }));
  assert.deepEqual([found.student, found.track, totalPoints(found)], ["s1", "ts", 0]);
  assert.deepEqual(found.notes, [`Counts as not handed in: ${said}`]);
  const [{ checks: [{ status, reason }] }] = found.problems;
  assert.deepEqual([status, reason], ["invalid", said]);
  assert.equal((await grade(submission("artifact", { manifest: null }))).track, "artifact");
});

Deno.test("without src/mod.ts every check of track ts says so", async () => {
  const found = await grade(submission("ts", { source: null }));
  assert.equal(totalPoints(found), 0);
  const reasons = found.problems.flatMap(({ checks }) => checks.map(({ reason }) => reason));
  assert.ok(
    reasons.every((reason) => reason.endsWith(": the submission must have src/mod.ts, found none.")),
    reasons.join("\n"),
  );
});

Deno.test("a fault of the grader itself leaves its check not graded, with the others going on", async () => {
  const engine = { ...FAKE_ENGINE, trace: () => Promise.reject(new TypeError("oops")) };
  const history = { header: ["epoch", "train_loss", "val_loss"], rows: [["1", "1", "1"]] };
  const found = await gradeSubmission(submission("artifact", { history }), { rubric, engine, program: null });
  assert.deepEqual(notGradedChecks(found).map(({ name, reason }) => [name, reason]), [
    ["history", "Not graded: the grader itself failed, which is a bug to report (oops)."],
  ]);
});

Deno.test("a manifest cannot make us train for days", async () => {
  const history = { header: ["epoch", "train_loss", "val_loss"], rows: [["1", "1", "1"]] };
  const manifest = manifestSchema.parse({
    schema: 1,
    student: "s1",
    track: "artifact",
    epochs: 200,
    hidden: [1000, 2000, 2000, 2000, 2000, 2000, 2000, 1000],
  });
  const found = await gradeSubmission(submission("artifact", { history, manifest }), {
    rubric,
    engine: FAKE_ENGINE,
    program: null,
  });
  assert.deepEqual(notGradedChecks(found).map(({ name }) => name), ["history"]);
  assert.match(
    notGradedChecks(found)[0].reason,
    /^Not graded: one epoch with the manifest's hyperparameters costs .* times the course's own training, more than the rubric's reference\.max_cost, 5/,
  );
});

Deno.test("where the manifest's student cannot be one, everything is graded, and a note says whose name counts", async () => {
  const place = { line: 2, column: 10, path: "student" };
  const problems = [{ file: "manifest.yaml", fault: ["valueMissing", { const: "an id" }], place }] as const;
  const { student, claim, notes, problems: graded } = await grade(submission("artifact", { problems }));
  assert.deepEqual([student, notes], ["s1", []]);
  assert.equal(
    claim,
    "The submission's name says whose it is. manifest.yaml: line 2, column 10: student is missing; it must be an id.",
  );
  assert.ok(graded.flatMap(({ checks }) => checks).every(({ reason }) => !reason.includes("manifest.yaml")));
});
