import assert from "node:assert/strict";
import { parseExperiment } from "../../../src/config/parse.ts";
import { hashWeights } from "../../../src/nn/weights.ts";
import { readWeights } from "../../../src/numpy/weights_npz.ts";
import { parseResults } from "../../../src/tables/results_csv.ts";

const ROOT = new URL("../../../", import.meta.url);
const DIGITS = new URL("results/reference/digits/", ROOT);

Deno.test("the network that the lab carries is the one of its results, which are of configs/lab/digits.yaml as it is now", async () => {
  const file = "configs/lab/digits.yaml";
  const { experiment, config } = JSON.parse(await Deno.readTextFile(new URL("manifest.json", DIGITS)));
  assert.equal(config, file);
  const now = parseExperiment(await Deno.readTextFile(new URL(file, ROOT)), { file });
  const written = parseExperiment(JSON.stringify(experiment), { file: "manifest.json" });
  assert.deepEqual({ ...written, title: now.title, description: now.description }, now);

  const [run] = parseResults(await Deno.readTextFile(new URL("results.csv", DIGITS)));
  const weights = readWeights(await Deno.readFile(new URL("runs/0-0/weights.npz", DIGITS)));
  assert.equal(hashWeights(weights), run.weights_sha256);
});
