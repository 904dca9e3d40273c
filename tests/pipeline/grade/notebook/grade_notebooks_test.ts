import assert from "node:assert/strict";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { zipSync } from "fflate";
import { findNotebookTools } from "../../../../pipeline/grade/notebook/notebook_tools.ts";
import { findNotebook, Notebooks } from "../../../../pipeline/grade/notebook/notebooks.ts";
import { DEFAULT_NOTEBOOK_LIMITS } from "../../../../pipeline/grade/notebook/sandbox.ts";
import { openSubmission } from "../../../../pipeline/grade/submission/open_submission.ts";
import { gradeMessages } from "../../../../src/grade/messages/messages.ts";
import { type NotebookFacts, tellNotebook } from "../../../../src/grade/notebook.ts";
import type { Submission } from "../../../../src/grade/submission.ts";
import { inTemporaryFolder } from "../../in_temporary_folder.ts";
import { gradeMade, strokesEngine } from "../made_submissions.ts";
import { runGradeCommand } from "../run_command.ts";
import { cellsOf, notebookOf } from "./made_notebooks.ts";
import { MISTAKES, SHAPES } from "./table.ts";

// Notebooks through `deno task grade`. What each kind of notebook gets is in made_notebooks_test.ts.

const tools = await findNotebookTools();
const missing = "missing" in tools ? tools.missing : null;
const skipped = missing === null ? "" : ` (skipped: there is no ${missing})`;
const SUBMISSIONS = new URL("../../../grade/submissions/", import.meta.url);
const RUBRIC = new URL("../../../../configs/rubrics/sprint-nn.yaml", import.meta.url);

async function strokesRubric(folder: string): Promise<string> {
  const text = (await Deno.readTextFile(RUBRIC)).replace("dataset: mnist", "dataset: strokes")
    .replace("seeds: [0, 1, 2, 3, 4]", "seeds: [0, 1, 2]")
    .replace(/^require:.*\n(?: .*\n)*/m, "").replace(/^(?:learned|cap): .*\n/gm, "");
  const path = join(folder, "rubric.yaml");
  await Deno.writeTextFile(path, text);
  return path;
}

Deno.test({
  name:
    `notebooks are graded as they come: alone by a platform's name, in a folder, in a zip with files beside${skipped}`,
  ignore: missing !== null,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const rubric = await strokesRubric(folder);
      const submissions = join(folder, "class");
      await Deno.mkdir(join(submissions, "s2"), { recursive: true });
      const right = notebookOf(await cellsOf(SHAPES["an exception half-way"].notebook));
      await Deno.writeFile(join(submissions, "Aki Mori_4711_assignsubmission_file_work.ipynb"), right);
      const wrong = notebookOf(await cellsOf(MISTAKES.update_before_delta.notebook));
      await Deno.writeFile(join(submissions, "s2", "sprint.ipynb"), wrong);
      // Somebody else's numbers beside a notebook with a mistake.
      const probe = await Deno.readFile(new URL("perfect-artifact/probe.npz", SUBMISSIONS));
      await Deno.writeFile(
        join(submissions, "s3.zip"),
        zipSync({ "work/sprint.ipynb": wrong, "work/probe.npz": probe }),
      );
      const out = join(folder, "grades");
      const options = [
        "--stage",
        "published",
        "--out",
        out,
        "--store",
        join(folder, "store"),
        "--budget",
        "5m",
      ];
      const { exitCode, stderr } = await runGradeCommand(rubric, submissions, ...options);
      assert.deepEqual([exitCode, stderr], [0, ""]);
      const rows: Record<string, string>[] = parse(await Deno.readTextFile(join(out, "gradebook.csv")), {
        columns: true,
      });
      assert.deepEqual(
        rows.map(({ student, backpropagation }) => [student, backpropagation]),
        [["Aki Mori (4711)", "25"], ["s2", "19.67"], ["s3", "19.67"]],
      );
      const [page] = (await Array.fromAsync(Deno.readDir(join(out, "feedback"))))
        .filter(({ name }) => /^Aki.*\.html$/.test(name));
      const html = await Deno.readTextFile(join(out, "feedback", page.name));
      assert.match(
        html,
        /Code cell 5 failed in its line 1: ValueError: &lt;b>no &amp; such&lt;\/b>|&lt;b&gt;no &amp; such&lt;\/b&gt;/,
      );
      assert.ok(!html.includes("<b>no"));
      const report = await Deno.readTextFile(join(out, "report.md"));
      assert.match(
        report,
        /s3.*What was handed in beside the notebook is not what the notebook gives: probe\.npz: /,
      );
      assert.match(report, /Code cell 5 of the notebook did not come to its end/);

      // What was handed in beside it, and nothing run.
      const only = await runGradeCommand(
        rubric,
        join(submissions, "s3.zip"),
        ...options,
        "--artifacts-only",
        "--language",
        "ja",
      );
      assert.equal(only.exitCode, 0);
      const markdown = await Deno.readTextFile(join(out, "feedback", "s3.md"));
      assert.ok(!markdown.includes("ノートブック"), markdown);
    }),
});

