import assert from "node:assert/strict";
import { gradeMessages } from "../../../../src/grade/messages/messages.ts";
import { readPredictions } from "../../../../src/grade/answers/read_tables.ts";
import { understandPredictions } from "../../../../src/grade/answers/understand_tables.ts";
import { sayProblem, type Submission } from "../../../../src/grade/submission.ts";
import { dirname, join } from "node:path";
import type { SubmissionLimits } from "../../../../pipeline/grade/submission/handed_in.ts";
import { openSubmission } from "../../../../pipeline/grade/submission/open_submission.ts";
import { inTemporaryFolder } from "../../in_temporary_folder.ts";
import { gradeMade, strokesEngine } from "../made_submissions.ts";
import { buildZip } from "./build_zip.ts";
import { unless, WINDOWS } from "../../../skipped.ts";

const FIXTURES = new URL("../../../fixtures/", import.meta.url);
const SUBMISSIONS = new URL("../../../grade/submissions/", import.meta.url);
const MANIFEST = "schema: 1\nstudent: s1\ntrack: ts\n";

type Files = Record<string, string | Uint8Array>;

async function write(folder: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
    await Deno.writeFile(
      join(folder, path),
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    );
  }
}

/** What a folder of these files, beside an honest manifest, is read as. */
async function reading(files: Files, limits: Partial<SubmissionLimits> = {}): Promise<Submission> {
  let submission: Submission | undefined;
  await inTemporaryFolder(async (folder) => {
    await write(folder, { "manifest.yaml": MANIFEST, ...files });
    submission = await openSubmission(folder, limits);
  });
  assert.ok(submission);
  return submission;
}

const problemsOf = ({ problems }: Submission) =>
  problems.map((problem) => sayProblem(problem, gradeMessages("en")));

async function honest(): Promise<Files> {
  return {
    "manifest.yaml": MANIFEST,
    "src/mod.ts": "export const x = 'é';\n",
    "predictions.csv": "\ufeffindex, label\r\n0,7\r\n\r\n1, 2\r\n",
    "history.csv": 'epoch,"train_loss"\n1,0.5\n',
    "weights.npz": await Deno.readFile(new URL("arrays.npz", FIXTURES)),
    "notes/readme.txt": "hello",
  };
}

Deno.test("a line is named as an editor numbers it: empty ones count, and those within a cell", async () => {
  const text = 'index,label,note\n\n0,7,"a\n\nb"\n1,2,c\n\n2,x,"d\ne"\n';
  const place = text.slice(0, text.indexOf("2,x")).split("\n").length;
  const { files } = gradeMessages("en");
  for (const end of ["\n", "\r\n", "\r"]) {
    const written = (text: string) => reading({ "predictions.csv": text.replaceAll("\n", end) });
    const read = readPredictions((await written(text)).predictions, files);
    assert.ok(!read.ok);
    assert.match(read.reason, new RegExp(`line ${place},`), JSON.stringify(end));
    assert.deepEqual(problemsOf(await written(text.replace("2,x,", "2,"))), [
      `predictions.csv: line ${place} must have as many cells as the header, 3, found 2`,
    ]);
    const quote = text.replace("2,x,", '2,x"y,');
    assert.deepEqual(problemsOf(await written(quote)), [
      `predictions.csv: line ${place} has quotes that do not fit: a cell is quoted whole or not at all`,
    ]);
  }
});

Deno.test("without a header the first row is on line 1", async () => {
  const { files } = gradeMessages("en");
  for (const [text, line] of [["0,7\n1,x\n", 2], ["\n7\nx\n", 3]] as const) {
    const { predictions } = await reading({ "predictions.csv": text });
    assert.ok(predictions);
    const read = readPredictions(understandPredictions(predictions, { notes: [], t: files }), files);
    assert.ok(!read.ok);
    assert.match(read.reason, new RegExp(`line ${line},`), text);
  }
});

