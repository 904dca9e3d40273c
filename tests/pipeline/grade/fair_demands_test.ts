import assert from "node:assert/strict";
import { join } from "node:path";
import { finalGrades } from "../../../src/grade/final_grade.ts";
import { feedbackOf } from "../../../src/grade/outputs/feedback.ts";
import { formatFeedback } from "../../../src/grade/outputs/feedback_markdown.ts";
import { sayFault } from "../../../src/grade/fault.ts";
import { gradeMessages } from "../../../src/grade/messages/messages.ts";
import type { Submission } from "../../../src/grade/submission.ts";
import { gradeSubmission, reproducedBy } from "../../../src/grade/grade_submission.ts";
import { manifestSchema } from "../../../src/grade/manifest.ts";
import { rubricSchema } from "../../../src/grade/rubric.ts";
import { type SubmissionGrade, totalPoints, uncappedPoints } from "../../../src/grade/submission_grade.ts";
import { openSubmission } from "../../../pipeline/grade/submission/open_submission.ts";
import { inProcessProgram } from "../../grade/in_process_program.ts";
import { sampleRubric } from "../../grade/sample_rubric.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { runGradeCommand } from "./run_command.ts";
import {
  checkOf,
  gradeMade,
  lostPoints,
  made,
  manifestWith,
  mapRows,
  rubric,
  shippedRequirements,
  strokesEngine,
} from "./made_submissions.ts";

const RUBRIC = new URL("../../../configs/rubrics/sprint-nn.yaml", import.meta.url);

await using engine = await strokesEngine();

function feedback(grade: SubmissionGrade): string {
  const [final] = finalGrades([grade], { rubric, overrides: [], submitted: new Map() });
  return formatFeedback(feedbackOf(final, { rubric, stage: "published" }));
}

Deno.test("a training that learns nothing gets nothing in band and history, with the bounds that it is out of", async () => {
  const submission = await made((perfect) => ({
    ...manifestWith(perfect, { learning_rate: 1e-9, epochs: 1 }),
    weights: Object.fromEntries(
      Object.entries(perfect.probe ?? {}).filter(([name]) => name.startsWith("init_")).map((
        [name, array],
      ) => [name.slice(5), array]),
    ),
    predictions: null,
    misclassified: null,
  }));
  const grade = await gradeMade(submission, {
    engine,
    rules: { require: { learning_rate: { min: 0.001, max: 1 }, epochs: { min: 3 } } },
  });
  for (const name of ["band", "history"]) {
    const { points, reason } = checkOf(grade, name);
    assert.equal(points, 0);
    assert.equal(
      reason,
      "Not compared with our own training: by this rubric manifest.yaml is out of bounds, learning_rate must be from 0.001 to 1, " +
        "found 1e-9 and epochs must be at least 3, found 1.",
    );
  }
  assert.deepEqual([grade.learned, grade.cap], [false, 60]);
  assert.ok(totalPoints(grade) <= 60, String(totalPoints(grade)));
});

Deno.test("below the least accuracy band and history give nothing, and the total is at most the cap, which is said", async () => {
  const rules = { learned: 0.99, cap: 60 };
  const grade = await gradeMade(await made(), { engine, rules });
  assert.deepEqual(lostPoints(grade), { band: 8, history: 8 });
  for (const name of ["band", "history"]) {
    assert.match(
      checkOf(grade, name).reason,
      /^The network has not learned: it classifies fewer of the test images rightly than the 99 % that are asked for\./,
    );
  }
  assert.deepEqual([grade.learned, uncappedPoints(grade), totalPoints(grade)], [false, 94, 60]);
  const [final] = finalGrades([grade], {
    rubric: { ...rubric, ...rules },
    overrides: [],
    submitted: new Map(),
  });
  assert.deepEqual([final.raw, final.capped, final.score], [60, true, 60]);
  assert.match(
    formatFeedback(feedbackOf(final, { rubric: { ...rubric, ...rules }, stage: "published" })),
    /> The trained network classifies 85\.6 % .*: it has not learned\. Because of that the total is at most 60 points\./,
  );
});

Deno.test("a network that is not handed in is capped as one that has not learned, so that hiding it gains nothing", async () => {
  const grade = await gradeMade(await made(() => ({ weights: null })), { engine });
  assert.deepEqual([grade.learned, totalPoints(grade)], [false, 60]);
  assert.match(
    feedback(grade),
    /There is no trained network whose accuracy could be measured\. Because of that the total is at most 60 points\./,
  );
});

