import assert from "node:assert/strict";
import { join } from "node:path";
import { zipSync } from "fflate";
import { openSubmission } from "../../../pipeline/grade/submission/open_submission.ts";
import { writeTemplate } from "../../../pipeline/grade/write_template.ts";
import { listSubmissions } from "../../../pipeline/grade/list_submissions.ts";
import { removeAbandonedFolders, StudentFolder } from "../../../pipeline/grade/sandbox/student_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { runGradeCommand } from "./run_command.ts";
import { unless, WINDOWS } from "../../skipped.ts";

const RUBRIC = new URL("../../../configs/rubrics/sprint-nn.yaml", import.meta.url).pathname;

async function submission(path: string): Promise<void> {
  await Deno.mkdir(path, { recursive: true });
  await Deno.writeTextFile(join(path, "manifest.yaml"), "schema: 1\nstudent: someone\ntrack: ts\n");
}

Deno.test({
  ...unless(
    WINDOWS,
    "links within a folder of submissions are followed, and what cannot be graded is listed with its reason",
  ),
  fn: async () => {
    await inTemporaryFolder(async (folder) => {
      const inside = join(folder, "submissions");
      await submission(join(inside, "s1"));
      await submission(join(folder, "elsewhere"));
      await Deno.symlink("s1", join(inside, "s2"));
      await Deno.symlink("../elsewhere", join(inside, "s3"));
      await Deno.symlink("nothing", join(inside, "s4"));
      await Deno.symlink("s4-loop", join(inside, "s4-loop"));
      assert.ok((await new Deno.Command("mkfifo", { args: [join(inside, "s5")] }).output()).success);
      for (const name of ["s6.rar", "students.csv", ".hidden"]) {
        await Deno.writeTextFile(join(inside, name), "");
      }
      await Deno.writeTextFile(join(inside, "Ann_12_assignsubmission_onlinetext_text.html"), "hello");
      const { paths, refused } = await listSubmissions([inside]);
      assert.deepEqual(paths, ["s1", "s2"].map((name) => join(inside, name)));
      assert.deepEqual(refused.map(({ name, reason }) => ({ name, reason: reason.en })), [
        {
          name: "Ann_12_assignsubmission_onlinetext_text.html",
          reason: "text written into the platform, no file",
        },
        { name: "s3", reason: "a symbolic link that leads out of the folder" },
        { name: "s4", reason: "a symbolic link that leads nowhere" },
        { name: "s4-loop", reason: "a symbolic link that leads nowhere" },
        { name: "s5", reason: "a device or a pipe" },
        { name: "s6.rar", reason: "an archive that is no .zip" },
      ]);
    });
  },
});

Deno.test("each file that makes a folder a submission is named where there is none of them", async () => {
  await inTemporaryFolder(async (folder) => {
    const error = await listSubmissions([folder]).catch((error) => error);
    const [, names = ""] =
      /it must be a submission, with one of (.*) in it, or a folder/.exec(error.message) ?? [];
    assert.deepEqual(names.split(", "), ["manifest.yaml", "src/mod.ts", "probe.npz", "weights.npz"]);
    for (const [i, name] of names.split(", ").entries()) {
      const path = join(folder, `s${i}`);
      await Deno.mkdir(join(path, "src"), { recursive: true });
      await Deno.writeTextFile(join(path, name), "");
      assert.deepEqual((await listSubmissions([path])).paths, [path], name);
    }
  });
});

Deno.test({
  ...unless(WINDOWS, "grade says what it left out, and exits with 1"),
  fn: async () => {
    await inTemporaryFolder(async (folder) => {
      const inside = join(folder, "submissions");
      await submission(join(inside, "s1"));
      await Deno.symlink("/", join(inside, "s2"));
      const { exitCode, stdout, stderr } = await runGradeCommand(
        RUBRIC,
        inside,
        ...["--out", join(folder, "grades"), "--store", join(folder, "store")],
      );
      assert.equal(exitCode, 1);
      assert.match(stdout, /^s2 +not graded: a symbolic link that leads out of the folder$/m);
      assert.match(
        stderr,
        /1 of what lies among the submissions could not be graded:\n- s2: a symbolic link that leads out/,
      );
    });
  },
});