Deno.test("a folder is read, with everything that it holds", async () => {
  const { "manifest.yaml": _, ...files } = await honest();
  const submission = await reading({ ...files, ".DS_Store": "x", "__pycache__/a.pyc": "x" });
  assert.deepEqual(submission.problems, []);
  assert.equal(submission.manifest?.student, "s1");
  assert.deepEqual(submission.manifest?.hidden, [400, 200]);
  assert.equal(submission.source, "export const x = 'é';\n");
  assert.deepEqual(submission.predictions, {
    header: ["index", "label"],
    rows: [["0", "7"], ["1", "2"]],
    lines: [1, 2, 4],
  });
  assert.deepEqual(submission.history, { header: ["epoch", "train_loss"], rows: [["1", "0.5"]] });
  assert.equal(submission.misclassified, null);
  assert.equal(submission.probe, null);
  assert.deepEqual(submission.files.map(({ path }) => path), [
    "history.csv",
    "manifest.yaml",
    "notes/readme.txt",
    "predictions.csv",
    "src/mod.ts",
    "weights.npz",
  ]);
  const { W1, b1, long, ulong, scalar, empty } = submission.weights ?? {};
  const W1Values = Float64Array.of(-0.5, -0.25, 0, 0.25, 0.5, 0.75);
  assert.deepEqual(W1, { shape: [3, 2], data: W1Values, dtype: "<f4" });
  assert.deepEqual(b1, { shape: [3], data: Float64Array.of(1e300, -0, Math.PI), dtype: "<f8" });
  assert.deepEqual(long, { shape: [2], data: Float64Array.of(-(2 ** 63), 2 ** 60), dtype: "<i8" });
  assert.deepEqual(ulong, { shape: [1], data: Float64Array.of(2 ** 64), dtype: "<u8" });
  assert.deepEqual(scalar, { shape: [], data: Float64Array.of(0.25), dtype: "<f4" });
  assert.deepEqual(empty?.shape, [0, 5]);
});

Deno.test("a zip of the files, and one of their folder, is the same submission", async () => {
  await inTemporaryFolder(async (folder) => {
    const files = await honest();
    await write(join(folder, "s1"), files);
    const fromFolder = await openSubmission(join(folder, "s1"));
    for (const prefix of ["", "s1/", "My work/", "z01/hand-in/"]) {
      const path = join(folder, "s1.zip");
      const entries = Object.entries(files).map(([path, content]) => ({ path: prefix + path, content }));
      await Deno.writeFile(path, buildZip([...entries, { path: `${prefix}.git/HEAD`, content: "x" }]));
      assert.deepEqual(await openSubmission(path), fromFolder);
    }
  });
});

Deno.test("a program in another place is not read as one, and what was found instead is said once, at the top", async () => {
  const submission = await reading({
    "mod.ts": "export {};",
    "lib/network.ts": "export {};",
    "notes.md": "x",
  });
  assert.equal(submission.source, null);
  assert.deepEqual(problemsOf(submission), [
    "src/mod.ts: is missing; found lib/network.ts, mod.ts instead: a program counts only under that name, in the folder src",
  ]);
  await using engine = await strokesEngine();
  const { notes, problems } = await gradeMade(submission, { engine });
  assert.deepEqual(notes, problemsOf(submission).map((problem) => `${problem}.`));
  const reasons = new Set(problems.flatMap(({ checks }) => checks.map(({ reason }) => reason)));
  assert.ok([...reasons].every((reason) => !reason.includes("network.ts")), [...reasons].join("\n"));
  assert.deepEqual(problemsOf(await reading({ "src/mod.ts": "export {};", "mod.ts": "export {};" })), []);
});

Deno.test("a submission's hash is that of its files' hashes and paths", async () => {
  const submission = await reading({});
  // printf 'schema: 1\nstudent: s1\ntrack: ts\n' | sha256sum; printf '%s  manifest.yaml\n' <that> | sha256sum
  assert.deepEqual(submission.files, [
    { path: "manifest.yaml", sha256: "bb945ea31ce0556e1e25e6ff1a5bd9d542c23c60861fb1923a771465dd7525ea" },
  ]);
  assert.equal(submission.sha256, "d8f959f20aa10470d8a6f60bc800404b68f170e24082a75d2a72f346e6e5dbc3");
});

