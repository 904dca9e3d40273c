import assert from "node:assert/strict";
import { join } from "node:path";
import { checkSubmissionCommand } from "../../../pipeline/commands/check_submission.ts";
import { writeTemplate } from "../../../pipeline/grade/write_template.ts";
import { main } from "../../../pipeline/main.ts";
import { probeBatchArrays } from "../../../src/grade/batch.ts";
import { readNpz, writeNpz } from "../../../src/numpy/npz.ts";
import { textWidth } from "../../../src/text/text_width.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { findNumpy } from "./find_numpy.ts";
import { unlessPython } from "../../skipped.ts";

const PERFECT = new URL("../../grade/submissions/perfect-artifact/", import.meta.url).pathname;
const RUBRIC = new URL("../../../configs/rubrics/sprint-nn.yaml", import.meta.url).pathname;
const CHECK = new URL("../../../pipeline/grade/template/check.py", import.meta.url);
const python = await findNumpy();
const FILES = [
  "manifest.yaml",
  "probe.npz",
  "weights.npz",
  "predictions.csv",
  "history.csv",
  "misclassified.csv",
];

async function check(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const streams = new RecordedStreams();
  const context = { signal: new AbortController().signal, streams };
  const code = await main(["check-submission", ...args], context, [checkSubmissionCommand]);
  return { code, out: streams.out, err: streams.err };
}

async function checkInPython(folder: string): Promise<{ code: number; out: string; err: string }> {
  await Deno.copyFile(CHECK, join(folder, "check.py"));
  await Deno.writeFile(join(folder, "probe_batch.npz"), writeNpz(probeBatchArrays()));
  const { code, stdout, stderr } = await new Deno.Command(python ?? "", { args: ["check.py"], cwd: folder })
    .output();
  await Deno.remove(join(folder, "check.py"));
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

/** What a report says of each file. */
function states(out: string): Record<string, string> {
  const lines = [...out.matchAll(/^(ok|missing|problem) +(\S+)/gm)];
  return Object.fromEntries(lines.map(([, state, file]) => [file, state]));
}

/** The perfect submission, as if of all test images of MNIST, and a rubric that lets its small network pass. */
async function copyOfPerfect(folder: string): Promise<string> {
  for (const name of FILES) await Deno.copyFile(join(PERFECT, name), join(folder, name));
  const rows = Array.from({ length: 10_000 }, (_, i) => `${i},${i % 10}`);
  await Deno.writeTextFile(join(folder, "predictions.csv"), ["index,label", ...rows, ""].join("\n"));
  const rubric = join(folder, "..", "rubric.yaml");
  const text = await Deno.readTextFile(RUBRIC);
  await Deno.writeTextFile(rubric, text.replace(/^require:.*\n(?: .*\n)*/m, ""));
  return rubric;
}

async function inFolders(use: (folder: string, rubric: string) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (outer) => {
    const folder = join(outer, "mine");
    await Deno.mkdir(folder);
    await use(folder, await copyOfPerfect(folder));
  });
}

/** What is broken, which files are then not as they must be, and what is said, by us and by check.py. */
const BROKEN: Readonly<
  Record<
    string,
    { break: (folder: string) => Promise<void>; bad: readonly string[]; says: RegExp; python?: RegExp }
  >
> = {
  "missing files": {
    break: (folder) => Deno.remove(join(folder, "weights.npz")),
    bad: ["weights.npz"],
    says: /^missing {2}weights\.npz/m,
  },
  "an array of another shape, one that is not there": {
    break: async (folder) => {
      const { dW1, dB1: _, ...rest } = readNpz(await Deno.readFile(join(folder, "probe.npz")));
      const cut = { shape: [15, 16], data: dW1.data.slice(0, 240) };
      await Deno.writeFile(join(folder, "probe.npz"), writeNpz({ ...rest, dW1: cut }));
    },
    bad: ["probe.npz"],
    says: /dW1 must have the shape \(30, 16\), found \(15, 16\)\n.*probe\.npz must have dB1, found none/,
  },
  "too few predictions and epochs": {
    break: async (folder) => {
      await Deno.writeTextFile(join(folder, "predictions.csv"), "index,label\n0,1\n1,2\n");
      await Deno.writeTextFile(join(folder, "history.csv"), "epoch,train_loss,val_loss\n1,0.5,0.5\n");
    },
    bad: ["predictions.csv", "history.csv"],
    says: /10000 test images, found 2[^]*epochs 1 to 4 of the manifest, found 1 row/,
  },
  "a file that is none of its kind": {
    break: (folder) => Deno.writeTextFile(join(folder, "probe.npz"), "not an archive"),
    bad: ["probe.npz"],
    says: /^problem {2}probe\.npz/m,
  },
  "columns of other names": {
    break: (folder) => Deno.writeTextFile(join(folder, "misclassified.csv"), "a,b,c\n1,2,3\n"),
    bad: ["misclassified.csv"],
    says: /misclassified\.csv must have the columns index, predicted, label, found a, b, c/,
  },
};

