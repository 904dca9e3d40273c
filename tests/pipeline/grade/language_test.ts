import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import { writeTemplate } from "../../../pipeline/grade/write_template.ts";
import type { NpyArray } from "../../../src/numpy/npy.ts";
import { readNpz, writeNpz } from "../../../src/numpy/npz.ts";
import type { Language } from "../../../src/settings/setting.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { buildZip } from "./submission/build_zip.ts";
import { runGradeCommand } from "./run_command.ts";

// Whatever is wrong with a submission, its student reads of it in one language, but for what stands in quotes, and for names.

const SUBMISSIONS = new URL("../../grade/submissions/", import.meta.url).pathname;
const FIXTURES = new URL("../../fixtures/", import.meta.url);
const RUBRIC = new URL("../../../configs/rubrics/sprint-nn.yaml", import.meta.url).pathname;

/** The files of a submission; null takes one away. */
type Files = Readonly<Record<string, string | Uint8Array | null>>;

const perfect = await filesOf(join(SUBMISSIONS, "perfect-artifact"));
const program = await filesOf(join(SUBMISSIONS, "perfect-ts"));
const probe = readNpz(perfect["probe.npz"]);
const weights = readNpz(perfect["weights.npz"]);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const manifest = textOf(perfect["manifest.yaml"]);

async function filesOf(folder: string): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile) files[name] = await Deno.readFile(join(folder, name));
    else files[`${name}/mod.ts`] = await Deno.readFile(join(folder, name, "mod.ts"));
  }
  return files;
}

const zeros = (...shape: number[]): NpyArray => ({
  shape,
  data: new Float64Array(shape.reduce((size, length) => size * length, 1)),
});

/** The bytes of an array with its last cut off, in an archive that is whole. */
function cutArray(): Uint8Array {
  const [npy] = Object.values(npzEntries(writeNpz({ W1: zeros(4, 4) })));
  return zipSync({ "W1.npy": npy.subarray(0, npy.length - 8) });
}

function npzEntries(npz: Uint8Array): Record<string, Uint8Array> {
  const [{ shape, data }] = Object.values(readNpz(npz));
  const entry = writeNpz({ W1: { shape, data } });
  // The archive is not packed: the array stands in it as it is.
  const start = textOf(entry).indexOf("NUMPY") < 0
    ? 0
    : entry.findIndex((byte, i) => byte === 0x93 && entry[i + 1] === 0x4e && entry[i + 2] === 0x55);
  const header = entry[start + 8] + 256 * entry[start + 9];
  return { "W1.npy": entry.slice(start, start + 10 + header + data.byteLength) };
}

/** A header of .npy with anything in it. */
function npyOf(header: string, version = 1): Uint8Array {
  const text = `${header}\n`;
  return Uint8Array.from([
    0x93,
    ...bytesOf("NUMPY"),
    version,
    0,
    text.length & 255,
    text.length >> 8,
    ...bytesOf(text),
  ]);
}

const yaml = (from: string | RegExp, to: string): Files => ({ "manifest.yaml": manifest.replace(from, to) });
const probeWith = (more: Record<string, NpyArray>): Files => ({
  "probe.npz": writeNpz({ ...probe, ...more }),
});
const history = textOf(perfect["history.csv"]);
const predictions = textOf(perfect["predictions.csv"]);

