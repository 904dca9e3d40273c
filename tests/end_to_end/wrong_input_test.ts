import assert from "node:assert/strict";
import { sweep } from "./command_line.ts";

/** Runs a sweep that must fail with exit code 2, and returns what it says. */
async function refusal(config: string | null, ...args: string[]): Promise<string> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/x.yaml`;
  if (config !== null) await Deno.writeTextFile(path, config);
  const places = ["--store", `${folder}/store`, "--out", `${folder}/out`];
  const { code, out, err } = await sweep(path, ...places, ...args);
  const said = err.replaceAll(folder, "DIR");
  assert.equal(code, 2, said);
  assert.equal(out, "");
  assert.doesNotMatch(said, /^\s+at |\.ts:\d/m, "a stack trace");
  await Deno.remove(folder, { recursive: true });
  return said;
}

Deno.test("a config that is not there is named", async () => {
  assert.equal(await refusal(null), "error: Cannot read the config DIR/x.yaml: there is no such file\n");
});

Deno.test("several mistakes in a config are told at once, with line and column", async () => {
  const said = await refusal("name: x\ndataset: mnst\ntrain: {learning_rat: 0.1, epochs: 0}\n");
  assert.match(said, /The config has 3 problems:/);
  assert.match(said, /DIR\/x\.yaml:2:10: dataset: .*did you mean `mnist`\?/);
  assert.match(said, /DIR\/x\.yaml:3:9: train\.learning_rat: .*did you mean `learning_rate`\?/);
  assert.match(said, /DIR\/x\.yaml:3:36: train\.epochs: /);
});

Deno.test("an override that does not fit is told by its own text", async () => {
  const said = await refusal("name: x\ndataset: strokes\n", "--set", "train.epochs=abc");
  assert.match(
    said,
    /--set train\.epochs=abc: train\.epochs: must be a whole number .* found the text "abc"/,
  );
});

Deno.test("a folder with other things in it is not written over", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/precious.txt`, "mine");
  const { code, err } = await sweep("--out", folder, "--store", `${folder}/store`);
  assert.equal(code, 2);
  assert.equal(
    err.replaceAll(folder, "DIR").replace(/^16 trials x 1 seed = 16 runs\n/, ""),
    "error: Cannot write results to DIR: it must be empty or hold earlier results, found precious.txt and no manifest.json; " +
      "pass another folder with --out DIR\n",
  );
  assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["precious.txt"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a mirror without the files is told with what it needs and the way round", async () => {
  const said = await refusal("name: x\ndataset: mnist\n", "--mirror", "/nonexistent");
  assert.match(said, /train-images-idx3-ubyte/);
  assert.match(said, /--set dataset=strokes/);
});

Deno.test("a training that diverges ends so, and the sweep goes on", async () => {
  const folder = await Deno.makeTempDir();
  const config = `${folder}/x.yaml`;
  await Deno.writeTextFile(
    config,
    "name: x\ndataset: strokes\npreprocess: {limit: 200}\nmodel: {hidden: [20], activation: relu}\n" +
      "train: {epochs: 2}\nsweep: {parameters: {train.learning_rate: [1.0e+30, 0.1]}}\n",
  );
  const { code, err } = await sweep(config, "--out", `${folder}/out`, "--store", `${folder}/store`);
  assert.equal(code, 0, err);
  const [, diverged, ok] = (await Deno.readTextFile(`${folder}/out/results.csv`)).split("\n");
  assert.match(diverged, /^0,0,diverged,20,relu,.*,,,,,,$/);
  assert.match(ok, /^1,0,ok,20,relu,.*,[0-9a-f]{64}$/);
  const files = (run: string) =>
    Array.from(Deno.readDirSync(`${folder}/out/runs/${run}`), ({ name }) => name);
  assert.ok(!files("0-0").includes("weights.npz") && files("1-0").includes("weights.npz"));
  await Deno.remove(folder, { recursive: true });
});