Deno.test("a network that learns is not capped, and a rubric that does not ask caps nothing", async () => {
  const learned = await gradeMade(await made(), { engine });
  assert.deepEqual([learned.learned, learned.cap, totalPoints(learned)], [true, null, 100]);
  const { learned: _, cap: __, ...lenient } = rubric;
  const grade = await gradeSubmission(await made(() => ({ weights: null })), {
    rubric: lenient,
    engine,
    program: null,
  });
  assert.deepEqual([grade.learned, grade.cap], [null, null]);
});

Deno.test("a program whose steps go uphill, or whose softmax is over the wrong axis, gets at most 60 points", async () => {
  for (const name of ["bug-step-uphill", "bug-softmax-wrong-axis"]) {
    const submission = await openSubmission(
      new URL(`../../grade/submissions/${name}`, import.meta.url).pathname,
    );
    const grade = await gradeSubmission(submission, {
      rubric,
      engine,
      program: await inProcessProgram(name),
    });
    assert.ok(uncappedPoints(grade) > 80, String(uncappedPoints(grade)));
    assert.deepEqual([grade.learned, totalPoints(grade)], [false, 60], `${name} ${grade.testAccuracy}`);
  }
});

Deno.test("the shipped rubric asks for the course's own settings, and lets them pass", async () => {
  const manifest = manifestWith(await made(), {
    hidden: [400, 200],
    learning_rate: 0.01,
    epochs: 10,
    sigma: 0.01,
  }).manifest;
  const { unmetRequirements } = await import("../../../src/grade/requirements.ts");
  const { filesEn } = await import("../../../src/grade/messages/files_en.ts");
  assert.deepEqual(unmetRequirements(manifest, shippedRequirements, filesEn), []);
  assert.deepEqual(
    unmetRequirements({ ...manifest, learning_rate: 1e-9, epochs: 1 }, shippedRequirements, filesEn),
    [
      "learning_rate must be from 0.001 to 1, found 1e-9",
      "epochs must be from 5 to 200, found 1",
    ],
  );
  assert.deepEqual(unmetRequirements({ ...manifest, hidden: [3] }, shippedRequirements, filesEn), [
    "hidden must have 2 layers, found 1",
    "hidden must be from 50 to 1000, found 3",
  ]);
});

Deno.test("a rubric that asks for the mean charges sums once, in the gradients, whatever the manifest says", async () => {
  const summed = await openSubmission(
    new URL("../../grade/submissions/artifact-gradient-summed", import.meta.url).pathname,
  );
  const honest = { ...summed, ...manifestWith(summed, { reduction: "sum" }) };
  const free = await gradeMade(honest, { engine });
  assert.equal(checkOf(free, "gradcheck").points, 13);
  const bound = await gradeMade(honest, { engine, rules: { require: { reduction: "mean" } } });
  const { band: _, history: __, ...lost } = lostPoints(bound); // this one did not learn
  assert.deepEqual(lost, { gradcheck: 13 });
  assert.match(checkOf(bound, "gradcheck").reason, /gradients? .*summed/);
  assert.match(
    bound.understood.join(),
    /^The rubric asks for gradients that are the mean over a batch's rows, so they are checked for that, though manifest\.yaml says sum\.$/,
  );
});

Deno.test("of a training that costs too much the first epochs are compared, and that is said", async () => {
  const submission = await made((perfect) => ({
    ...manifestWith(perfect, { epochs: 400 }),
    history: {
      header: ["epoch", "train_loss", "val_loss"],
      rows: Array.from(
        { length: 400 },
        (_, i) => perfect.history?.rows[i] as string[] ?? [String(i + 1), "0.1", "0.2"],
      ),
    },
  }));
  // What the perfect submission's four epochs cost, and a little more.
  const max_cost = 0.0007;
  const grade = await gradeMade(submission, {
    engine,
    rules: { reference: { ...rubric.reference, max_cost } },
  });
  const { status, points, reason } = checkOf(grade, "history");
  assert.equal(status, "passed", reason);
  assert.equal(points, 8);
  assert.match(reason, /Our run makes the first \d of 400 epochs, and those were compared\.$/);
  const band = checkOf(grade, "band");
  assert.equal(band.points, 8, band.reason);
  assert.match(
    band.reason,
    /after \d epochs, as many as are compared, below which a longer training should not fall/,
  );
});

