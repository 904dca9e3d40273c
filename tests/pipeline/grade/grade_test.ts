import assert from "node:assert/strict";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { PipelineEngine } from "../../../pipeline/grade/engine.ts";
import { GradesFolder, writeGrades } from "../../../pipeline/grade/grades_folder.ts";
import { parseYaml } from "../../../pipeline/grade/parse_yaml.ts";
import { ReferenceFile } from "../../../pipeline/grade/reference_file.ts";
import { openSubmission } from "../../../pipeline/grade/submission/open_submission.ts";
import { Store } from "../../../pipeline/store/store.ts";
import { finalGrades } from "../../../src/grade/final_grade.ts";
import { gradeSubmission } from "../../../src/grade/grade_submission.ts";
import { rubricSchema } from "../../../src/grade/rubric.ts";
import type { SubmissionGrade } from "../../../src/grade/submission_grade.ts";
import { inProcessProgram } from "../../grade/in_process_program.ts";
import { CATALOGUE } from "../../../src/grade/mistakes/catalogue.ts";
import { escapeMarkdown } from "../../../src/text/markdown.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { ARTIFACT_GRADES, type ExpectedGrade, TS_GRADES } from "./expected_grades.ts";
import { runGradeCommand } from "./run_command.ts";

const SUBMISSIONS = new URL("../../grade/submissions/", import.meta.url).pathname;
const RUBRIC = new URL("../../../configs/rubrics/sprint-nn.yaml", import.meta.url).pathname;

/** The shipped rubric for small networks of short trainings, which need not learn. */
async function lenientRubric(): Promise<string> {
  const text = await Deno.readTextFile(RUBRIC);
  const lenient = text.replace(/^require:.*\n(?: .*\n)*/m, "").replace(/^(?:learned|cap): .*\n/gm, "");
  assert.ok(!/^(require|learned|cap):/m.test(lenient));
  return lenient;
}

/** The shipped rubric, for networks trained on the digits that the program draws, and with a short training of programs. */
async function quickRubric(folder: string): Promise<string> {
  let text = await lenientRubric();
  for (
    const [from, to] of [
      ["dataset: mnist", "dataset: strokes"],
      ["limit: 1000", "limit: 100"],
      ["epochs: 8", "epochs: 2"],
      ["seeds: [0, 1, 2, 3, 4]", "seeds: [0, 1, 2]"],
    ]
  ) {
    assert.ok(text.includes(from), from);
    text = text.replace(from, to);
  }
  const path = join(folder, "rubric.yaml");
  await Deno.writeTextFile(path, text);
  return path;
}

/** The files of a folder by their names, the folders within too. */
async function filesOf(folder: string, prefix = ""): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(join(folder, prefix))) {
    const path = join(prefix, name);
    if (isDirectory) Object.assign(files, await filesOf(folder, path));
    else files[path] = await Deno.readTextFile(join(folder, path));
  }
  return files;
}

function assertGrades(
  files: Record<string, string>,
  expected: Readonly<Record<string, ExpectedGrade>>,
): void {
  const rows: Record<string, string>[] = parse(files["gradebook.csv"], { columns: true });
  assert.deepEqual(rows.map(({ student }) => student), Object.keys(expected).sort());
  for (const row of rows) {
    const { student } = row;
    const { lost, band = false, mistakes, says = [] } = expected[student];
    const { tests } = JSON.parse(files[`${student}.gradescope.json`]);
    for (
      const problem of [
        "initialisation",
        "forward",
        "cross_entropy",
        "backpropagation",
        "estimation",
        "learning",
        "learning_curve",
        "misclassified",
      ]
    ) {
      const points = Number(row[problem]);
      const max =
        { initialisation: 10, forward: 15, cross_entropy: 10, backpropagation: 25, learning: 16 }[problem] ??
          8;
      let given = max - points;
      if (problem === "learning" && band) {
        const { score, max_score } = tests.find(({ name }: { name: string }) =>
          name.endsWith(": Test accuracy reached")
        );
        given -= max_score - score;
        given = Math.abs(given) < 1e-9 ? 0 : given;
      }
      assert.equal(
        given.toFixed(2),
        (lost[problem] ?? 0).toFixed(2),
        `${student} loses ${given} in ${problem}`,
      );
    }
    const named = CATALOGUE.filter(({ title }) =>
      files[`feedback/${student}.md`].includes(`where ${escapeMarkdown(title)}`)
    ).map(({ id }): string => id);
    for (const text of says) {
      assert.ok(files[`feedback/${student}.md`].includes(escapeMarkdown(text)), `${student}: ${text}`);
    }
    const together = mistakes.length > 1 ? mistakes.slice(0, 1) : mistakes;
    assert.deepEqual(
      together.filter((id) => !named.includes(id)),
      [],
      `${student} should be told of ${mistakes}`,
    );
    assert.deepEqual(named.filter((id) => !mistakes.includes(id)), [], `${student} is told of ${named}`);
  }
}