/** What is changed in the perfect artifact submission. */
const BROKEN: Readonly<Record<string, Files>> = {
  "no-manifest": { "manifest.yaml": null },
  "no-weights": { "weights.npz": null },
  "no-probe": { "probe.npz": null },
  "no-predictions": { "predictions.csv": null },
  "no-history": { "history.csv": null },
  "no-misclassified": { "misclassified.csv": null },
  "yaml-tab": yaml("track:", "\ttrack:"),
  "yaml-quote": yaml("track: artifact", 'track: "artifact'),
  "yaml-colon": yaml("track: artifact", "track: artifact: yes"),
  "yaml-twice": yaml("track: artifact", "track: artifact\ntrack: ts"),
  "yaml-alias": yaml("track: artifact", "track: *nothing"),
  "yaml-documents": yaml("track: artifact", "track: artifact\n---\na: 1"),
  "yaml-brackets": yaml(/hidden: .*/, "hidden: [8, 8"),
  "yaml-list": { "manifest.yaml": "- schema: 1\n" },
  "yaml-empty": { "manifest.yaml": "" },
  "unknown-key": yaml("epochs:", "epoch:"),
  "wrong-values": yaml(
    /hidden: .*/,
    "hidden: [8, many]\nactivation: tahn\nsigma: -1\nlearning_rate: fast\nbatch_size: 0\ndtype: float16\nseeds: 3\nsplit: 2\nsubmitted: yesterday",
  ),
  "wrong-student": yaml(/student: .*/, "student: '=cmd'"),
  "no-keys": { "manifest.yaml": "schema: 2\n" },
  "too-few-activations": yaml(/hidden: .*/, "hidden: [8, 8]\nactivation: [tanh]"),
  "not-utf8": { "manifest.yaml": Uint8Array.of(0xff, 0xfe, 0x41) },
  "out-of-bounds": yaml(/learning_rate: .*/, "learning_rate: 0.000000001"),
  "other-reduction": yaml(/$/, "reduction: sum\n"),
  "one-layer": yaml(/hidden: .*/, "hidden: [8]"),
  "no-zip": { "probe.npz": "this is no archive" },
  "cut-archive": { "probe.npz": perfect["probe.npz"].subarray(0, 5000) },
  "objects": { "probe.npz": Deno.readFileSync(new URL("arrays_pickled.npz", FIXTURES)) },
  "big-endian": { "weights.npz": Deno.readFileSync(new URL("arrays_big_endian.npz", FIXTURES)) },
  "cut-array": { "weights.npz": cutArray() },
  "no-array": { "weights.npz": zipSync({ "W1.npy": bytesOf("hello"), "x.npy": bytesOf("") }) },
  "array-version": { "weights.npz": zipSync({ "W1.npy": npyOf("{}", 2) }) },
  "array-header": { "weights.npz": zipSync({ "W1.npy": npyOf("{'descr': 1}") }) },
  "array-name": { "weights.npz": zipSync({ "notes and more.txt": bytesOf("x") }) },
  "many-arrays": {
    "weights.npz": writeNpz(Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`a${i}`, zeros(1)]))),
  },
  "wrong-shapes": probeWith({ dW1: zeros(15, 16), A1: zeros(3), probabilities: zeros(20, 9) }),
  "no-numbers": probeWith({
    dW1: { ...probe.dW1, data: new Float64Array(probe.dW1.data.length).fill(NaN) },
    probabilities_large: { ...zeros(20, 10), data: new Float64Array(200).fill(NaN) },
    loss: { ...zeros(), data: Float64Array.of(NaN) },
    loss_zero: { ...zeros(), data: Float64Array.of(Infinity) },
  }),
  "zeros": probeWith({
    dW1: zeros(30, 16),
    dB1: zeros(16),
    init_W1: zeros(784, 8),
    predictions: zeros(20),
    probabilities: zeros(20, 10),
  }),
  "few-predictions": probeWith({ predictions: zeros(3) }),
  "odd-weights": { "weights.npz": writeNpz({ layer1: zeros(2, 2), layer2: zeros(2, 2) }) },
  "half-weights": { "weights.npz": writeNpz({ W1: weights.W1 }) },
  "narrow-weights": { "weights.npz": writeNpz({ ...weights, W2: zeros(3, 3), B1: zeros(9) }) },
  "endless-weights": {
    "weights.npz": writeNpz({ ...weights, B1: { shape: [8], data: new Float64Array(8).fill(Infinity) } }),
  },
  "names": {
    "weights.npz": writeNpz(
      Object.fromEntries(Object.entries(weights).map(([k, v]) => [k.toLowerCase(), v])),
    ),
    "predictions.csv": predictions.replace("index,label", "ImageId,Label"),
  },
  "csv-words": {
    "predictions.csv": predictions.replace("\n0,", "\nzero,"),
    "history.csv": history.replace(/^1,[^,]*/m, "1,much"),
    "misclassified.csv": "index,predicted,label\na,b,c\n",
  },
  "csv-columns": {
    "predictions.csv": "who,what\n1,2\n",
    "history.csv": "a,b\n1,2\n",
    "misclassified.csv": "x\n1\n",
  },
  "csv-cells": {
    "predictions.csv": "index,label\n0\n",
    "history.csv": 'epoch,train_loss\n1,"2\n',
    "misclassified.csv": "",
  },
  "csv-limits": {
    "predictions.csv": `index,label\n${"0,1\n".repeat(20_001)}`,
    "history.csv": `${Array.from({ length: 65 }, (_, i) => `c${i}`).join()}\n`,
    "misclassified.csv": `index,predicted,label\n${"9".repeat(5000)}\n`,
  },
  "csv-indices": {
    "predictions.csv": "index,label\n0,1\n0,1\n",
    "misclassified.csv": "index,predicted,label\n0,1,1\n1,2,2\n99999,2,2\n",
    "validation.csv": "index\n1\n70000\n",
  },
  "few-rows": {
    "predictions.csv": "index,label\n0,1\n1,2\n",
    "history.csv": "epoch,train_loss,val_loss\n1,2,2\n",
  },
  "far-history": { "history.csv": "epoch,train_loss,val_loss\n1,90,9\n2,80,9\n3,70,9\n4,60,9\n" },
  "no-validation": { "history.csv": history.replace(/,[^,\n]*$/gm, "") },
  "unknown-split": yaml(/$/, "split: unknown\n"),
  "other-split": yaml(/$/, "seeds: { split: 3 }\n"),
  "long-training": { ...yaml(/epochs: .*/, "epochs: 10000") },
  "nested-alike": { "src/Mod.ts": "1", "src/mod.TS": "2" },
};

