import assert from "node:assert/strict";
import { openSubmission } from "../../../pipeline/grade/submission/open_submission.ts";
import { type Setting, SETTINGS } from "../../../src/grade/manifest.ts";
import type { NotebookFacts } from "../../../src/grade/notebook.ts";
import type { Submission } from "../../../src/grade/submission.ts";
import type { SubmissionGrade } from "../../../src/grade/submission_grade.ts";
import { checkOf, gradeMade, strokesEngine } from "./made_submissions.ts";

// Settings that a notebook does not show are not taken for the course's.

const PERFECT = new URL("../../grade/submissions/perfect-artifact", import.meta.url).pathname;
const rules = { learned: 0.5, cap: 60 };

const NOTEBOOK: NotebookFacts = {
  ...{ file: "a.ipynb", others: [], broken: [], skipped: [], ending: null, called: false, kept: [] },
  ...{ found: [], missing: [], places: {}, differences: [], trainedByUs: null },
  network: { name: "net", class: "Net" },
};

/** The perfect submission as a notebook that does not show these. */
async function without(
  unstated: readonly Setting[],
  more: Partial<Submission> = {},
  notebook: NotebookFacts | undefined = NOTEBOOK,
): Promise<Submission> {
  const perfect = await openSubmission(PERFECT);
  assert.ok(perfect.manifest);
  return { ...perfect, manifest: { ...perfect.manifest, unstated }, notebook, ...more };
}

const statuses = (grade: SubmissionGrade) =>
  ["recompute", "band", "history", "misclassified"].map((name) => checkOf(grade, name).status);

/** What a network of two such layers predicts, computed plainly. */
function predictedWith(
  f: (z: number) => number,
  { X, weights }: {
    X: { shape: readonly number[]; data: ArrayLike<number> };
    weights: Submission["weights"];
  },
): NonNullable<Submission["predictions"]> {
  assert.ok(weights);
  const [rows, D] = X.shape;
  const classes = Array.from({ length: rows }, (_, i) => {
    let a = Array.from({ length: D }, (_, k) => X.data[i * D + k]);
    for (const l of [1, 2, 3]) {
      const [W, B] = [weights[`W${l}`], weights[`B${l}`]];
      const N = W.shape[1];
      const z = Array.from(
        { length: N },
        (_, n) => a.reduce((sum, x, k) => sum + x * W.data[k * N + n], B.data[n]),
      );
      a = l < 3 ? z.map(f) : z;
    }
    return a.indexOf(Math.max(...a));
  });
  return { header: ["index", "label"], rows: classes.map((label, i) => [`${i}`, `${label}`]) };
}

Deno.test("with a sigma or a learning rate that nobody knows no training of ours is compared, and the network is run", async () => {
  await using engine = await strokesEngine();
  for (const unknown of SETTINGS.filter((name) => name !== "activation" && name !== "hidden")) {
    const grade = await gradeMade(await without([unknown]), { engine, rules });
    assert.deepEqual(statuses(grade), ["passed", "not_graded", "not_graded", "passed"], unknown);
    assert.match(checkOf(grade, "band").reason, new RegExp(`submit.export\\(.*${unknown}=\\.\\.\\.`));
    assert.deepEqual([grade.learned, grade.cap], [true, null]);
    assert.ok(grade.remarks.some(({ id, text }) => id === "settings_unknown" && text.includes(unknown)));
  }
  const manifest = await gradeMade({ ...await without(["sigma"]), notebook: undefined }, { engine, rules });
  assert.deepEqual(statuses(manifest), ["passed", "passed", "passed", "passed"]);
});

Deno.test("where a notebook's learning rate changes in its training, a curve that is ours is right, and another one is not graded", async () => {
  await using engine = await strokesEngine();
  const curve = async (factor: number, rates: NotebookFacts["rates"]) => {
    const { history } = await without([]);
    assert.ok(history);
    const rows = history.rows.map(([epoch, ...losses]) => [
      epoch,
      ...losses.map((loss) => `${factor * Number(loss)}`),
    ]);
    const submission = await without([], { history: { ...history, rows } }, { ...NOTEBOOK, rates });
    return checkOf(await gradeMade(submission, { engine, rules }), "history");
  };
  assert.equal((await curve(1, [0.1, 0.01])).status, "passed");
  assert.notEqual((await curve(0.5, null)).status, "not_graded");
  const other = await curve(0.5, [0.1, 0.01]);
  assert.equal(other.status, "not_graded");
  assert.match(other.reason, /learning rate changes in the training, from 0\.1 to 0\.01/);
});

