import assert from "node:assert/strict";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { zipSync } from "fflate";
import { findNotebookTools } from "../../../../pipeline/grade/notebook/notebook_tools.ts";
import { Notebooks } from "../../../../pipeline/grade/notebook/notebooks.ts";
import { DEFAULT_NOTEBOOK_LIMITS } from "../../../../pipeline/grade/notebook/sandbox.ts";
import { openSubmission } from "../../../../pipeline/grade/submission/open_submission.ts";
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