/** Programs, each as the whole of src/mod.ts. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "ts-nothing": "",
  "ts-syntax": "export const forward = ;",
  "ts-throws": "throw new RangeError('not today my friend');",
  "ts-throws-text": every("throw 'not today my friend'"),
  "ts-throws-proxy": every("throw new Proxy({}, { get() { throw 1; } })"),
  "ts-endless": every("for (;;);"),
  "ts-exit": every("Deno.exit(3)"),
  "ts-memory": every("const kept: number[][] = []; for (;;) kept.push(new Array(1e7).fill(kept.length));"),
  "ts-output": every("for (;;) Deno.stdout.writeSync(new TextEncoder().encode('x'.repeat(1e5)));"),
  "ts-deep": every("let a: unknown = 1; for (let i = 0; i < 20; i++) a = { a }; return a;"),
  "ts-ragged": every("return { W1: [[1, 2], [3]], probabilities: [[1], 'a'], A1: ['x'] };"),
  "ts-text": every("return { probabilities: [['word', 'word']] };"),
  "ts-function": every("return { W1: Symbol('a') };"),
  "ts-names": every("return Object.fromEntries(Array.from({ length: 2000 }, (_, i) => ['n' + i, 1]));"),
  "ts-long": every("return { W1: new Array(5_000_000) };"),
  "ts-many": every("return { W1: new Float64Array(4_000_001) };"),
  "ts-dimensions": every("let a: unknown = [1]; for (let i = 0; i < 20; i++) a = [a]; return { W1: a };"),
  "ts-string": every("return 'x'.repeat(20_000);"),
  "ts-number": every("return 7;"),
  "ts-changes": textOf(program["src/mod.ts"]).replace(
    "const slopes = gradients({ X, Y, parameters,",
    "X.reverse();\n  Y.reverse();\n  const slopes = gradients({ X, Y, parameters,",
  ),
};

/** A program of which every function, and the class, does this. */
function every(body: string): string {
  const names = ["initialize", "forward", "loss", "gradients", "step", "misclassified"];
  return [
    ...names.map((name) => `export function ${name}(): unknown { ${body} }`),
    `export class ScratchSimpleNeuralNetworkClassifier { fit() { ${body} } predict() { return 1; } }`,
  ].join("\n");
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    if (content === null) continue;
    await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
    await Deno.writeFile(join(folder, path), typeof content === "string" ? bytesOf(content) : content);
  }
}