Deno.test("points of bonus come besides: 100 without them, no more with them, unless the rubric says otherwise", async () => {
  const without = await made(({ probe }) => {
    const { probabilities_large: _, loss_zero: __, ...rest } = probe ?? {};
    return { probe: rest };
  });
  const grade = await gradeMade(without, { engine });
  assert.deepEqual(lostPoints(grade), { finite_forward: 6, finite_loss: 4 });
  assert.equal(totalPoints(grade), 100);
  const perfect = await gradeMade(await made(), { engine });
  assert.deepEqual(perfect.problems.map(({ points, bonus }) => [points, bonus]).slice(1, 3), [[15, 6], [
    10,
    4,
  ]]);
  const beyond = { ...rubric, with_bonus: 105 };
  const [final] = finalGrades([perfect], { rubric: beyond, overrides: [], submitted: new Map() });
  assert.deepEqual([totalPoints(perfect), final.score], [100, 105]);
});

Deno.test("bonus makes up for points lost elsewhere", async () => {
  const grade = await gradeMade(await made(() => ({ misclassified: null })), { engine });
  assert.deepEqual([uncappedPoints(grade), totalPoints(grade)], [102, 100]);
});

Deno.test("a rubric whose bonus or cap makes no sense is refused", () => {
  const problem = (more: object) => {
    const [issue] = rubricSchema.safeParse({ ...sampleRubric(), ...more }).error?.issues ?? [];
    return issue.code === "custom" ? sayFault(issue.params?.fault, gradeMessages("en")) : issue.message;
  };
  assert.equal(problem({ cap: 60 }), "must come with `learned`, the accuracy below which it applies");
  assert.equal(problem({ with_bonus: 10 }), "must be at least the points, 20, found 10");
});

Deno.test("what our own run with the same seeds gives is known as such, and what it does not give is not", async () => {
  const all = ["probe.npz", "weights.npz", "predictions.csv"];
  const reproduced = async (submission: Submission) =>
    await reproducedBy(submission, await gradeMade(submission, { engine }), {
      rubric,
      engine,
      program: null,
    });
  assert.deepEqual(await reproduced(await made()), all);
  const otherSeed = await made((perfect) =>
    manifestWith(perfect, { seeds: { split: 0, init: 7, shuffle: 0 } })
  );
  assert.deepEqual(await reproduced(otherSeed), []);
  const otherShuffle = await made((perfect) =>
    manifestWith(perfect, { seeds: { split: 0, init: 0, shuffle: 7 } })
  );
  assert.deepEqual(await reproduced(otherShuffle), ["probe.npz"]);
  // The same training under losses of another scale, and under none.
  for (const scaled of [(x: number) => 100 * x, Math.log10]) {
    assert.deepEqual(
      await reproduced(
        await made(({ history }) => ({
          history: history && {
            ...history,
            rows: history.rows.map(([epoch, ...losses]) => [epoch, ...losses.map((x) => `${scaled(+x)}`)]),
          },
        })),
      ),
      all,
    );
  }
});

Deno.test("a network of tanh, then sigmoid is run, and compared with our own of the same", async () => {
  const mixed = (activation: ("tanh" | "sigmoid")[]) =>
    // Without a probe, whose probabilities would tell which activations they are.
    made((perfect) => ({ ...manifestWith(perfect, { activation }), probe: null }));
  // This one has tanh twice: said so in a list, it is the same as in a word.
  const same = await gradeMade(await mixed(["tanh", "tanh"]), { engine });
  assert.deepEqual(
    same.problems.flatMap(({ checks }) => checks).filter(({ status }) => status === "not_graded"),
    [],
  );
  const other = await gradeMade(await mixed(["tanh", "sigmoid"]), { engine, rules: { learned: 0.01 } });
  assert.match(
    checkOf(other, "band").reason,
    /^The test accuracy is [\d.]+; our 3 runs with the same hyperparameters reach 0\.\d+/,
  );
  assert.notEqual(same.testAccuracy, other.testAccuracy);
});

Deno.test("a manifest's activations are as many as its hidden layers, and a list of equal ones is that one", () => {
  const parse = (activation: unknown) =>
    manifestSchema.safeParse({ schema: 1, student: "s", track: "artifact", activation });
  assert.deepEqual(parse(["tanh", "sigmoid"]).data?.activation, ["tanh", "sigmoid"]);
  assert.equal(parse(["relu", "relu"]).data?.activation, "relu");
  const [issue] = parse(["tanh"]).error?.issues ?? [];
  assert.ok(issue.code === "custom");
  assert.equal(
    sayFault(issue.params?.fault, gradeMessages("en")),
    "must be one, or one for each of the 2 hidden layers, found 1",
  );
});

/** One of the made submissions, with what a row of a test makes of it. */
async function opened(
  name: string,
  change: (given: Submission) => Partial<Submission> = () => ({}),
): Promise<Submission> {
  const given = await openSubmission(new URL(`../../grade/submissions/${name}`, import.meta.url).pathname);
  return { ...given, ...change(given) };
}

