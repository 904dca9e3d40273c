import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { GradesFolder } from "../../../pipeline/grade/grades_folder.ts";
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
    const grades = await GradesFolder.open(folder);
    assert.deepEqual(namesIn(folder), ["feedback", "notes.tmp"]);
    assert.deepEqual(namesIn(join(folder, "feedback")), ["own.md"]);
    grades.write("gradebook.csv", "student\n");
    await grades.finish({ assignment: "a" });
    assert.deepEqual(namesIn(folder), ["feedback", "gradebook.csv", "manifest.json", "notes.tmp"]);
  });
});

Deno.test("a link in a file's place is replaced, and what it points to stays", async () => {
  await inTemporaryFolder(async (folder) => {
    const elsewhere = join(folder, "elsewhere.txt");
    await Deno.writeTextFile(elsewhere, "mine");
    const grades = await GradesFolder.open(join(folder, "grades"));
    await Deno.symlink(elsewhere, join(grades.path, "report.md"));
    grades.write("report.md", "theirs");
    assert.equal(await Deno.readTextFile(elsewhere), "mine");
    assert.equal(await grades.read("report.md"), "theirs");
  });
});