Deno.test("every artifact submission gets its points and diagnoses, and again the same bytes", async () => {
  await inTemporaryFolder(async (folder) => {
    const paths = Object.keys(ARTIFACT_GRADES).map((name) => join(SUBMISSIONS, name));
    const options = [
      "--stage",
      "published",
      "--out",
      join(folder, "grades"),
      "--store",
      join(folder, "store"),
      "--quiet",
    ];
    const rubric = await quickRubric(folder);
    const first = await runGradeCommand(rubric, ...paths, ...options);
    assert.deepEqual([first.exitCode, first.stderr], [0, ""]);
    const files = await filesOf(join(folder, "grades"));
    assertGrades(files, ARTIFACT_GRADES);

    await Deno.writeTextFile(join(folder, "grades", "feedback", "perfect-artifact.md"), "changed");
    const again = await runGradeCommand(rubric, ...paths.reverse(), ...options, "--workers", "1");
    assert.equal(again.exitCode, 0);
    assert.deepEqual(await filesOf(join(folder, "grades")), files);
  });
});

Deno.test("every TypeScript submission gets its points and diagnoses", async () => {
  await inTemporaryFolder(async (folder) => {
    const rubric = parseYaml(await Deno.readTextFile(await quickRubric(folder)), {
      file: "rubric.yaml",
      schema: rubricSchema,
      what: "a rubric",
    }).value;
    const store = await Store.open(join(folder, "store"));
    const engine = new PipelineEngine({
      context: { store, signal: new AbortController().signal, emit() {} },
      mirror: undefined,
      workers: 1,
      reference: new ReferenceFile(null, "none"),
    });
    const grades: SubmissionGrade[] = [];
    for (const name of Object.keys(TS_GRADES)) {
      const submission = await openSubmission(join(SUBMISSIONS, name));
      grades.push(
        await gradeSubmission(submission, { rubric, engine, program: await inProcessProgram(name) }),
      );
    }
    const finals = finalGrades(grades, { rubric, overrides: [], submitted: new Map() });
    using out = await GradesFolder.open(join(folder, "grades"));
    await writeGrades(out, { grades: finals, rubric, stage: "published", pairs: [] });
    assertGrades(await filesOf(join(folder, "grades")), TS_GRADES);
  });
});

Deno.test("a TypeScript submission gets the same through the wall around its program", async () => {
  await inTemporaryFolder(async (folder) => {
    const names = ["bug-loss-throws", "bug-no-max-subtraction", "bug-update-before-delta"];
    const out = join(folder, "grades");
    const { exitCode, stderr } = await runGradeCommand(
      await quickRubric(folder),
      ...names.map((name) => join(SUBMISSIONS, name)),
      ...["--stage", "published", "--out", out, "--store", join(folder, "store"), "--quiet"],
    );
    assert.deepEqual([exitCode, stderr], [0, ""]);
    assertGrades(await filesOf(out), Object.fromEntries(names.map((name) => [name, TS_GRADES[name]])));
  });
});

Deno.test("the perfect program gets 100 points by the rubric as it ships", async () => {
  await inTemporaryFolder(async (folder) => {
    const out = join(folder, "grades");
    const { exitCode, stdout } = await runGradeCommand(
      RUBRIC,
      join(SUBMISSIONS, "perfect-ts"),
      "--out",
      out,
      "--store",
      join(folder, "store"),
    );
    assert.equal(exitCode, 0);
    assert.match(stdout, /^perfect-ts +100 of 100\n1 student graded: /);
  });
});

