import assert from "node:assert/strict";
import { join } from "node:path";
import { findNotebookTools } from "../../../../pipeline/grade/notebook/notebook_tools.ts";
import { Notebooks } from "../../../../pipeline/grade/notebook/notebooks.ts";
import { DEFAULT_NOTEBOOK_LIMITS } from "../../../../pipeline/grade/notebook/sandbox.ts";
import { openSubmission } from "../../../../pipeline/grade/submission/open_submission.ts";
import { type SubmissionGrade, totalPoints } from "../../../../src/grade/submission_grade.ts";
import { gradeMade, lostPoints, rubric, strokesEngine } from "../made_submissions.ts";
import { cellsOf, notebookOf } from "./made_notebooks.ts";
import { type ExpectedNotebook, MISTAKES, SHAPES } from "./table.ts";

// Notebooks as people write them, run in the sandbox and graded: nothing is added to them by hand.

const tools = await findNotebookTools();
const missing = "missing" in tools ? tools.missing : null;
const skipped = missing === null ? "" : ` (skipped: there is no ${missing})`;
await using engine = await strokesEngine();

function notebooks(budget = 120): Notebooks {
  return new Notebooks({
    images: () => engine.images("strokes"),
    limits: { ...DEFAULT_NOTEBOOK_LIMITS, budget },
    epochs: 4,
    language: "en",
    signal: new AbortController().signal,
  });
}

async function grade({ notebook, budget }: ExpectedNotebook): Promise<SubmissionGrade> {
  await using runs = notebooks(budget);
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "s1.ipynb");
    await Deno.writeFile(path, notebookOf(await cellsOf(notebook)));
    return await gradeMade(await openSubmission(path, {}, runs), { engine });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const [kind, table] of Object.entries({ "the shape": SHAPES, "the mistake": MISTAKES })) {
  for (const [name, expected] of Object.entries(table)) {
    Deno.test({
      name: `a notebook of ${kind} ${name} gets what it must, and is told why${skipped}`,
      ignore: missing !== null,
      fn: async () => {
        const { lost = [], learns = true, mistake, says = [] } = expected;
        const found = await grade(expected);
        const checks = found.problems.flatMap(({ checks }) => checks);
        const told = [
          ...(found.warnings ?? []),
          ...found.understood,
          ...checks.map(({ name, points, max, reason }) => `${name} ${points}/${max}: ${reason}`),
        ].join("\n");
        const aside = learns ? [] : ["band", "history"];
        const names = Object.keys(lostPoints(found)).filter((check) => !aside.includes(check));
        assert.deepEqual(names.sort(), [...lost].sort(), told);
        for (const text of says) assert.match(told, text);
        if (mistake !== undefined) {
          const named = checks.flatMap(({ mistakes }) => mistakes);
          assert.ok(named.includes(mistake), `named: ${named}\n${told}`);
        }
        if (table === SHAPES) {
          assert.equal(totalPoints(found, rubric.with_bonus ?? rubric.points), 100, told);
          assert.equal(found.student, name === "a call of submit.export()" ? "s77" : "s1");
        }
      },
    });
  }
}