Deno.test("check-submission finds every file of a right submission in order, and gives no points", async () => {
  await inFolders(async (folder, rubric) => {
    const { code, out, err } = await check(folder, "--rubric", rubric);
    assert.deepEqual([code, err], [0, ""]);
    assert.deepEqual(states(out), Object.fromEntries(FILES.map((file) => [file, "ok"])));
    assert.match(out, /^ok {7}weights\.npz +looked at by recompute, band$/m);
    assert.match(out, /Every file is there, readable and of the right shape\. Nothing was graded\.\n$/);
    assert.doesNotMatch(out, /\d points|vector_sigmoid/);
  });
});

Deno.test("check-submission speaks Japanese, and says what is read as meant", async () => {
  await inFolders(async (folder, rubric) => {
    await Deno.rename(join(folder, "history.csv"), join(folder, "history.txt"));
    const wrong = await check(folder, "--rubric", rubric, "--language", "ja");
    assert.equal(wrong.code, 1);
    assert.match(wrong.out, /^なし {5}history\.csv/m);
    assert.match(wrong.err, /^エラー: 提出する前に 1 個のファイルを直してください。採点はしていません。\n$/);
    await Deno.rename(join(folder, "history.txt"), join(folder, "history.csv"));
    const text = await Deno.readTextFile(join(folder, "predictions.csv"));
    await Deno.writeTextFile(join(folder, "predictions.csv"), text.replace("index,label", "Id,Label"));
    const { code, out } = await check(folder, "--rubric", rubric, "--language", "ja");
    assert.equal(code, 0);
    // Wide characters take two columns: the names of the files stand below one another.
    const places = out.split("\n").slice(0, FILES.length).map((line) =>
      textWidth(line.slice(0, line.search(/\b[a-z]+\.\w+/)))
    );
    assert.deepEqual(places, FILES.map(() => 9));
    assert.match(out, /読み取り方：predictions\.csv：列 Id, Label を index, label として読み取りました。/);
  });
});

for (const [name, { break: breakIt, bad, says }] of Object.entries(BROKEN)) {
  Deno.test(`check-submission says of ${name} what is wrong, and exits with 1`, async () => {
    await inFolders(async (folder, rubric) => {
      await breakIt(folder);
      const { code, out, err } = await check(folder, "--rubric", rubric);
      assert.equal(code, 1);
      assert.deepEqual(FILES.filter((file) => states(out)[file] !== "ok"), bad);
      assert.match(out, says);
      assert.match(err, new RegExp(`^error: ${bad.length} files? to mend before you hand in`));
    });
  });

  Deno.test({
    ...unlessPython(python, `check.py finds the same files wrong for ${name}`),
    fn: async () => {
      await inFolders(async (folder) => {
        const right = await checkInPython(folder);
        assert.deepEqual([right.code, right.err], [0, ""], right.out);
        await breakIt(folder);
        const { code, out } = await checkInPython(folder);
        assert.equal(code, 1);
        assert.deepEqual(FILES.filter((file) => states(out)[file] !== "ok"), bad);
      });
    },
  });
}

Deno.test("check-submission of a starter names what is not written yet", async () => {
  await inTemporaryFolder(async (folder) => {
    await writeTemplate(folder, "ts");
    const { code, out } = await check(folder);
    assert.equal(code, 1);
    assert.match(out, /student must be your id in the course, found the template's/);
    assert.match(out, /src\/mod\.ts[^]*- initialize is not written yet\n/);
  });
});

Deno.test("check-submission of nothing at all, or by no rubric, is an error of the input", async () => {
  assert.equal((await check("none-such")).code, 2);
  assert.equal((await check(PERFECT, "--rubric", "none.yaml")).code, 2);
});
