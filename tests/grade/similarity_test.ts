import assert from "node:assert/strict";
import { fingerprints, similarPairs, sourceTokens, traces, unexplained } from "../../src/grade/similarity.ts";
import { manifestSchema } from "../../src/grade/manifest.ts";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import { formatSimilarity } from "../../src/grade/outputs/similarity_csv.ts";
import type { Submission } from "../../src/grade/submission.ts";

const SUBMISSIONS = new URL("./submissions/", import.meta.url);
const source = await Deno.readTextFile(new URL("perfect-ts/src/mod.ts", SUBMISSIONS));

/** The same program under other names, with other numbers, comments and line breaks. */
const disguised = source
  .replaceAll(/\/\/.*$|\/\*[^]*?\*\//gm, "/* mine */")
  .replaceAll(
    /\b(probabilities|parameters|delta\d|activation|multiply|transpose|labels|row|sums?)\b/g,
    "my_$1",
  )
  .replaceAll("1e-12", "1e-9")
  .replaceAll("\n", "\n\n");

const manifest = manifestSchema.parse({ schema: 1, student: "x", track: "artifact" });

const of = (student: string) => ({ ...manifest, student });

function submission(name: string, more: Partial<Submission> = {}): Submission {
  return {
    name,
    sha256: name,
    files: [],
    manifest: null,
    source: null,
    predictions: null,
    history: null,
    misclassified: null,
    weights: null,
    probe: null,
    problems: [],
    ...more,
  };
}

Deno.test("tokens are the same whatever names, numbers, strings, comments and blanks are", () => {
  assert.deepEqual(
    sourceTokens("const a = f('x', 1.5); // note"),
    sourceTokens('/* other */\nconst  bb=g("yy",2e3) ;'),
  );
  assert.notDeepEqual(sourceTokens("const a = 1"), sourceTokens("let a = 1"));
});

Deno.test("texts that share a long enough run of tokens share a fingerprint", () => {
  const words = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `t${from + i}`);
  const shared = words(0, 23);
  const a = fingerprints([...words(100, 130), ...shared, ...words(200, 230)]);
  const b = fingerprints([...words(300, 350), ...shared]);
  assert.ok([...a].some((print) => b.has(print)));
  assert.ok([...fingerprints(words(400, 500))].every((print) => !a.has(print)));
});

Deno.test("a disguised copy is found, and what the template gave to all is not held against them", () => {
  const pairs = (template: string) =>
    similarPairs([
      traces(submission("a", { source }), template),
      traces(submission("b", { source: disguised }), template),
    ]);
  const [pair, ...others] = pairs("");
  assert.deepEqual([pair.a, pair.b, pair.what, others.length], ["a", "b", "src/mod.ts", 0]);
  assert.ok(pair.similarity > 0.95, `${pair.similarity}`);
  assert.deepEqual(pairs(source), []);
});

Deno.test("equal files are found by their hashes, with a note where honest runs may be equal", () => {
  const files = (
    weights: string,
  ) => [{ path: "weights.npz", sha256: weights }, { path: "manifest.yaml", sha256: "m" }];
  const pairs = similarPairs([
    traces(submission("a", { files: files("1"), manifest: of("a") }), ""),
    traces(submission("b", { files: files("1"), manifest: of("b") }), ""),
    traces(submission("c", { files: files("2"), manifest: of("c") }), ""),
  ]);
  assert.deepEqual(pairs, [{
    a: "a",
    b: "b",
    submissions: { a: "a", b: "b" },
    what: "weights.npz",
    similarity: 1,
    note: "same_settings",
  }]);
});

Deno.test("equal files that our own run with the same seeds gives too are no similarity; others are, with what is odd", () => {
  const files = [{ path: "weights.npz", sha256: "1" }, { path: "probe.npz", sha256: "2" }];
  const pairs = (reproduced: readonly string[]) =>
    similarPairs(
      ["a", "b"].map((name) => ({
        ...traces(submission(name, { files, manifest: of(name) }), ""),
        reproduced,
      })),
    );
  assert.deepEqual(pairs(["weights.npz", "probe.npz"]), []);
  const [pair, ...others] = pairs(["weights.npz"]);
  assert.deepEqual(
    [pair.what, pair.note, others],
    ["probe.npz", "not_ours", []],
  );
});

Deno.test("a file that our own run gives for one of two with the same settings is no similarity, whatever else the other got wrong", () => {
  const files = [{ path: "weights.npz", sha256: "1" }, { path: "probe.npz", sha256: "2" }];
  const [honest, slip] = ["honest", "slip"].map((name) => submission(name, { files, manifest: of(name) }));
  const pairs = similarPairs([
    { ...traces(honest, ""), reproduced: ["weights.npz", "probe.npz"] },
    { ...traces(slip, ""), reproduced: ["probe.npz"] }, // its history.csv is not that of our run
  ]);
  assert.deepEqual(pairs, []);
});

Deno.test("of settings that are not known it is not said that they differ, nor that they are the same", () => {
  const files = [{ path: "weights.npz", sha256: "1" }];
  const notes = (a: Submission["manifest"], b: Submission["manifest"]) => {
    const all = [submission("a", { files, manifest: a }), submission("b", { files, manifest: b })]
      .map((one) => traces(one, ""));
    return { notes: similarPairs(all).map(({ note }) => note), asked: unexplained(all).size };
  };
  const unseeded = { ...of("a"), seedsKnown: false };
  assert.deepEqual(notes(of("a"), null), { notes: ["unknown_settings"], asked: 0 });
  assert.deepEqual(notes(null, null), { notes: ["unknown_settings"], asked: 0 });
  assert.deepEqual(notes(unseeded, { ...unseeded, student: "b" }).notes, ["unknown_settings"]);
  assert.deepEqual(notes(of("a"), { ...of("b"), epochs: 3 }), { notes: ["other_settings"], asked: 0 });
});

