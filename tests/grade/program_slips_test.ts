import assert from "node:assert/strict";
import { gradeSubmission } from "../../src/grade/grade_submission.ts";
import { manifestSchema } from "../../src/grade/manifest.ts";
import { rubricSchema } from "../../src/grade/rubric.ts";
import { vector } from "../../src/grade/tensors.ts";
import type { GradeValue, StudentProgram } from "../../src/grade/student_program.ts";
import type { CheckGrade } from "../../src/grade/submission_grade.ts";
import { openSubmission } from "../../pipeline/grade/submission/open_submission.ts";
import { parseYaml } from "../../pipeline/grade/parse_yaml.ts";
import { FAKE_ENGINE } from "./fake_engine.ts";
import { changedProgram } from "./in_process_program.ts";

// One slip in the perfect program, most of them such as no catalogue has: it must cost points where it was made, and nowhere else.

const text = await Deno.readTextFile(new URL("../../configs/rubrics/sprint-nn.yaml", import.meta.url));
const { value: rubric } = parseYaml(text, { file: "rubric", schema: rubricSchema, what: "a rubric" });

async function grade(program: StudentProgram) {
  const submission = {
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
  };
  const found = await gradeSubmission(submission, { rubric, engine: FAKE_ENGINE, program });
  return { ...found, checks: found.problems.flatMap(({ checks }) => checks) };
}

/** Those that compare with trained networks, of which the engine here has none. */
const TRAINED = ["band", "misclassified"];

function lost(checks: readonly CheckGrade[]): Record<string, number> {
  const less = checks.filter(({ name, points, max }) => points < max && !TRAINED.includes(name));
  return Object.fromEntries(
    less.map(({ name, points, max }) => [name, Math.round(100 * (max - points)) / 100]),
  );
}

function reasonOf(checks: readonly CheckGrade[], name: string): string {
  return checks.find((check) => check.name === name)?.reason ?? "";
}

Deno.test("the perfect program loses nothing", async () => {
  const { checks, remarks } = await grade(await changedProgram());
  assert.deepEqual([lost(checks), remarks], [{}, []]);
});

Deno.test("a list of misclassified images that is no answer to the question gets nothing, whichever it is", async () => {
  const right = await changedProgram();
  const pointsOf = async (answer: (input: GradeValue) => number[] | null) => {
    const { checks } = await grade({
      call(name, input) {
        const list = name === "misclassified" ? answer(input) : null;
        return list === null
          ? right.call(name, input)
          : Promise.resolve({ status: "ok", value: vector(list) });
      },
    });
    return checks.find(({ name }) => name === "misclassified")?.points;
  };
  const asked: GradeValue[] = [];
  assert.equal(await pointsOf((input) => asked.push(input) > 9 ? [] : null), 8);
  assert.equal(new Set(asked.map((input) => JSON.stringify(input))).size, 2);
  const { predictions, labels } = asked[0] as unknown as Record<"predictions" | "labels", { data: number[] }>;
  const first = [...labels.data.keys()].filter((i) => labels.data[i] !== predictions.data[i]);
  for (const list of [[1, 4, 7], first, [], [...labels.data.keys()]]) {
    assert.equal(await pointsOf(() => list), 0, list.join());
  }
});

Deno.test("an odd derivative is charged at the gradients alone", async () => {
  const { checks } = await grade(await changedProgram([": 1 - a * a;", ": 1 - a * a * a * a;"]));
  assert.deepEqual(lost(checks), { gradcheck: 4, gradcheck_sum: 2 });
  assert.match(reasonOf(checks, "one_step"), /^Right, given your own gradients/);
  assert.match(reasonOf(checks, "one_step_fit"), /^Right, given your own step/);
  assert.match(reasonOf(checks, "ragged_batch"), /^Right, given your own gradients/);
});