Deno.test("a file with a problem counts as absent, and the others do not", async () => {
  const submission = await reading({
    "predictions.csv": "index,label\n0,7\n1\n",
    "history.csv": "",
    "misclassified.csv": "index,predicted,label\n0,1,2\n",
    "weights.npz": await Deno.readFile(new URL("arrays_pickled.npz", FIXTURES)),
    "probe.npz": await Deno.readFile(new URL("arrays_big_endian.npz", FIXTURES)),
    "src/mod.ts": Uint8Array.of(0xff, 0xfe, 0x41),
  });
  assert.deepEqual(problemsOf(submission), [
    "src/mod.ts: must be text in UTF-8, found other bytes",
    "predictions.csv: line 3 must have as many cells as the header, 2, found 1",
    "history.csv: is empty; it must have a header",
    "weights.npz: Cannot read array W1 of an .npz: its type must be one of <f4, <f8, |i1, |u1, <i2, <u2, <i4, <u4, <i8, <u8, found |O",
    "probe.npz: Cannot read array W1 of an .npz: its type must be one of <f4, <f8, |i1, |u1, <i2, <u2, <i4, <u4, <i8, <u8, found >f4",
  ]);
  const { predictions, history, weights, probe, source, misclassified, manifest } = submission;
  assert.deepEqual({ predictions, history, weights, probe, source }, {
    predictions: null,
    history: null,
    weights: null,
    probe: null,
    source: null,
  });
  assert.equal(misclassified?.rows.length, 1);
  assert.equal(manifest?.track, "ts");
});

Deno.test("a manifest that is missing or wrong is told with its lines", async () => {
  assert.deepEqual(
    problemsOf(await reading({ "manifest.yaml": "schema: 1\nstudent: '=cmd'\ntrack: tss\nepoch: 3\n" })),
    [
      'manifest.yaml: line 2, column 10: student must be a student\'s id: up to 64 letters, digits, spaces, `.`, `_`, `@`, `+` and `-`, found the text "=cmd"',
      'manifest.yaml: line 3, column 8: track must be ts or artifact, found the text "tss"; did you mean `ts`?',
      "manifest.yaml: line 4, column 1: epoch is not a known key; allowed here: schema, student, track, submitted, hidden, activation, sigma, learning_rate, batch_size, epochs, reduction, dtype, seeds, split; did you mean `epochs`?",
    ],
  );
  await inTemporaryFolder(async (folder) => {
    const submission = await openSubmission(folder);
    assert.deepEqual(problemsOf(submission), ["manifest.yaml: is missing"]);
    assert.equal(submission.manifest, null);
  });
});

Deno.test("a manifest of nested aliases is refused, and quickly", async () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 10; i++) lines.push(`a${i}: &a${i} [${Array(10).fill(`*a${i - 1}`).join(", ")}]`);
  const submission = await reading({ "manifest.yaml": `${MANIFEST}${lines.join("\n")}\n` });
  assert.equal(submission.manifest, null);
  assert.match(problemsOf(submission).join(), /is too large/);
});