Deno.test("a hostile program gets nothing, learns nothing, and harms no neighbour", async () => {
  await inTemporaryFolder(async (folder) => {
    const attacks = ["attack-forged-reply", "attack-patched", "attack-read-files"];
    const out = join(folder, "grades");
    const { exitCode } = await runGradeCommand(
      await quickRubric(folder),
      ...[...attacks, "perfect-ts", "perfect-artifact"].map((name) => join(SUBMISSIONS, name)),
      ...["--out", out, "--store", join(folder, "store"), "--quiet"],
    );
    assert.equal(exitCode, 0);
    const files = await filesOf(out);
    const rows: Record<string, string>[] = parse(files["gradebook.csv"], { columns: true });
    const scores = Object.fromEntries(rows.map(({ student, score }) => [student, score]));
    const { "perfect-ts": ts, "perfect-artifact": artifact, ...others } = scores;
    assert.equal(artifact, "100");
    assert.ok(Number(ts) >= 92, ts); // the short training need not reach the band
    assert.deepEqual(others, Object.fromEntries(attacks.map((name) => [name, "0"])));
    for (const [name, text] of Object.entries(files)) {
      assert.ok(!text.includes(folder) && !text.includes("root:x:0"), `${name} tells of this machine`);
    }
  });
});

Deno.test("without MNIST the checks that need it are not graded, which is said everywhere, and the command exits with 1", async () => {
  await inTemporaryFolder(async (folder) => {
    const out = join(folder, "grades");
    const rubric = join(folder, "rubric.yaml");
    await Deno.writeTextFile(rubric, await lenientRubric());
    const { exitCode, stderr } = await runGradeCommand(
      rubric,
      join(SUBMISSIONS, "perfect-artifact"),
      ...["--out", out, "--store", join(folder, "store"), "--mirror", join(folder, "nothing")],
    );
    assert.equal(exitCode, 1);
    assert.match(
      stderr,
      /^warning: Cannot get MNIST from --mirror [^]*\nerror: 4 checks of 1 of 1 submission could not be graded, so points are not final:\n- the images of mnist are not at hand\n$/,
    );
    const files = await filesOf(out);
    const [row]: Record<string, string>[] = parse(files["gradebook.csv"], { columns: true });
    assert.deepEqual([row.status, row.score, row.learning, row.learning_curve, row.misclassified], [
      "incomplete",
      "78", // 68 and 10 of bonus
      "0",
      "0",
      "0",
    ]);
    assert.match(files["report.md"], /\*\*Incomplete: checks of 1 student could not be graded here\.\*\*/);
    assert.match(files["feedback/perfect-artifact.md"], /> 4 of 14 checks could not be graded/);
    assert.match(
      files["feedback/perfect-artifact.md"],
      /– \*\*Saved weights give the same predictions and loss\*\*, 0 of 8 \(not graded\): Not graded: the images of mnist are not at hand/,
    );
    assert.match(files["junit.xml"], /skipped="4"/);
    assert.match(
      JSON.parse(files["perfect-artifact.gradescope.json"]).output,
      /4 checks could not be graded here/,
    );
  });
});