Deno.test("where there is nothing to run notebooks with, a notebook is not graded, and why says what to install", async () => {
  const none = () => assert.fail("nothing else is to be asked for");
  await using engine = await strokesEngine();
  await using notebooks = new Notebooks({
    images: none,
    findTools: () => Promise.resolve({ missing: "bwrap (apt-get install bubblewrap)" }),
    limits: DEFAULT_NOTEBOOK_LIMITS,
    epochs: 1,
    language: "en",
    signal: new AbortController().signal,
  });
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "s1.ipynb");
    await Deno.writeFile(path, notebookOf(["1 + 1"]));
    const grade = await gradeMade(await openSubmission(path, {}, notebooks), { engine });
    const checks = grade.problems.flatMap(({ checks }) => checks);
    assert.deepEqual(new Set(checks.map(({ status }) => status)), new Set(["not_graded"]));
    const why =
      "the notebook could not be run here, as there is no bwrap (apt-get install bubblewrap); with --artifacts-only the files beside it are graded instead";
    assert.deepEqual(new Set(checks.map(({ obstacle }) => obstacle)), new Set([why]));
    // Without the sandbox it is a submission without files.
    const alone = await gradeMade(await openSubmission(path), { engine });
    assert.ok(alone.problems.flatMap(({ checks }) => checks).every(({ status }) => status === "missing"));
  });
});

Deno.test("a time for notebooks that is none is refused on the command line", async () => {
  for (const time of ["0", "10x", "-5", "25h"]) {
    const { exitCode, stderr } = await runGradeCommand("r.yaml", "s", `--budget=${time}`);
    assert.equal(exitCode, 2);
    assert.match(stderr, /--budget <time>.* is invalid\. It must be a time such as 600, 90s or 10m/);
  }
});

Deno.test("what is called a notebook and is none is not run, and what is wrong with it is said in the student's language", async () => {
  await using engine = await strokesEngine();
  await using notebooks = new Notebooks({
    images: () => assert.fail("nothing is to be run"),
    findTools: () => assert.fail("nothing is to be run"),
    limits: DEFAULT_NOTEBOOK_LIMITS,
    epochs: 1,
    language: "ja",
    signal: new AbortController().signal,
  });
  const notebook = notebookOf(["1 + 1"]);
  const wide = new Uint8Array([0xff, 0xfe, ...[...notebook].flatMap((byte) => [byte, 0])]);
  const files: Record<string, readonly [bytes: Uint8Array, en: string, ja: string]> = {
    nothing: [new Uint8Array(), "it is empty", "ファイルが空です"],
    cut: [
      notebook.subarray(0, notebook.length / 2),
      "it must be JSON, as Jupyter saves it, found something else or a part of it",
      "Jupyter が保存する JSON ではないか、途中で切れています",
    ],
    page: [
      new TextEncoder().encode("<!DOCTYPE html><title>Login</title>"),
      "it must be JSON, as Jupyter saves it, found something else or a part of it",
      "Jupyter が保存する JSON ではないか、途中で切れています",
    ],
    list: [
      new TextEncoder().encode("[]"),
      "it must be JSON with a list of cells, as Jupyter saves it",
      "JSON ですが、Jupyter のノートブックにあるセルの一覧がありません",
    ],
    wide: [wide, "it must be text in UTF-8, found other bytes", "UTF-8 のテキストではありません"],
  };
  await inTemporaryFolder(async (folder) => {
    for (const [name, [bytes, en, ja]] of Object.entries(files)) {
      const path = join(folder, `${name}.ipynb`);
      await Deno.writeFile(path, bytes);
      const submission = await openSubmission(path, {}, notebooks);
      for (
        const [language, reason] of [
          ["en", `${name}.ipynb: is no notebook: ${en}.`],
          ["ja", `${name}.ipynb：ノートブックとして読み取れません。${ja}。`],
        ] as const
      ) {
        const grade = await gradeMade(submission, { engine, rules: { language, learned: 0.5, cap: 60 } });
        const checks = grade.problems.flatMap(({ checks }) => checks);
        assert.deepEqual(new Set(checks.map((check) => check.reason)), new Set([reason]));
        assert.equal(grade.notes.length, 1);
        assert.ok(grade.notes[0].endsWith(reason), grade.notes[0]);
        assert.deepEqual([grade.understood, grade.warnings, grade.learned, grade.cap], [[], [], null, null]);
      }
    }
    // Of two the one is run that is a notebook, however small.
    const both = new Map([["a.ipynb", notebook], ["b.ipynb", new Uint8Array(10 ** 5)]]);
    assert.deepEqual([findNotebook(both)?.file, findNotebook(both)?.fault], ["a.ipynb", null]);
  });
});