Deno.test("an odd activation is charged at forward propagation alone: gradients that follow from it are right", async () => {
  const { checks } = await grade(
    await changedProgram([": Math.tanh;", ": (z: number) => Math.tanh(0.9 * z);"]),
  );
  assert.deepEqual(lost(checks), { vector: 8 });
  assert.match(reasonOf(checks, "gradcheck"), /^Right, given your own forward propagation/);
  assert.match(
    reasonOf(checks, "finite_forward"),
    /That they are not ours is counted in the forward propagation/,
  );
  // It subtracts the largest logit: nothing may be said of clipping.
  assert.ok(checks.every(({ hint }) => !/clipp/.test(hint ?? "")));
});

Deno.test("an odd step is charged at the step alone, though fit goes by it", async () => {
  const { checks } = await grade(
    await changedProgram(["x - learningRate * g[j]", "0.99 * x - learningRate * g[j]"]),
  );
  assert.deepEqual(lost(checks), { one_step: 8 });
});

Deno.test("gradients of the wrong sign are charged there, and a step that subtracts them is not said to go uphill", async () => {
  const { checks } = await grade(await changedProgram(["scale * (p - Y[i][c])", "scale * (Y[i][c] - p)"]));
  assert.deepEqual(lost(checks), { gradcheck: 6, gradcheck_sigmoid: 4, gradcheck_sum: 3 });
  assert.match(reasonOf(checks, "gradcheck"), /where all gradients have the opposite sign\.$/);
  assert.match(reasonOf(checks, "one_step"), /^Right, given your own gradients/);
  assert.match(reasonOf(checks, "ragged_batch"), /^Right, given your own gradients/);
  assert.deepEqual(new Set(checks.flatMap(({ mistakes }) => mistakes)), new Set(["gradient_negated"]));
});

Deno.test("a step uphill is charged at the step alone, whose gradients are right", async () => {
  const { checks } = await grade(
    await changedProgram(["x - learningRate * g[j]", "x + learningRate * g[j]"]),
  );
  assert.deepEqual(lost(checks), { one_step: 8 });
  assert.deepEqual(new Set(checks.flatMap(({ mistakes }) => mistakes)), new Set(["step_uphill"]));
});

Deno.test("a loss without its minus is charged once, and nobody is told to keep it from a logarithm of 0", async () => {
  const { checks } = await grade(await changedProgram(["total -= Math.log", "total += Math.log"]));
  assert.deepEqual(lost(checks), { value: 10 });
  assert.match(reasonOf(checks, "value"), /where the loss lacks its minus sign\.$/);
  assert.match(reasonOf(checks, "finite_loss"), /a finite number\. That it is not positive is counted/);
});

Deno.test("a loss to base 10 is named", async () => {
  const { checks } = await grade(await changedProgram(["total -= Math.log(", "total -= Math.log10("]));
  assert.deepEqual(lost(checks), { value: 10 });
  assert.match(reasonOf(checks, "value"), /with the logarithm to base 10\.$/);
});

Deno.test("an odd loss is charged at the loss alone", async () => {
  const { checks } = await grade(await changedProgram(["total / Y.length", "total / Y.length + 0.5"]));
  assert.deepEqual(lost(checks), { value: 10 });
  assert.match(reasonOf(checks, "history"), /^Right, given your own functions/);
});

Deno.test("a constant factor that no mistake explains is said, with the sizes that it is made of", async () => {
  const { checks } = await grade(
    await changedProgram(["1 : 1 / X.length", "1 : 1 / (X[0].length + 0 * X.length)"]),
  );
  assert.match(
    reasonOf(checks, "gradcheck"),
    /dW1 is 0\.6667 times ours \(20\/30\); dB1 is 0\.6667 times ours \(20\/30\)/,
  );
});

Deno.test("labels that are off by one within fit are named, and charged there", async () => {
  const { checks } = await grade(await changedProgram(["c === label ? 1 : 0", "c === label + 1 ? 1 : 0"]));
  assert.deepEqual(lost(checks), { one_step_fit: 8 });
  assert.match(
    reasonOf(checks, "one_step_fit"),
    /where each row is taken for one of the class after its own/,
  );
});