Deno.test("sizes and numbers are bounded", async () => {
  const limits = {
    manifestBytes: 40,
    sourceBytes: 10,
    csvBytes: 100,
    csvRows: 2,
    fileBytes: 1000,
    npzBytes: 900,
  };
  const submission = await reading({
    "src/mod.ts": "// 8 more...",
    "predictions.csv": "index,label\n0,1\n1,2\n2,3\n",
    "history.csv": `epoch\n${"1\n".repeat(60)}`,
    "misclassified.csv": "index\n1\n2\n",
    "weights.npz": new Uint8Array(950),
    "large.bin": new Uint8Array(1001),
  }, limits);
  assert.deepEqual(problemsOf(submission), [
    "large.bin: must be at most 1000 bytes, found 1001",
    "src/mod.ts: must be at most 10 bytes, found 12",
    "predictions.csv: must have at most 2 rows, found more",
    "history.csv: must be at most 100 bytes, found 126",
    "weights.npz: must be at most 900 bytes, found 950",
  ]);
  assert.equal(submission.misclassified?.rows.length, 2);
  assert.deepEqual(
    problemsOf(
      await reading({ "a.bin": new Uint8Array(50), "b.bin": new Uint8Array(50) }, { totalBytes: 100 }),
    ),
    [
      "manifest.yaml: is too much: a submission has at most 100 bytes",
    ],
  );
  assert.deepEqual(problemsOf(await reading({ "a/b": "", "c": "" }, { entries: 2 })), [
    "c: is one too many: a submission has at most 2 files and folders",
    "manifest.yaml: is missing",
  ]);
  const wide = `${Array.from({ length: 65 }, (_, i) => i).join()}\n`;
  const long = `index\n${"x".repeat(5000)}\n`;
  assert.deepEqual(problemsOf(await reading({ "history.csv": wide, "predictions.csv": long })), [
    "predictions.csv: line 2 must have at most 4096 characters, found more",
    "history.csv: must have at most 64 columns, found 65",
  ]);
});

Deno.test({
  ...unless(WINDOWS, "links are not followed, and pipes not opened"),
  fn: async () => {
    await inTemporaryFolder(async (folder) => {
      const inside = join(folder, "s1");
      await write(inside, { "manifest.yaml": MANIFEST });
      await write(folder, { "secret/mod.ts": "secret", "secret.csv": "a,b\n" });
      await Deno.symlink("../secret.csv", join(inside, "history.csv"));
      await Deno.symlink("../secret", join(inside, "src"));
      await Deno.symlink("nowhere", join(inside, "probe.npz"));
      const { success } = await new Deno.Command("mkfifo", { args: [join(inside, "predictions.csv")] })
        .output();
      assert.ok(success);
      const submission = await openSubmission(inside);
      assert.deepEqual(problemsOf(submission), [
        "history.csv: is a symbolic link; hand in the file itself",
        "predictions.csv: is neither a file nor a folder",
        "probe.npz: is a symbolic link; hand in the file itself",
        "src: is a symbolic link; hand in the file itself",
      ]);
      assert.equal(submission.history, null);
      assert.equal(submission.source, null);
    });
  },
});

Deno.test("hostile archives leave their honest manifest and nothing else", async () => {
  for (const name of ["attack-zip-bomb", "attack-zip-paths"]) {
    const submission = await openSubmission(new URL(`${name}.zip`, SUBMISSIONS).pathname);
    assert.equal(submission.manifest?.student, name);
    assert.deepEqual(submission.files.map(({ path }) => path), ["manifest.yaml"]);
    assert.ok(submission.problems.length >= 2);
  }
});

Deno.test("an archive that cannot be read is a submission of nothing but itself", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "s1.zip");
    await write(folder, { "s1.zip": "this is no zip" });
    const submission = await openSubmission(path);
    assert.deepEqual(problemsOf(submission), [
      "s1.zip: Cannot read a zip: it must be a zip, found no zip's end",
      "manifest.yaml: is missing",
    ]);
    assert.deepEqual(submission.files.map(({ path }) => path), ["s1.zip"]);
    assert.equal(
      problemsOf(await openSubmission(path, { archiveBytes: 5 }))[0],
      "s1.zip: must be at most 5 bytes, found 14",
    );
  });
});