/** What is told of a notebook with nothing in it but this. */
function told(facts: Partial<NotebookFacts>, language: "en" | "ja") {
  const nothing: NotebookFacts = {
    file: "a.ipynb",
    others: [],
    broken: [],
    skipped: [],
    ending: null,
    called: false,
    network: null,
    trainedByUs: null,
    found: [],
    missing: [],
    places: {},
    differences: [],
    kept: [],
  };
  return tellNotebook({ ...nothing, ...facts }, gradeMessages(language));
}

Deno.test("cells that were never begun are not said to have been slow or to have ended Python, and it is said how far a notebook was run", () => {
  const cells = (status: "budget" | "died") => [
    { cell: 1, status },
    ...[2, 3, 4].map((cell) => ({ cell, status: "unrun" as const })),
  ];
  const slow = told({ broken: cells("budget") }, "en");
  assert.deepEqual(slow.warnings, [
    "Code cell 1 did not come to an end within the time that a notebook has.",
    "Code cells 2 to 4 were not run: the time that a notebook has was over.",
  ]);
  assert.deepEqual(slow.notes, [
    "The notebook a.ipynb was run up to code cell 1, and what it gave until then is graded.",
  ]);
  assert.deepEqual(slow.remarks.map(({ text }) => text), [
    "no network with all its weights and biases was found in the notebook, so that it counts as none handed in: see whether there is one.",
    "Code cell 1 of the notebook did not come to its end.",
  ]);
  const ended = told({ broken: cells("died"), ending: ["notebookDied"] }, "ja");
  assert.deepEqual(ended.warnings, [
    "コードセル 1 の実行中に Python が終了しました。",
    "コードセル 2〜4 は、Python が終了していたため実行していません。",
    "ノートブックから何も取り出せませんでした：実行中に Python が終了しました。",
  ]);
  assert.deepEqual(ended.notes, []);
});