Deno.test("tanh, then sigmoid gets all points where the manifest says so, and is charged once where it says tanh", async () => {
  const name = "artifact-tanh-then-sigmoid";
  const honest = await gradeMade(
    await opened(name, (given) => manifestWith(given, { activation: ["tanh", "sigmoid"] })),
    { engine },
  );
  assert.deepEqual([lostPoints(honest), totalPoints(honest), honest.understood], [{}, 100, []]);
  const silent = await gradeMade(await opened(name), { engine });
  assert.deepEqual(lostPoints(silent), { vector: 10 });
  assert.match(checkOf(silent, "vector").reason, /hidden layer 2 has sigmoid as activation\.$/);
  // The other way round is not what was done.
  const wrong = await gradeMade(
    await opened(name, (given) => manifestWith(given, { activation: ["sigmoid", "tanh"] })),
    { engine },
  );
  assert.deepEqual(Object.keys(lostPoints(wrong)), ["vector"]);
});

Deno.test("only mistakes that change the training let a learning curve pass that is not ours", async () => {
  const worse = ({ history }: Submission) => ({
    history: mapRows(
      history,
      ([epoch, train, validation]) => [epoch, String(1.5 * Number(train)), validation],
    ),
  });
  const of = async (name: string) =>
    checkOf(await gradeMade(await opened(name, worse), { engine }), "history");
  for (
    const name of ["perfect-artifact", "artifact-predictions-one-too-large", "artifact-no-max-subtraction"]
  ) {
    const { points, reason } = await of(name);
    assert.equal(points, 4, `${name}: ${reason}`);
  }
  const { points, reason } = await of("artifact-update-before-delta");
  assert.equal(points, 8, reason);
  assert.match(
    reason,
    /^history\.csv has its 4 epochs\. Right, given a mistake that is counted elsewhere: the weights are updated/,
  );
});

Deno.test("equal files of equal seeds are no similar submissions, where our own run gives them; others are, and are said", async () => {
  await inTemporaryFolder(async (folder) => {
    const similar = async (name: string, students: readonly string[]) => {
      const inside = join(folder, name);
      for (const student of students) {
        await Deno.mkdir(join(inside, student), { recursive: true });
        const from = new URL(`../../grade/submissions/${name}/`, import.meta.url);
        for await (const { name: file } of Deno.readDir(from)) {
          await Deno.copyFile(new URL(file, from), join(inside, student, file));
        }
        const manifest = join(inside, student, "manifest.yaml");
        const text = await Deno.readTextFile(manifest);
        await Deno.writeTextFile(manifest, text.replace(/student: .*/, `student: ${student}`));
      }
      const rules = join(folder, "rubric.yaml");
      const text = await Deno.readTextFile(RUBRIC);
      const quick = text.replace("dataset: mnist", "dataset: strokes").replace("[0, 1, 2, 3, 4]", "[0, 1]")
        .replace(/^require:.*\n(?: .*\n)*/m, "");
      await Deno.writeTextFile(rules, quick);
      const out = join(folder, `${name}-grades`);
      const { exitCode } = await runGradeCommand(
        rules,
        inside,
        ...["--out", out, "--store", join(folder, "store"), "--quiet"],
      );
      assert.equal(exitCode, 0);
      const [, ...rows] = (await Deno.readTextFile(join(out, "similarity.csv"))).trim().split("\n");
      return rows;
    };
    const class12 = Array.from({ length: 12 }, (_, i) => `s${i + 10}`);
    assert.deepEqual(await similar("perfect-artifact", class12), []);
    assert.deepEqual(await similar("forged-gradients", ["ann", "bob"]), [
      'ann,bob,probe.npz,1,"the hyperparameters and seeds that it follows from are the same, but what was handed in is not what our own run with them gives",ann,bob',
    ]);
  });
});

Deno.test("programs that do nothing get what their arrays' shapes are worth, and no more", async () => {
  for (const name of ["nothing-zeros", "nothing-nan", "nothing-tiny"]) {
    const grade = await gradeSubmission(await opened(name), {
      rubric,
      engine,
      program: await inProcessProgram(name),
    });
    assert.ok(totalPoints(grade) <= 4, `${name} gets ${totalPoints(grade)}`);
    for (const { name: check, points, reason } of grade.problems.flatMap(({ checks }) => checks)) {
      assert.ok(points === 0 || check === "shapes_initialize", `${name} ${check}: ${reason}`);
    }
  }
});