Deno.test("--language says in which language feedback, pages and reports are, whatever the rubric says", async () => {
  await inTemporaryFolder(async (folder) => {
    const out = join(folder, "grades");
    const { exitCode } = await runGradeCommand(
      await quickRubric(folder),
      join(SUBMISSIONS, "perfect-artifact"),
      ...["--out", out, "--store", join(folder, "store"), "--quiet", "--language", "ja"],
    );
    assert.equal(exitCode, 0);
    const files = await filesOf(out);
    assert.match(
      files["feedback/perfect-artifact.md"],
      /^# ニューラルネットワークのスクラッチ実装：perfect-artifact\n\n\*\*100 点満点中 100 点\*\*/,
    );
    assert.match(files["feedback/perfect-artifact.html"], /^<!doctype html>\n<html lang="ja">/);
    // The network's own images and losses, beside ours.
    assert.match(
      files["feedback/perfect-artifact.html"],
      /テスト画像 1000 枚のうち 144 枚を誤って分類しています。/,
    );
    assert.match(
      files["feedback/perfect-artifact.html"],
      /aria-label="訓練損失。あなたの学習は 4 エポック、採点側の学習は 4 エポック。/,
    );
    assert.match(files["report.html"], /href="feedback\/perfect-artifact\.html"/);
    assert.match(files["report.md"], /## 得点の分布/);
    assert.equal(JSON.parse(files["manifest.json"]).language, "ja");
  });
});

Deno.test("grades set by hand stay when graded again, and a wrong one is said with its place", async () => {
  await inTemporaryFolder(async (folder) => {
    const out = join(folder, "grades");
    const rubric = await quickRubric(folder);
    const grade = () =>
      runGradeCommand(
        rubric,
        join(SUBMISSIONS, "forged-gradients"),
        "--out",
        out,
        "--store",
        join(folder, "store"),
        "--quiet",
      );
    assert.equal((await grade()).exitCode, 0);
    const overrides = join(out, "overrides.yaml");
    assert.match(await Deno.readTextFile(overrides), /^# Grades set by hand\./);

    const text =
      "overrides:\n  - { student: forged-gradients, problem: backpropagation, check: gradcheck, points: 13, reason: seen by hand }\n";
    await Deno.writeTextFile(overrides, text);
    assert.equal((await grade()).exitCode, 0);
    assert.equal(await Deno.readTextFile(overrides), text);
    const files = await filesOf(out);
    const [row]: Record<string, string>[] = parse(files["gradebook.csv"], { columns: true });
    assert.deepEqual([row.backpropagation, row.score, row.overridden], ["25", "100", "yes"]);
    assert.match(files["feedback/forged-gradients.md"], /Changed by hand from 0 to 13: seen by hand/);

    await Deno.writeTextFile(overrides, text.replace("gradcheck", "gradchek"));
    const { exitCode, stderr } = await grade();
    assert.equal(exitCode, 2);
    assert.equal(
      stderr,
      `error: ${overrides}:2:67: overrides[0].check: must be a check of backpropagation, found gradchek; did you mean \`gradcheck\`?\n`,
    );
  });
});

Deno.test("a student whose folder is gone from the class loses the files that were written before", async () => {
  await inTemporaryFolder(async (folder) => {
    const out = join(folder, "grades");
    const rubric = await quickRubric(folder);
    const grade = (...names: string[]) =>
      runGradeCommand(
        rubric,
        ...names.map((name) => join(SUBMISSIONS, name)),
        "--out",
        out,
        "--store",
        join(folder, "store"),
        "--quiet",
      );
    await grade("forged-nothing", "forged-pickle");
    await Deno.writeTextFile(join(out, "notes.txt"), "mine");
    await grade("forged-pickle");
    const names = Object.keys(await filesOf(out));
    assert.ok(names.includes("feedback/forged-pickle.md") && names.includes("notes.txt"));
    assert.ok(!names.some((name) => name.includes("forged-nothing")), names.join());
  });
});

Deno.test("what is wrong with the command line, the rubric's file or the submissions is said in one line", async () => {
  await inTemporaryFolder(async (folder) => {
    const submission = join(SUBMISSIONS, "forged-nothing");
    const fails = async (...args: string[]) => {
      const { exitCode, stderr } = await runGradeCommand(
        ...args,
        "--out",
        join(folder, "grades"),
        "--store",
        join(folder, "store"),
      );
      assert.equal(exitCode, 2);
      return stderr.replaceAll(folder, "FOLDER").split("\n")[0];
    };
    const empty = join(folder, "empty");
    await Deno.mkdir(empty);
    const text = join(folder, "file.txt");
    await Deno.writeTextFile(text, "who,when\n");
    assert.equal(
      await fails("none.yaml", submission),
      "error: Cannot read the rubric none.yaml: there is no such file",
    );
    assert.equal(
      await fails(RUBRIC, join(folder, "none")),
      "error: Cannot grade FOLDER/none: there is no such file or folder",
    );
    assert.match(
      await fails(RUBRIC, empty),
      /^error: Cannot grade FOLDER\/empty: it must be a submission, with one of manifest\.yaml, src\/mod\.ts, probe\.npz, weights\.npz in it/,
    );
    assert.match(
      await fails(RUBRIC, text),
      /^error: Cannot grade FOLDER\/file\.txt: a submission must be a folder, a \.zip or a \.ipynb/,
    );
    assert.match(
      await fails(RUBRIC, submission, "--submitted", text),
      /^error: Cannot read the times of submission FOLDER\/file\.txt: it must have the columns/,
    );
    assert.match(
      await fails(RUBRIC, submission, "--stage", "now"),
      /^error: option '--stage <stage>' argument 'now' is invalid/,
    );
    await Deno.mkdir(join(folder, "grades"));
    await Deno.writeTextFile(join(folder, "grades", "manifest.json"), '{"experiment": {}}');
    assert.match(
      await fails(RUBRIC, submission),
      /^error: Cannot write grades to FOLDER\/grades: it holds other results/,
    );
  });
});

Deno.test("the terminal tells final scores where they are others, and names that fit nobody", async () => {
  await inTemporaryFolder(async (folder) => {
    const out = join(folder, "grades");
    const rubric = await quickRubric(folder);
    const times = join(folder, "times.csv");
    await Deno.writeTextFile(times, "submission,submitted\nghost,2026-05-01T23:59:00+09:00\n");
    await Deno.mkdir(out);
    await Deno.writeTextFile(
      join(out, "overrides.yaml"),
      "overrides:\n  - { student: FORGED-nothing, points: 80, reason: seen }\n" +
        "  - { student: 00456, points: 70, reason: by mail }\n",
    );
    const submission = join(SUBMISSIONS, "forged-nothing");
    const options = ["--out", out, "--store", join(folder, "store"), "--submitted", times];
    const { stdout, stderr } = await runGradeCommand(rubric, submission, ...options);
    const lines = stdout.split("\n").map((line) => line.replaceAll(/ +/g, " "));
    const at = lines.indexOf("After lateness and changes by hand:");
    assert.deepEqual(lines.slice(at - 1, at + 2), [
      "forged-nothing 0 of 100",
      "After lateness and changes by hand:",
      "forged-nothing 80 of 100",
    ]);
    assert.match(
      stderr,
      /overrides\.yaml sets points of 00456: no submission is theirs, and nothing was set/,
    );
    assert.match(stderr, /The times of submission name ghost: there is no such submission or student/);
    const files = await filesOf(out);
    for (const name of ["report.md", "report.html"]) {
      assert.match(files[name], /overrides\.yaml sets points of 00456/, name);
      assert.match(files[name], /The times of submission name ghost/, name);
    }

    await Deno.writeTextFile(
      join(out, "overrides.yaml"),
      "overrides:\n  - { student: a, points: 80, reason: seen }\n  - { student: A, points: 70, reason: seen }\n",
    );
    const doubled = await runGradeCommand(rubric, submission, ...options);
    assert.equal(doubled.exitCode, 2);
    assert.match(
      doubled.stderr,
      /overrides\.yaml:3:5: overrides\[1\]: sets the same points as line 2; remove one of the two/,
    );
  });
});

Deno.test("of a rubric in another encoding it is said that it must be UTF-8", async () => {
  await inTemporaryFolder(async (folder) => {
    const rubric = join(folder, "rubric.yaml");
    // `ja: 採点` in Shift_JIS.
    const bytes = [...new TextEncoder().encode("assignment: a\ntitle: "), 0x8d, 0xcc, 0x93, 0x5f, 0x0a];
    await Deno.writeFile(rubric, Uint8Array.from(bytes));
    const { exitCode, stderr } = await runGradeCommand(rubric, join(SUBMISSIONS, "perfect-artifact"));
    assert.equal(exitCode, 2);
    assert.equal(
      stderr,
      `error: Cannot read the rubric ${rubric}: it must be text in UTF-8, found what looks like Shift_JIS; save it again in UTF-8\n`,
    );
  });
});