/** All of them as folders and zips of one folder. */
async function writeSubmissions(folder: string): Promise<void> {
  for (const [name, files] of Object.entries(BROKEN)) {
    const own = bytesOf(manifest.replace(/student: .*/, `student: ${name}`));
    const changed = files["manifest.yaml"];
    const named = typeof changed === "string" && !/student: '/.test(changed)
      ? { "manifest.yaml": changed.replace(/student: .*/, `student: ${name}`) }
      : {};
    await writeFiles(join(folder, name), { ...perfect, "manifest.yaml": own, ...files, ...named });
  }
  for (const [name, source] of Object.entries(PROGRAMS)) {
    await writeFiles(join(folder, name), {
      "manifest.yaml": `schema: 1\nstudent: ${name}\ntrack: ts\n`,
      "src/mod.ts": source,
    });
  }
  await writeFiles(join(folder, "ts-absent"), {
    "manifest.yaml": "schema: 1\nstudent: ts-absent\ntrack: ts\n",
  });
  await writeFiles(join(folder, "claims"), { ...perfect, "manifest.yaml": manifest });
  await writeFiles(join(folder, "your-own"), {
    ...perfect,
    "manifest.yaml": manifest.replace(/student: .*/, "student: your-id"),
  });
  await writeTemplate(join(folder, "untouched"), "artifact");
  const zips: Record<string, Uint8Array> = {
    "zip-of-nothing": bytesOf("this is no zip at all"),
    "zip-cut": zipSync(perfect).subarray(0, 4000),
    "zip-split": Uint8Array.from([...bytesOf("PK\x05\x06"), 1, 0, 1, 0, ...new Uint8Array(14)]),
    "zip-hostile": buildZip([
      { path: "manifest.yaml", content: manifest.replace(/student: .*/, "student: zip-hostile") },
      { path: "../up" },
      { path: "/etc/passwd" },
      { path: "a\\b" },
      { path: "a\u0000b" },
      { path: "a/./b" },
      { path: "a".repeat(251) },
      { path: "link", mode: 0o120777, content: "/etc/passwd" },
      { path: "fifo", mode: 0o010644 },
      { path: "locked", flags: 1 },
      { path: "packed", method: 14, content: "x" },
      { path: "bomb", content: "0".repeat(2 * 1024 * 1024) },
      { path: "large", content: "x", size: 2 ** 31 },
      { path: "sum", content: "x", sum: 1 },
      { path: "elsewhere", content: "x", offset: 7 },
      { path: "twice" },
      { path: "twice" },
      { path: "Same" },
      { path: "same" },
      { path: "file" },
      { path: "file/inside" },
    ]),
  };
  for (const [name, bytes] of Object.entries(zips)) await Deno.writeFile(join(folder, `${name}.zip`), bytes);
  if (Deno.build.os === "windows") return;
  await writeFiles(join(folder, "links"), {
    "manifest.yaml": manifest.replace(/student: .*/, "student: links"),
  });
  await Deno.symlink("../claims/history.csv", join(folder, "links", "history.csv"));
  await Deno.symlink("nowhere", join(folder, "links", "src"));
}

/** The shipped rubric for the digits that the program draws, and short-lived programs. */
async function quickRubric(folder: string): Promise<string> {
  let text = await Deno.readTextFile(RUBRIC);
  for (
    const [from, to] of [
      ["dataset: mnist", "dataset: strokes"],
      ["limit: 1000", "limit: 100"],
      ["seeds: [0, 1, 2, 3, 4]", "seeds: [0, 1]"],
      ["units: { min: 50, max: 1000 }", "units: { min: 2, max: 1000 }"],
      ["epochs: { min: 5, max: 200 }", "epochs: { min: 2, max: 20000 }"],
      ["max_cost: 5", "max_cost: 0.001"],
      [
        "call_seconds: 20, total_seconds: 120, memory_mib: 512, output_kib: 256",
        "call_seconds: 3, total_seconds: 6, memory_mib: 64, output_kib: 256",
      ],
    ]
  ) {
    assert.ok(text.includes(from), from);
    text = text.replace(from, to);
  }
  const path = join(folder, "rubric.yaml");
  await Deno.writeTextFile(path, text);
  return path;
}

/** What a person reads of a page: its texts, and those of attributes that are shown or spoken. */
function readOf(html: string): string {
  const body = html.replace(/<style>.*?<\/style>/s, "").replace(/<meta[^>]*>/g, "");
  const attributes = [...body.matchAll(/ (?:title|aria-label|alt)="([^"]*)"/g)].map(([, text]) => text);
  const texts = body.replaceAll(/<[^>]*>/g, "\n");
  return [texts, ...attributes].join("\n").replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll(
    "&amp;",
    "&",
  );
}