Deno.test("where a notebook trains by another optimizer than ours, a curve that is not ours is not graded, and why is told", async () => {
  await using engine = await strokesEngine();
  const curve = async (optimizer: NotebookFacts["optimizer"]) => {
    const { history } = await without([]);
    assert.ok(history);
    const rows = history.rows.map(([epoch, ...losses]) => [
      epoch,
      ...losses.map((loss) => `${0.5 * Number(loss)}`),
    ]);
    const submission = await without([], { history: { ...history, rows } }, { ...NOTEBOOK, optimizer });
    return checkOf(await gradeMade(submission, { engine, rules }), "history");
  };
  assert.notEqual((await curve(null)).status, "not_graded");
  for (
    const [name, said] of [["Adam", /trains by Adam, which is not plain/], [
      "",
      /trains by updates that are not plain/,
    ]] as const
  ) {
    const other = await curve(name);
    assert.equal(other.status, "not_graded");
    assert.match(other.reason, said);
  }
});

Deno.test("where a notebook trains on other pixels than ours, what agrees is right, what does not is not graded, and pixels that are not divided are charged in the band", async () => {
  await using engine = await strokesEngine();
  const gradeOf = async (pixels: NotebookFacts["pixels"], learned = 0.05) => {
    const perfect = await without([]);
    assert.ok(perfect.weights && perfect.history);
    const rows = perfect.history.rows.map((
      [epoch, train, validation],
    ) => [epoch, train, `${2 * Number(validation)}`]);
    const { B3 } = perfect.weights;
    const submission = await without([], {
      history: { ...perfect.history, rows },
      weights: { ...perfect.weights, B3: { ...B3, data: B3.data.map((b, i) => i === 3 ? b + 5 : b) } },
      predictions: null,
    }, { ...NOTEBOOK, pixels });
    const grade = await gradeMade(submission, { engine, rules: { ...rules, learned } });
    return [checkOf(grade, "band"), checkOf(grade, "history")];
  };
  const statuses = (checks: readonly { status: string }[]) => checks.map(({ status }) => status);
  assert.deepEqual(statuses(await gradeOf(null)), ["partial", "partial"]);
  const standardised = await gradeOf("other");
  assert.deepEqual(statuses(standardised), ["not_graded", "not_graded"]);
  assert.match(standardised[0].reason, /made otherwise than by division by 255/);
  const [band, history] = await gradeOf("as_they_are");
  assert.deepEqual(statuses([band, history]), ["partial", "not_graded"]);
  assert.match(band.hint ?? "", /255/);
  const twice = await gradeOf("divided_twice");
  assert.deepEqual(statuses(twice), ["partial", "not_graded"]);
  assert.match(twice[1].reason, /pixels that are divided by 255 twice/);
  for (const pixels of ["as_they_are", "divided_twice"] as const) {
    for (const { status, hint } of await gradeOf(pixels, 0.99)) {
      assert.equal(status, "failed");
      assert.match(hint ?? "", /255/);
    }
  }
});

Deno.test("an activation that is not said is that with which the network predicts what was saved; where there is none, nothing is said of it", async () => {
  await using engine = await strokesEngine();
  const dataset = await engine.dataset("strokes");
  assert.ok(dataset.ok);
  const { weights } = await without([]);
  const given = { X: dataset.value.testImages(), weights };
  const grade = async (f: (z: number) => number) => {
    const predictions = predictedWith(f, given);
    return await gradeMade(await without(["activation"], { probe: null, predictions }), { engine, rules });
  };
  for (const [name, f] of Object.entries({ tanh: Math.tanh, relu: (z: number) => Math.max(0, z) })) {
    const known = await grade(f);
    assert.match(checkOf(known, "recompute").reason, /give the predictions handed in/, name);
    assert.equal(known.remarks.some(({ id }) => id === "settings_unknown"), false);
    assert.ok(known.understood.some((note) => note.includes(`is taken to be ${name}`)));
  }
  const unknown = await grade((z) => Math.log1p(Math.exp(z)));
  assert.deepEqual(statuses(unknown).slice(0, 3), ["not_graded", "not_graded", "not_graded"]);
  assert.deepEqual([unknown.learned, unknown.cap, unknown.testAccuracy], [null, null, null]);
  assert.match(checkOf(unknown, "recompute").reason, /activation/);
});

Deno.test("that no network was found in a notebook is for the instructor to look at", async () => {
  await using engine = await strokesEngine();
  const empty = { weights: null, probe: null, predictions: null, misclassified: null, history: null };
  const grade = await gradeMade(await without(SETTINGS, empty, { ...NOTEBOOK, network: null }), {
    engine,
    rules: { ...rules, language: "ja" },
  });
  assert.equal(grade.cap, 60);
  assert.deepEqual(grade.remarks.map(({ id }) => id), ["no_network"]);
  assert.match(grade.remarks[0].text, /ネットワークが見つからず/);
  const lacking = [{ what: "parameters" as const, why: "", line: null }];
  const unread = await gradeMade(
    await without(SETTINGS, { ...empty, history: (await without([])).history }, {
      ...NOTEBOOK,
      missing: lacking,
    }),
    { engine, rules },
  );
  assert.deepEqual(unread.remarks.map(({ id }) => id), ["no_network"]);
  assert.equal(checkOf(unread, "history").status, "not_graded");
  assert.doesNotMatch(checkOf(unread, "history").reason, /hidden|reduction/);
});
