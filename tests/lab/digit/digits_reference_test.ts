import assert from "node:assert/strict";
import { parseExperiment } from "../../../src/config/parse.ts";
import { readImage } from "../../../src/nn/read_image.ts";
import { hashWeights } from "../../../src/nn/weights.ts";
import { readInspection } from "../../../src/numpy/inspection_npz.ts";
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

Deno.test("what the page says of a test image are the bits of the probabilities that the sweep wrote", async () => {
  const [weights, inspection] = await Promise.all(
    ["weights.npz", "inspection.npz"].map((name) => Deno.readFile(new URL(`runs/0-0/${name}`, DIGITS))),
  );
  const network = { weights: readWeights(weights), activation: "tanh", scale: 255 } as const;
  const { judged: { probabilities, images: { count, pixels } } } = readInspection(inspection);
  for (let i = 0; i < count; i++) {
    const { probabilities: said } = readImage(network, pixels.subarray(784 * i, 784 * (i + 1)));
    assert.deepEqual(said, probabilities.slice(10 * i, 10 * (i + 1)), `image ${i}`);
  }
});