Deno.test("a zip of an older Japanese Windows is the submission that its folder is", async () => {
  await inTemporaryFolder(async (folder) => {
    const zip = join(folder, "s1.zip");
    const outer = Uint8Array.fromHex("835c815b83582f"); // "ソース/" in CP932
    const name = (path: string) => Uint8Array.from([...outer, ...new TextEncoder().encode(path)]);
    const files = { "manifest.yaml": MANIFEST, "src/mod.ts": "export const x = 1;\n" };
    await Deno.writeFile(
      zip,
      buildZip(
        Object.entries(files).map(([path, content]) => ({ path, content, name: name(path), host: 0 })),
      ),
    );
    await write(join(folder, "s1"), files);
    const [zipped, plain] = [await openSubmission(zip), await openSubmission(join(folder, "s1"))];
    assert.deepEqual(zipped, plain);
    assert.equal(zipped.source, files["src/mod.ts"]);
    assert.deepEqual(zipped.problems, []);
  });
});

Deno.test("names that could move a cursor are shown without", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "s1.zip");
    await Deno.writeFile(
      path,
      buildZip([{ path: "\u001b[2Jx\u202e", content: "" }, { path: "manifest.yaml", content: MANIFEST }]),
    );
    assert.deepEqual(problemsOf(await openSubmission(path)), ["[2Jx: has a path with control characters"]);
  });
});

Deno.test("a path that is no submission is the instructor's mistake", async () => {
  await assert.rejects(openSubmission("/nowhere/s1.zip"), {
    name: "UserError",
    message: "Cannot read the submission /nowhere/s1.zip: there is no such file or folder",
  });
  if (Deno.build.os !== "windows") await assert.rejects(openSubmission("/dev/null"), { name: "UserError" });
});

Deno.test("a student's id is what stands in the manifest, also where YAML makes it a number", async () => {
  const ids = ["00123", "456", "1e5", "0x1F", "山田　太郎", "がぎ".normalize("NFD"), "' s1 '", "012 # mine"];
  for (const [i, id] of ids.entries()) {
    const { manifest, problems } = await reading({
      "manifest.yaml": `schema: 1\nstudent: ${id}\ntrack: ts\n`,
    });
    assert.deepEqual(problems, []);
    assert.equal(
      manifest?.student,
      ["00123", "456", "1e5", "0x1F", "山田　太郎", "がぎ", "s1", "012"][i],
    );
  }
});

Deno.test("a student that cannot be one leaves the manifest readable: the submission's name stands in", async () => {
  for (const id of ["'@@'", "[a]", "true", ""]) {
    const submission = await reading({
      "manifest.yaml": `schema: 1\nstudent: ${id}\ntrack: ts\nhidden: [3]\n`,
    });
    assert.equal(submission.manifest?.student, submission.name);
    assert.deepEqual(submission.manifest?.hidden, [3]);
    assert.match(
      problemsOf(submission).join(),
      /^manifest\.yaml: line 2, column \d+: student must be a student's id/,
    );
  }
  const without = await reading({ "manifest.yaml": "schema: 1\ntrack: ts\n" });
  assert.equal(without.manifest?.student, without.name);
  // What else is wrong still is.
  const wrong = await reading({ "manifest.yaml": "schema: 1\nstudent: '@@'\ntrack: tss\n" });
  assert.equal(wrong.manifest, null);
  assert.equal(wrong.problems.length, 2);
});

Deno.test("of a manifest that is not at the top it is said where it was found: folders down, or a zip in its place", async () => {
  const zip = buildZip([{ path: "manifest.yaml", content: MANIFEST }]);
  const found: Record<string, Files> = {
    "manifest.yaml: must lie at the top of what is handed in, or in its one folder; found it as a/b/c/manifest.yaml, 3 folders down: hand in that folder":
      { "a/b/c/manifest.yaml": MANIFEST, "readme.txt": "see a/b/c" },
    "manifest.yaml: must lie at the top of what is handed in, or in its one folder; found the zip work.zip instead: if your files are in it, hand in those":
      { "work.zip": zip, "readme.txt": "see the zip" },
  };
  await inTemporaryFolder(async (folder) => {
    for (const [i, [problem, files]] of Object.entries(found).entries()) {
      const inside = join(folder, String(i));
      await write(inside, files);
      assert.deepEqual(problemsOf(await openSubmission(inside)), [problem]);
    }
  });
});
