import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { parseHistory } from "../../src/tables/history_csv.ts";
import { parsePredictions } from "../../src/tables/predictions_csv.ts";
import { parseResults } from "../../src/tables/results_csv.ts";
import { hashWeights } from "../../src/nn/weights.ts";
import { readWeights } from "../../src/numpy/weights_npz.ts";
import { sweep, sweepWithoutFlags } from "./command_line.ts";

const HASHED = ["results.csv", "history.csv", "summary.csv"];

/** Every file below folder/name, by its path from there. */
async function* walk(folder: string, name: string, below = ""): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(`${folder}/${name}/${below}`)) {
    if (entry.isDirectory) yield* walk(folder, name, `${below}${entry.name}/`);
    else yield below + entry.name;
  }
}

Deno.test("quickstart gives the same bytes with 1 and 2 workers, with and without V8 flags, and again from its store", async (t) => {
  const folder = await Deno.makeTempDir();
  const at = (name: string) => `${folder}/${name}`;
  const read = (name: string) => Deno.readTextFile(at(name));

  await t.step("the default sweep ends well and says what is best", async () => {
    const { code, out, err } = await sweep("--out", at("a"), "--store", at("a-store"), "--workers", "2");
    assert.equal(code, 0, err);
    assert.match(
      out,
      /best trial \d+ \(hidden=\d+ lr=\S+ batch=\d+ sigma=\S+\): validation accuracy \S+%, test accuracy \S+%/,
    );
  });

  await t.step("its best test accuracy is above 0.95 and every run is there", async () => {
    const rows = parseResults(await read("a/results.csv"));
    assert.equal(rows.length, 16);
    assert.deepEqual(new Set(rows.map(({ status }) => status)), new Set(["ok"]));
    assert.ok(Math.max(...rows.map(({ test_accuracy }) => test_accuracy ?? 0)) > 0.95);
    const epochs = parseHistory(await read("a/history.csv"));
    assert.equal(epochs.length, rows.reduce((sum, row) => sum + row.epochs, 0));
  });

  await t.step(
    "weights.npz and predictions.csv of each run are those that results.csv tells of",
    async () => {
      for (
        const { trial, seed, weights_sha256, test_accuracy } of parseResults(await read("a/results.csv"))
      ) {
        const weights = readWeights(await Deno.readFile(at(`a/runs/${trial}-${seed}/weights.npz`)));
        assert.deepEqual(weights.map(({ name }) => name), ["W1", "B1", "W2", "B2"]);
        assert.equal(hashWeights(weights), weights_sha256);
        const { labels, predictions } = parsePredictions(
          await read(`a/runs/${trial}-${seed}/predictions.csv`),
        );
        const right = labels.filter((label, i) => label === predictions[i]).length;
        assert.equal(right / labels.length, test_accuracy);
      }
    },
  );

  await t.step("manifest.json has the SHA-256 of each file", async () => {
    const { files } = JSON.parse(await read("a/manifest.json"));
    const found = await Array.fromAsync(walk(folder, "a"));
    assert.deepEqual(Object.keys(files).sort(), found.filter((name) => name !== "manifest.json").sort());
    for (const [name, { sha256, bytes }] of Object.entries<{ sha256: string; bytes: number }>(files)) {
      const content = await Deno.readFile(at(`a/${name}`));
      assert.equal(content.length, bytes, name);
      assert.equal(createHash("sha256").update(content).digest("hex"), sha256, name);
    }
  });

  await t.step("one worker without V8 flags gives the same bytes", async () => {
    const { code, err } = await sweepWithoutFlags(
      "--out",
      at("b"),
      "--store",
      at("b-store"),
      "--workers",
      "1",
    );
    assert.equal(code, 0, err);
    for (const name of HASHED) assert.equal(await read(`b/${name}`), await read(`a/${name}`), name);
  });

  await t.step("again: every run is cached, and the bytes are the same", async () => {
    const { code, out } = await sweep("--out", at("c"), "--store", at("a-store"));
    assert.equal(code, 0);
    assert.match(out, /16 runs, 16 cached/);
    for (const name of HASHED) assert.equal(await read(`c/${name}`), await read(`a/${name}`), name);
  });

  await t.step("a smaller sweep in the same folder removes the runs that it does not have", async () => {
    const { code, err } = await sweep(
      "--out",
      at("c"),
      "--store",
      at("a-store"),
      "--set",
      "sweep.parameters.model.hidden=[[50]]",
    );
    assert.equal(code, 0, err);
    const runs = Array.from(Deno.readDirSync(at("c/runs")), ({ name }) => name);
    assert.deepEqual(runs.sort(), [0, 1, 2, 3, 4, 5, 6, 7].map((trial) => `${trial}-0`));
  });

  await Deno.remove(folder, { recursive: true });
});