Deno.test("a class that starts with biases of 1 is told so, and nothing of its backpropagation", async () => {
  const ones = "parameters && { ...options.parameters, B1: ones(16), B2: ones(12), B3: ones(10) }";
  const { checks } = await grade(
    await changedProgram(
      ["this.parameters = options.parameters;", `this.parameters = options.${ones};`],
      [
        "type Vector = number[];",
        "type Vector = number[];\nconst ones = (n: number) => new Array(n).fill(1);",
      ],
    ),
  );
  const said = checks.filter(({ mistakes }) => mistakes.length > 0).map(({ mistakes }) => mistakes.join());
  assert.deepEqual(new Set(said), new Set(["biases_set_to_one"]));
  assert.ok(checks.every(({ hint }) => !hint?.includes("delta")));
});

Deno.test("a class that ignores the parameters that it is given pays for that once, and is told so", async () => {
  const { checks } = await grade(
    await changedProgram(["this.parameters ??= initialize", "this.parameters = initialize"]),
  );
  assert.deepEqual(lost(checks), { one_step_fit: 8 });
  const { mistakes, hint } = checks.find(({ name }) => name === "one_step_fit") ?? assert.fail();
  assert.deepEqual(mistakes, ["parameters_ignored"]);
  assert.match(hint ?? "", /^Where `options\.parameters` is given, start from it/);
  assert.match(reasonOf(checks, "argmax"), /^All 50 rows get their most probable class/);
  assert.ok(checks.every(({ hint }) => !hint?.includes("argmax")));
});

Deno.test("a class that ignores its parameters and predicts wrongly besides pays for both", async () => {
  const { checks } = await grade(
    await changedProgram(["this.parameters ??= initialize", "this.parameters = initialize"], [
      "row.indexOf(Math.max(",
      "row.indexOf(Math.min(",
    ]),
  );
  assert.deepEqual(lost(checks), { argmax: 8, one_step_fit: 8 });
});

Deno.test("what a step changes in its arguments costs a quarter of one check, and nothing in the learning curve", async () => {
  const { checks } = await grade(
    await changedProgram([
      "const slopes = gradients({ X, Y, parameters, activation, reduction });",
      "const slopes = gradients({ X, Y, parameters, activation, reduction });\n  X[0][0] += 1;",
    ]),
  );
  assert.deepEqual(lost(checks), { one_step: 2 });
  assert.match(
    reasonOf(checks, "history"),
    /^The first epoch's loss is right; those after it are of arguments/,
  );
});

Deno.test("numerical differentiation gets all points, and a remark for the instructor", async () => {
  const folder = new URL("./submissions/artifact-by-differences", import.meta.url).pathname;
  const submission = await openSubmission(folder);
  const { problems, remarks } = await gradeSubmission(submission, {
    rubric,
    engine: FAKE_ENGINE,
    program: null,
  });
  const gradcheck = problems.flatMap(({ checks }) => checks).find(({ name }) => name === "gradcheck");
  assert.equal(gradcheck?.points, gradcheck?.max);
  assert.deepEqual(remarks.map(({ id }) => id), ["by_differences"]);
  assert.match(remarks[0].text, /^Gradients agree to \d\.\de-\d+ only, .*: by differences\?$/);
});

Deno.test("a function that changes its arguments pays for it once, and is told which", async () => {
  const { checks, remarks } = await grade(
    await changedProgram([
      "const slopes = gradients({ X, Y, parameters,",
      "X.reverse();\n  Y.reverse();\n  const slopes = gradients({ X, Y, parameters,",
    ]),
  );
  assert.deepEqual(remarks.map(({ id }) => id), ["changes_arguments"]);
  assert.deepEqual(lost(checks), { one_step: 2 });
  assert.match(reasonOf(checks, "one_step"), /step changes its argument X, which a function must not do/);
});
