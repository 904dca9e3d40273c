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

const perfectArrays = async () => readNpz(await Deno.readFile(join(PERFECT, "weights.npz")));

/** A file of the submission, its text changed. */
async function rewrite(folder: string, file: string, change: (text: string) => string): Promise<void> {
  const path = join(folder, file);
  const text = await Deno.readTextFile(path);
  const changed = change(text);
  assert.notEqual(changed, text, file);
  await Deno.writeTextFile(path, changed);
}

const lines = (text: string) => text.trimEnd().split("\n");

/** What is read as it is meant: each with the files in which something is wrong all the same. */
const MEANT: Record<string, { change: (folder: string) => Promise<void>; bad?: string[] }> = {
  "hidden as a list below its key": {
    change: (folder) =>
      rewrite(
        folder,
        "manifest.yaml",
        (text) => text.replace(/^hidden: \[(\d+), (\d+)\].*$/m, "hidden: # units\n  - $1 # first\n  - $2"),
      ),
  },
  "hidden over several lines": {
    change: (folder) =>
      rewrite(
        folder,
        "manifest.yaml",
        (text) => text.replace(/^hidden: \[(\d+), (\d+)\].*$/m, "hidden: [\n  $1, # first\n  $2\n]"),
      ),
  },
  "another network than the manifest's": {
    change: (folder) =>
      rewrite(folder, "manifest.yaml", (text) => text.replace(/^hidden: .*$/m, "hidden: [30, 20]")),
    bad: ["probe.npz"],
  },
  "arrays in small letters": {
    change: async (folder) => {
      const small = Object.entries(await perfectArrays()).map(([name, array]) => [name.toLowerCase(), array]);
      await Deno.writeFile(join(folder, "weights.npz"), writeNpz(Object.fromEntries(small)));
    },
  },
  "arrays without names": {
    change: async (folder) => {
      const unnamed = Object.values(await perfectArrays()).map((array, i) => [`arr_${i}`, array]);
      await Deno.writeFile(join(folder, "weights.npz"), writeNpz(Object.fromEntries(unnamed)));
    },
  },
  "a bias that is not there": {
    change: async (folder) => {
      const { B2: _, ...rest } = await perfectArrays();
      await Deno.writeFile(join(folder, "weights.npz"), writeNpz(rest));
    },
    bad: ["weights.npz"],
  },
  "other names of columns": {
    change: (folder) =>
      rewrite(folder, "predictions.csv", (text) => text.replace("index,label", "ImageId,Label")),
  },
  "labels alone": {
    change: (folder) =>
      rewrite(folder, "predictions.csv", (text) => lines(text).map((line) => line.split(",")[1]).join("\n")),
  },
  "indices from 1": {
    change: (folder) =>
      rewrite(
        folder,
        "predictions.csv",
        (text) => text.replace(/^\d+/gm, (index) => String(Number(index) + 1)),
      ),
  },
  "semicolons": { change: (folder) => rewrite(folder, "history.csv", (text) => text.replaceAll(",", ";")) },
  "epochs from 0": {
    change: (folder) =>
      rewrite(folder, "history.csv", (text) => text.replace(/^\d+/gm, (epoch) => String(Number(epoch) - 1))),
  },
  "an epoch 0 besides": {
    change: (folder) => rewrite(folder, "history.csv", (text) => text.replace(/^1,/m, "0,2.3,2.3\n1,")),
  },
  "an epoch too many": {
    change: (folder) => rewrite(folder, "history.csv", (text) => `${text.trimEnd()}\n99,0.1,0.1\n`),
    bad: ["history.csv"],
  },
  "no header": {
    change: (folder) => rewrite(folder, "misclassified.csv", (text) => lines(text).slice(1).join("\n")),
  },
  "a header in Japanese": {
    change: (folder) =>
      rewrite(
        folder,
        "misclassified.csv",
        (text) => text.replace("index,predicted,label", "画像番号,予測,正解ラベル"),
      ),
  },
};

for (const [name, { change, bad = [] }] of Object.entries(MEANT)) {
  Deno.test({
    ...unlessPython(python, `check.py and check-submission find the same files right and wrong for ${name}`),
    fn: async () => {
      await inFolders(async (folder, rubric) => {
        await change(folder);
        const [ours, theirs] = [await check(folder, "--rubric", rubric), await checkInPython(folder)];
        const all = Object.fromEntries(FILES.map((file) => [file, bad.includes(file) ? "problem" : "ok"]));
        assert.deepEqual(states(ours.out), all, ours.out);
        assert.deepEqual(states(theirs.out), all, theirs.out);
      });
    },
  });
}

Deno.test("a notebook alone, in a folder or beside files lacks nothing; what is called one and is none is told", async () => {
  const cell = { cell_type: "code", execution_count: null, metadata: {}, outputs: [], source: ["1"] };
  const text = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 4 });
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "s.ipynb");
    await Deno.writeTextFile(path, text);
    for (const given of [path, folder]) {
      const { code, out, err } = await check(given);
      assert.deepEqual([code, err], [0, ""], out);
      assert.match(out, /^ok {7}s\.ipynb\n/);
      assert.match(out, /nothing else need be handed in\. Nothing was run or graded\.\n$/);
      assert.doesNotMatch(out, /manifest|missing/);
    }
    assert.match((await check(path, "--language", "ja")).out, /ほかに提出するものはありません/);
    await Deno.writeTextFile(join(folder, "predictions.csv"), "a,b,c\n1,2,3\n");
    await Deno.writeTextFile(join(folder, "manifest.yaml"), "schema: 1\nstudent: s1\ntrack: artifact\n");
    const beside = await check(folder);
    assert.equal(beside.code, 1);
    assert.deepEqual(states(beside.out), {
      "s.ipynb": "ok",
      "manifest.yaml": "ok",
      "predictions.csv": "problem",
    });
    await Deno.writeTextFile(path, "{");
    const none = await check(path);
    assert.equal(none.code, 1);
    assert.match(none.out, /^problem {2}s\.ipynb\n +- is no notebook: it must be JSON/);
  });
  await inFolders(async (folder, rubric) => {
    await Deno.writeTextFile(join(folder, "s.ipynb"), text);
    assert.equal((await check(folder, "--rubric", rubric)).code, 0);
  });
});

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