/** Runs of three plain English words, outside of code, of quotes, and of what a student wrote. */
function englishOf(text: string): string[] {
  const own = text.replaceAll("\\", "").replaceAll(/`[^`\n]*`/g, "`").replaceAll(/「[^」\n]*」/g, "「」");
  return own.match(/.{0,40}\b[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}.{0,40}/g) ?? [];
}

const JAPANESE = /.{0,20}[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}、。「」].{0,20}/gu;

/** Feedback and reports, by name, as they are read. */
async function written(out: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const folder of [".", "feedback"]) {
    for await (const { name } of Deno.readDir(join(out, folder))) {
      const text = /\.(md|html)$/.test(name) ? await Deno.readTextFile(join(out, folder, name)) : null;
      if (text !== null) texts[join(folder, name)] = name.endsWith(".html") ? readOf(text) : text;
    }
  }
  return texts;
}

async function gradeAll(folder: string, language: Language): Promise<Record<string, string>> {
  const out = join(folder, language);
  const { stderr } = await runGradeCommand(
    await quickRubric(folder),
    join(folder, "submissions"),
    ...[
      "--out",
      out,
      "--store",
      join(folder, "store"),
      "--language",
      language,
      "--stage",
      "published",
      "--quiet",
    ],
  );
  assert.doesNotMatch(stderr, /bug|unexpected/);
  return await written(out);
}

/** What the grader says of itself must not occur: then a test has found a fault in it. */
const GRADER_FAILED = { en: /the grader itself failed/, ja: /採点プログラム自体のエラー/ };

Deno.test("whatever is wrong with a submission is told in Japanese to who reads Japanese, in English to who reads English", async (t) => {
  await inTemporaryFolder(async (folder) => {
    await writeSubmissions(join(folder, "submissions"));
    const [ja, en] = [await gradeAll(folder, "ja"), await gradeAll(folder, "en")];
    assert.deepEqual(Object.keys(ja).sort(), Object.keys(en).sort());
    assert.ok(Object.keys(ja).length > 2 * (Object.keys(BROKEN).length + Object.keys(PROGRAMS).length));
    const keep = Deno.env.get("KEEP_FEEDBACK");
    if (keep !== undefined) {
      await Deno.writeTextFile(keep, Object.values(ja).concat(Object.values(en)).join("\n\n"));
    }
    await t.step("Japanese has no English sentence", () => {
      for (const [name, text] of Object.entries(ja)) {
        assert.deepEqual(englishOf(text), [], name);
        assert.doesNotMatch(text, GRADER_FAILED.ja, name);
      }
    });
    await t.step("English has no Japanese letter", () => {
      for (const [name, text] of Object.entries(en)) {
        assert.deepEqual(text.match(JAPANESE) ?? [], [], name);
        assert.doesNotMatch(text, GRADER_FAILED.en, name);
      }
    });
    await t.step("each says what is wrong with it", () => {
      const says: Readonly<Record<string, RegExp>> = {
        "zip-of-nothing": /ZIP 形式ではないか、途中で切れています/,
        "no-weights": /weights\.npz がありません/,
        "yaml-tab": /行目.*：YAML として読み取れません/,
        "unknown-key": /epoch：このキーは使えません。.*`epochs` の間違いではありませんか/,
        "objects": /Python のオブジェクトの配列/,
        "cut-array": /バイトになるはずですが/,
        "wrong-shapes": /dW1.*\(30, 16\)/,
        "ts-endless": /3 秒以内に終わりませんでした/,
        "ts-exit": /終了コード 3/,
        "ts-memory": /使えるメモリの上限を超えました/,
        "ts-absent": /src\/mod\.ts がありません/,
        "untouched": /ひな形のまま/,
        "ts-ragged": /行はすべて同じ長さ（2）/,
        "ts-throws": /エラーが発生しました「RangeError: not today my friend」/,
      };
      for (const [name, pattern] of Object.entries(says)) {
        assert.match(ja[join("feedback", `${name}.md`)].replaceAll("\\", ""), pattern, name);
      }
    });
  });
});

Deno.test("English and Japanese sentences are told from names, code and quotes", () => {
  assert.equal(englishOf("- これは must be finite です").length, 1);
  assert.deepEqual(
    englishOf("`must be finite` と「this is mine」と weights.npz: W1, B1 と index, predicted, label"),
    [],
  );
  assert.equal("a の b".match(JAPANESE)?.length, 1);
});