Deno.test("a notebook in which no network was found, for what is not here, is not graded; one with a network is", async () => {
  await using engine = await strokesEngine();
  const submission = await openSubmission(new URL("perfect-artifact", SUBMISSIONS).pathname);
  const facts = (more: Partial<NotebookFacts>): NotebookFacts => ({
    ...{ file: "a.ipynb", others: [], skipped: [], ending: null, called: false, network: null },
    ...{ found: [], missing: [], places: {}, differences: [], kept: [], trainedByUs: null },
    broken: [{
      cell: 3,
      status: "error",
      name: "ModuleNotFoundError",
      message: "No module named 'torch'",
      line: 2,
    }],
    ...more,
  });
  const empty = {
    ...{ manifest: null, weights: null, probe: null, predictions: null, history: null, misclassified: null },
  };
  const grade = (notebook: NotebookFacts, language: "en" | "ja") =>
    gradeMade({ ...submission, ...empty, notebook }, { engine, rules: { language, learned: 0.5, cap: 60 } });
  for (
    const [language, why] of [
      [
        "en",
        /no network was found in the notebook, and its code cell 3 failed for what is not here \(ModuleNotFoundError: No module named 'torch'\)/,
      ],
      [
        "ja",
        /コードセル 3 は、採点した環境にないもののためにエラーになりました（ModuleNotFoundError: No module named 'torch'）/,
      ],
    ] as const
  ) {
    const open = await grade(facts({}), language);
    const checks = open.problems.flatMap(({ checks }) => checks);
    assert.deepEqual(new Set(checks.map(({ status }) => status)), new Set(["not_graded"]));
    for (const { obstacle } of checks) assert.match(obstacle ?? "", why);
    assert.equal(open.cap, null);
  }
  // What fails is our own search.
  for (const ending of [["notebookTakingFailed", "KeyError: 'fit'"], ["notebookTakingLate"]] as const) {
    const open = await grade(facts({ broken: [], ending }), "en");
    const checks = open.problems.flatMap(({ checks }) => checks);
    assert.deepEqual(new Set(checks.map(({ status }) => status)), new Set(["not_graded"]), ending[0]);
    assert.match(checks[0].obstacle ?? "", /looked for|looking for/);
  }
  const others: Partial<NotebookFacts>[] = [
    { network: { name: "net", class: "Net" } },
    { kept: ["weights.npz"] },
    { broken: [{ cell: 3, status: "error", name: "NameError", message: "name 'W1' is not defined" }] },
  ];
  for (const more of others) {
    const checks = (await grade(facts(more), "en")).problems.flatMap(({ checks }) => checks);
    assert.ok(checks.every(({ status }) => status !== "not_graded"), JSON.stringify(more));
  }
});

Deno.test("a check of what the notebook did not give says why", async () => {
  await using engine = await strokesEngine();
  const submission = await openSubmission(new URL("perfect-artifact", SUBMISSIONS).pathname);
  const why = "the probe is for two hidden layers, and this network has 3";
  const notebook: NotebookFacts = {
    ...{ file: "a.ipynb", others: [], broken: [], skipped: [], ending: null, called: false, network: null },
    ...{ found: [], places: {}, differences: [], kept: [], trainedByUs: null },
    missing: [{ what: "step", why, line: null }],
  };
  const grade = await gradeMade({ ...submission, probe: {}, notebook }, { engine });
  const reasons = Object.fromEntries(
    grade.problems.flatMap(({ checks }) => checks.map(({ name, reason }) => [name, reason])),
  );
  assert.equal(reasons.gradcheck, `The notebook did not give dW1 (${why}).`);
  assert.equal(reasons.argmax, "The notebook did not give predictions.");
});

Deno.test("a network that we had no time to train is not graded, and not one that has not learned", async () => {
  await using engine = await strokesEngine();
  const submission = await openSubmission(new URL("perfect-artifact", SUBMISSIONS).pathname);
  assert.ok(submission.manifest);
  const notebook = (trainedByUs: number | null): NotebookFacts => ({
    ...{ file: "a.ipynb", others: [], broken: [], skipped: [], ending: null, called: false, network: null },
    ...{ found: [], missing: [], places: {}, differences: [], kept: [], trainedByUs, shortOf: 5 },
  });
  const rules = { learned: 0.999, cap: 60, require: { epochs: { min: 10 ** 4 } } };
  const statuses = async (given: Submission) => {
    const grade = await gradeMade(given, { engine, rules });
    const checks = grade.problems.flatMap(({ checks }) => checks);
    assert.deepEqual([grade.learned, grade.cap], [null, null]);
    return Object.fromEntries(checks.map(({ name, status }) => [name, status]));
  };
  const one = await statuses({ ...submission, notebook: notebook(1) });
  assert.deepEqual([one.band, one.history, one.recompute], ["not_graded", "not_graded", "passed"]);
  const files = { weights: null, predictions: null, misclassified: null, history: null };
  const none = await statuses({ ...submission, ...files, notebook: notebook(null) });
  const { band, history, recompute, misclassified } = none;
  assert.deepEqual(new Set([band, history, recompute, misclassified]), new Set(["not_graded"]));
});
