import assert from "node:assert/strict";
import { compareWithReferences } from "../../src/analysis/references.ts";
import { divergedRow, runRow } from "../tables/run_rows.ts";

const objective = { metric: "val_accuracy", goal: "maximize", language: "en" } as const;
const rows = [
  runRow({ trial: 0, seed: 0, val_accuracy: 0.9, test_accuracy: 0.91, test_loss: 0.3 }),
  runRow({ trial: 0, seed: 1, val_accuracy: 0.9, test_accuracy: 0.93, test_loss: 0.3 }),
  runRow({ trial: 1, seed: 0, val_accuracy: 0.95, test_accuracy: 0.96, test_loss: 0.2 }),
  divergedRow({ trial: 2, seed: 0 }),
  runRow({ trial: 3, seed: 0, val_accuracy: 0.9, test_accuracy: 0.9, test_loss: 0.2 }),
  divergedRow({ trial: 3, seed: 1 }),
];

function compare(...references: Parameters<typeof compareWithReferences>[1]["references"]) {
  return compareWithReferences(rows, { references, objective });
}

Deno.test("the best trial is compared, or the one that is named, by its mean over the seeds", () => {
  const [best, named] = compare(
    { metric: "test_accuracy", value: 0.961, tolerance: 0.001 },
    { metric: "test_accuracy", value: 0.92, tolerance: 0, trial: 0 },
  );
  assert.deepEqual([best.trial, best.found, best.within], [1, 0.96, true]);
  assert.deepEqual([named.trial, named.found, named.within], [0, 0.92, true]);
});

Deno.test("a trial that is not there, or of which a run did not end well, is outside", () => {
  const found = compare(
    ...[2, 3, 4].map((trial) => ({ metric: "test_loss", value: 0.2, tolerance: 10, trial } as const)),
  );
  assert.deepEqual(found.map(({ trial, found, within }) => [trial, found, within]), [
    [2, null, false],
    [3, null, false],
    [null, null, false],
  ]);
});
