import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { ConfigError } from "../../../src/config/yaml/config_error.ts";
import { readOverrides } from "../../../pipeline/grade/overrides.ts";
import { sampleRubric } from "../../grade/sample_rubric.ts";
import { GradesFolder } from "../../../pipeline/grade/grades_folder.ts";
import { inOneDrive } from "../system/onedrive.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

/** The names of a folder's entries. */
const namesIn = (path: string) => Array.from(Deno.readDirSync(path), ({ name }) => name).sort();

Deno.test("what a killed grading left half written is removed, and nothing that is the instructor's", async () => {
  await inTemporaryFolder(async (folder) => {
    const left = `.${crypto.randomUUID()}.tmp`;
    for (const name of [`gradebook.csv${left}`, `feedback/s1.md${left}`, "notes.tmp", "feedback/own.md"]) {
      await Deno.mkdir(dirname(join(folder, name)), { recursive: true });
      await Deno.writeTextFile(join(folder, name), "");
    }
    using grades = await GradesFolder.open(folder);
    assert.deepEqual(namesIn(folder), [".grade.lock", "feedback", "notes.tmp"]);
    assert.deepEqual(namesIn(join(folder, "feedback")), ["own.md"]);
    grades.write("gradebook.csv", "student\n");
    await grades.finish({ assignment: "a" });
    assert.deepEqual(namesIn(folder), [
      ".grade.lock",
      "feedback",
      "gradebook.csv",
      "manifest.json",
      "notes.tmp",
    ]);
  });
});

Deno.test("a link in a file's place is replaced, and what it points to stays", async () => {
  await inTemporaryFolder(async (folder) => {
    const elsewhere = join(folder, "elsewhere.txt");
    await Deno.writeTextFile(elsewhere, "mine");
    using grades = await GradesFolder.open(join(folder, "grades"));
    await Deno.symlink(elsewhere, join(grades.path, "report.md"));
    grades.write("report.md", "theirs");
    assert.equal(await Deno.readTextFile(elsewhere), "mine");
    assert.equal(await grades.read("report.md"), "theirs");
  });
});

Deno.test("a second grading of a folder is refused while the first is at work, and takes none of its files", async () => {
  await inTemporaryFolder(async (folder) => {
    const half = `gradebook.csv.${crypto.randomUUID()}.tmp`;
    {
      using _first = await GradesFolder.open(folder);
      await Deno.writeTextFile(join(folder, half), "");
      await assert.rejects(
        GradesFolder.open(folder),
        /another grading \(process \d+\) is at work there; wait until it ends, or pass another folder/,
      );
      assert.deepEqual(namesIn(folder), [".grade.lock", half]);
    }
    using _second = await GradesFolder.open(folder);
    assert.deepEqual(namesIn(folder), [".grade.lock"]);
  });
});

Deno.test("a link in the place of the feedback's folder is refused, and a manifest names nothing elsewhere that would be removed", async () => {
  await inTemporaryFolder(async (folder) => {
    const [mine, out] = [join(folder, "mine"), join(folder, "grades")];
    await Deno.mkdir(mine);
    await Deno.mkdir(out);
    await Deno.writeTextFile(join(mine, "s1.md"), "mine");
    await Deno.symlink(mine, join(out, "feedback"));
    await assert.rejects(GradesFolder.open(out), /feedback must be a folder in it, found a symbolic link/);
    assert.deepEqual(namesIn(out), ["feedback"]);

    await Deno.rename(join(out, "feedback"), join(out, "link"));
    const files = { "link/s1.md": "", "../mine/s1.md": "", [join(mine, "s1.md")]: "" };
    await Deno.writeTextFile(join(out, "manifest.json"), JSON.stringify({ assignment: "a", files }));
    using grades = await GradesFolder.open(out);
    await grades.finish({ assignment: "a" });
    assert.deepEqual(namesIn(mine), ["s1.md"]);
  });
});

Deno.test("a manifest that is none lists nothing, and is replaced; that of other results is not", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "manifest.json");
    for (const text of ["null", "3", "[1]", '"text"', "{", ""]) {
      await Deno.writeTextFile(path, text);
      using grades = await GradesFolder.open(folder);
      await grades.finish({ assignment: "a" });
      assert.deepEqual(JSON.parse(await Deno.readTextFile(path)), { assignment: "a", files: {} }, text);
    }
    await Deno.writeTextFile(path, '{"format": 2}');
    await assert.rejects(GradesFolder.open(folder), /it holds other results; pass another folder/);
    await Deno.writeTextFile(path, '{"assignment": "a", "files": null}');
    using _ = await GradesFolder.open(folder);
  });
});

Deno.test("whatever is wrong with overrides.yaml is said in English and Japanese", async () => {
  const said: [override: string, en: string, ja: string][] = [
    [
      "problem: forwards, points: 1",
      "overrides[0].problem: must be a problem of the rubric, found forwards; did you mean `forward`?",
      "overrides[0].problem: 採点基準に forwards という問題はありません（`forward` の間違いではありませんか）",
    ],
    [
      "problem: forward, check: xyz, points: 1",
      "overrides[0].check: must be a check of forward, found xyz; allowed: vector, value",
      "overrides[0].check: 問題 forward に xyz という項目はありません。使える名前：vector、value",
    ],
    [
      "problem: forward, points: 1000",
      "overrides[0].points: must be at most 12, found 1000",
      "overrides[0].points: 12 以下でなければなりませんが、1000 です",
    ],
    [
      "check: value, points: 1",
      "overrides[0].check: must come with the problem that it is of",
      "overrides[0].check: どの問題の項目かを `problem` に書いてください",
    ],
  ];
  await inTemporaryFolder(async (path) => {
    using folder = await GradesFolder.open(path);
    for (const [override, en, ja] of said) {
      const text = `overrides:\n  - { student: s1, ${override}, reason: why }\n`;
      await Deno.writeTextFile(join(path, "overrides.yaml"), text);
      await assert.rejects(readOverrides(folder, sampleRubric()), (error) => {
        assert.ok(error instanceof ConfigError);
        const plain = (message: string) => message.replace(/^.*overrides\.yaml:\d+:\d+: /, "");
        assert.deepEqual([plain(error.message), plain(error.ja)], [en, ja]);
        return true;
      });
    }
  });
});

Deno.test("grades are written where OneDrive keeps the folder", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.mkdir(join(folder, "feedback"));
    await inOneDrive(async () => {
      using grades = await GradesFolder.open(folder);
      grades.write("feedback/s1.md", "good");
    });
    assert.deepEqual(namesIn(join(folder, "feedback")), ["s1.md"]);
  }));
