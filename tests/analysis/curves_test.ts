import assert from "node:assert/strict";
import { trialCurves } from "../../src/analysis/curves.ts";
import { parseResults } from "../../src/tables/results_csv.ts";

Deno.test("a curve is drawn over any number of seeds, diverged or not", async () => {
  const [row] = parseResults(
    await Deno.readTextFile(new URL("../../results/reference/quickstart/results.csv", import.meta.url)),
  );
  const seeds = Array.from({ length: 150_000 }, (_, seed) => seed);
  const rows = seeds.map((seed) => ({ ...row, trial: 0, seed, status: "diverged" as const }));
  const history = seeds.map((seed) => ({
    trial: 0,
    seed,
    epoch: 1,
    train_loss: seed,
    val_loss: null,
    val_accuracy: 0.5,
    learning_rate: null,
  }));
  const curves = trialCurves({ history, rows }, new Set([0])).get(0);
  assert.deepEqual(curves?.train_loss, [{ epoch: 1, mean: 74_999.5, low: 0, high: 149_999, runs: 150_000 }]);
  assert.equal(curves?.brokenAt, 1);
});