Deno.test("a probe follows from the network as it is drawn: trainings that differ leave it equal, and another first seed does not", () => {
  const files = [{ path: "weights.npz", sha256: "1" }, { path: "probe.npz", sha256: "2" }];
  const notes = (more: object, reproduced: readonly string[] | null = null) => {
    const all = [of("a"), { ...of("b"), ...more }]
      .map((one) => ({ ...traces(submission(one.student, { files, manifest: one }), ""), reproduced }));
    return [
      similarPairs(all).map(({ what, note }) => [what, note]),
      unexplained(all).size,
    ];
  };
  const { split, shuffle } = manifest.seeds;
  for (
    const training of [{ learning_rate: 0.5 }, { epochs: 3 }, { split: 0.1 }, { batch_size: 10 }, {
      seeds: { split: 5, init: manifest.seeds.init, shuffle: 7 },
    }]
  ) {
    assert.deepEqual(notes(training), [
      [["probe.npz", "same_settings"], ["weights.npz", "other_settings"]],
      2,
    ]);
    assert.deepEqual(notes(training, ["probe.npz"]), [[["weights.npz", "other_settings"]], 2]);
  }
  for (const start of [{ seeds: { split, shuffle, init: 9 } }, { sigma: 0.5 }, { hidden: [30, 20] }]) {
    assert.deepEqual(notes(start), [[["probe.npz", "other_settings"], ["weights.npz", "other_settings"]], 0]);
  }
});

Deno.test("of attempts of one student it is said which is like another's", () => {
  const files = [{ path: "weights.npz", sha256: "1" }];
  const all = [["ann", "ann-1"], ["ann", "ann-2"], ["bob", "bob"]].map(([student, name]) =>
    traces(submission(name, { files, manifest: of(student) }), "")
  );
  assert.match(
    formatSimilarity(similarPairs(all), gradeMessages("en")),
    /^student_a.*,submission_a,submission_b\nann,bob,weights\.npz,1,.*,ann-1,bob\nann,bob,weights\.npz,1,.*,ann-2,bob\n$/,
  );
});

Deno.test("every attempt that is like another student's is asked for what our own run gives, and all are told the same", () => {
  const files = [{ path: "weights.npz", sha256: "1" }];
  const attempts = [["ann", "ann-1"], ["ann", "ann-2"], ["bob", "bob"], ["bob", "bob-2"]];
  const all = attempts.map(([student, name]) =>
    traces(submission(name, { files, manifest: of(student) }), "")
  );
  const asked = unexplained(all);
  assert.deepEqual([...asked].sort(), ["ann-1", "ann-2", "bob", "bob-2"]);
  const pairs = similarPairs(all.map((one) => asked.has(one.submission) ? { ...one, reproduced: [] } : one));
  assert.deepEqual(pairs.map(({ note }) => note), ["not_ours", "not_ours", "not_ours", "not_ours"]);
  // Two attempts of one student are nobody else's.
  assert.equal(unexplained(all.slice(0, 2)).size, 0);
});

Deno.test("a copied notebook is found under other names, texts, comments and counts; one with other numbers or of a few lines is not", async () => {
  const right = await Deno.readTextFile(new URL("../pipeline/grade/course/right.py", import.meta.url));
  const made = (name: string, code: string) => {
    const notebook = {
      file: `${name}.ipynb`,
      code: code.split("\n\n\n"),
    } as unknown as Submission["notebook"];
    const files = [{ path: `${name}.ipynb`, sha256: name }];
    return traces(submission(name, { files, notebook }), "");
  };
  const found = (a: string, b: string) => similarPairs([made("a", a), made("b", b)]).map(({ note }) => note);
  const disguise = right.replaceAll(/\b(X|y|dA\d|epoch|total|random|mini_\w)\b/g, "my_$1")
    .replaceAll(/"""[^]*?"""/g, "'mine'").replaceAll("self.forward(X)\n", "self.forward(X)  # 順伝播\n\n");
  assert.notEqual(disguise, right);
  assert.deepEqual(found(right, disguise), ["same_code"]);
  assert.deepEqual(found(right, right), ["same_code"]);
  assert.deepEqual(found(right, right.replace("lr=0.01", "lr=0.05")), []);
  assert.deepEqual(found("import numpy as np", "import numpy as np"), []);
  // Honest programs of others, and of the course's own text with other contents.
  const others = ["averaged_first", "update_before_delta", "layer_objects", "params_dict", "inside_fit"];
  for (const name of others) {
    const other = await Deno.readTextFile(new URL(`../pipeline/grade/course/${name}.py`, import.meta.url));
    assert.deepEqual(found(right, other), [], name);
  }
});

Deno.test("equal notebooks are a similarity without a word of what runs give, and no training is made for them", () => {
  const notebook = { file: "kadai.ipynb" } as Submission["notebook"];
  const files = [{ path: "kadai.ipynb", sha256: "1" }];
  const all = ["a", "b"].map((name) => traces(submission(name, { files, notebook, manifest: of(name) }), ""));
  assert.deepEqual(similarPairs(all).map(({ what, note }) => [what, note]), [["notebook.ipynb", null]]);
  assert.equal(unexplained(all).size, 0);
});