Deno.test("who handed in a file of another kind is told of, and is not among those who handed in nothing", async () => {
  await inTemporaryFolder(async (folder) => {
    const inside = join(folder, "submissions");
    await submission(join(inside, "s1"));
    await Deno.writeTextFile(
      join(inside, "s1", "manifest.yaml"),
      "schema: 1\nstudent: s1\ntrack: ts\n",
    );
    for (const name of ["s1_notes.txt", "s2-report.docx", "s3.rar", "students.csv"]) {
      await Deno.writeTextFile(join(inside, name), "");
    }
    const roster = join(folder, "roster.csv");
    await Deno.writeTextFile(roster, "student\ns1\ns2\ns3\ns4\n");
    const out = join(folder, "grades");
    const { exitCode, stdout, stderr } = await runGradeCommand(
      RUBRIC,
      inside,
      ...["--roster", roster, "--out", out, "--store", join(folder, "store"), "--language", "ja"],
    );
    assert.equal(exitCode, 1);
    assert.match(stdout, /^s2-report\.docx +採点できません: zip でも ipynb でもないファイルです$/m);
    assert.match(stdout, /^s3\.rar +採点できません: zip ではない形式の書庫です$/m);
    assert.match(stderr, /もののうち 2 個は採点できませんでした/);
    assert.doesNotMatch(stdout + stderr, /notes|students\.csv/);
    const report = await Deno.readTextFile(join(out, "report.md"));
    assert.match(report, /## 未提出者\n\n名簿の 4 人のうち 1 人。\n\ns4\n/);
    assert.match(report, /- s2-report\.docx は採点していません：zip でも ipynb でもないファイルです/);
    assert.match(await Deno.readTextFile(join(out, "report.html")), /s3\.rar は採点していません：/);
  });
});

Deno.test({
  ...unless(WINDOWS, "grade speaks Japanese by --language, in columns as wide as the names are"),
  fn: async () => {
    await inTemporaryFolder(async (folder) => {
      const inside = join(folder, "submissions");
      await submission(join(inside, "学生1"));
      await submission(join(inside, "s1"));
      await Deno.symlink("/", join(inside, "s2"));
      const { exitCode, stdout, stderr } = await runGradeCommand(
        RUBRIC,
        inside,
        ...["--out", join(folder, "grades"), "--store", join(folder, "store"), "--language", "ja"],
      );
      assert.equal(exitCode, 1);
      const lines = stdout.split("\n").slice(0, 2).sort();
      assert.match(lines[0], /^s1 {30} +0 \/ 100 点$/);
      assert.match(lines[1], /^学生1 {27} +0 \/ 100 点$/);
      assert.match(stdout, /^2 人を採点しました: .*gradebook\.csv、report\.html、feedback\/$/m);
      assert.match(stdout, /^s2 +採点できません: フォルダの外を指すシンボリックリンクです$/m);
      assert.match(
        stderr,
        /^エラー: 提出物のフォルダにあるもののうち 1 個は採点できませんでした:\n- s2: フォルダの外/,
      );
    });
  },
});

Deno.test("a template that nothing was written into is called that, however many hand it in", async () => {
  await inTemporaryFolder(async (folder) => {
    const inside = join(folder, "submissions");
    for (const [name, track] of [["one", "artifact"], ["two", "ts"]] as const) {
      await writeTemplate(join(inside, name), track);
    }
    const out = join(folder, "grades");
    const { exitCode } = await runGradeCommand(
      RUBRIC,
      inside,
      "--out",
      out,
      "--store",
      join(folder, "store"),
    );
    assert.equal(exitCode, 0);
    for (const name of ["one", "two"]) {
      const feedback = await Deno.readTextFile(join(out, "feedback", `${name}.md`));
      assert.match(feedback, /manifest\.yaml: this is the template, unchanged/);
      assert.doesNotMatch(feedback, /claimed by several/);
    }
  });
});

Deno.test("a zip that Moodle put into a folder is the submission", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "Ann Lee_5_assignsubmission_file_");
    await Deno.mkdir(path);
    const manifest = new TextEncoder().encode("schema: 1\nstudent: s1\ntrack: artifact\n");
    await Deno.writeFile(join(path, "work.zip"), zipSync({ "work/manifest.yaml": manifest }));
    const { manifest: read, name, problems } = await openSubmission(path);
    assert.deepEqual([read?.student, name, problems], ["s1", "Ann Lee_5_assignsubmission_file_", []]);
  });
});

Deno.test("the folders of killed graders are removed, and those of living ones are not", async () => {
  await using living = await StudentFolder.make();
  const { killed, grader } = await killedGrader();
  const stranger = await Deno.makeTempDir({ prefix: "student-" });
  try {
    await grader;
    assert.ok(await isThere(killed));
    assert.ok(await removeAbandonedFolders() >= 1);
    assert.ok(!await isThere(killed));
    assert.ok(await isThere(living.path) && await isThere(stranger));
  } finally {
    await Deno.remove(stranger);
  }
});

/** A grader that makes a student's folder, says where, and is killed. */
async function killedGrader(): Promise<{ killed: string; grader: Promise<unknown> }> {
  const module = new URL("../../../pipeline/grade/sandbox/student_folder.ts", import.meta.url).href;
  const program = `const { StudentFolder } = await import(${JSON.stringify(module)});
    const { path } = await StudentFolder.make();
    console.log(path);
    setInterval(() => {}, 1000);`;
  const child = new Deno.Command(Deno.execPath(), { args: ["eval", "-q", program], stdout: "piped" }).spawn();
  let text = "";
  for await (const chunk of child.stdout) {
    text += new TextDecoder().decode(chunk);
    if (text.endsWith("\n")) child.kill("SIGKILL");
  }
  return { killed: text.trim(), grader: child.status };
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
