import assert from "node:assert/strict";
import { methodOf } from "../../src/grade/mistakes/diagnose.ts";
import { BATCHES } from "../../src/grade/mistakes/batches.ts";
import { FORWARD } from "../../src/grade/mistakes/forward.ts";
import type { Mistake } from "../../src/grade/mistakes/mistake.ts";
import type { NotebookFacts } from "../../src/grade/notebook.ts";
import { byName, gradeOfProbe, NOTEBOOK, probeOf } from "./made_probe.ts";

const MAKES_BATCHES: NotebookFacts = {
  ...NOTEBOOK,
  places: { ...NOTEBOOK.places, batches: { name: "GetMiniBatch", cells: [1] } },
};

async function reasonOf({ variants }: Mistake, check: string, notebook: NotebookFacts): Promise<string> {
  const checks = await gradeOfProbe(probeOf(methodOf([variants[0]]), "mean"), "mean", notebook);
  return byName(checks, check).reason;
}

Deno.test("a last batch that is dropped is looked for where batches are made, and what is divided by a fixed size in backward()", async () => {
  const dropped = (notebook: NotebookFacts) => reasonOf(BATCHES.last_batch_dropped, "ragged_batch", notebook);
  assert.match(await dropped(MAKES_BATCHES), / GetMiniBatch\(\) is defined in code cell 1\.$/);
  assert.match(await dropped(NOTEBOOK), / fit\(\) is defined in code cell 4\.$/);
  const fixed = await reasonOf(BATCHES.fixed_batch_size, "ragged_batch", MAKES_BATCHES);
  assert.match(fixed, / backward\(\) is defined in code cell 3\.$/);
});

Deno.test("a mistake of forward propagation that the gradients alone show is looked for in the training", async () => {
  const right = probeOf(methodOf([]), "mean");
  const twice = probeOf(methodOf([FORWARD.softmax_twice.variants[0]]), "mean");
  const gradients = Object.entries(twice).filter(([name]) => /^(?:small_)?d[WB]|^new_/.test(name));
  const checks = await gradeOfProbe({ ...right, ...Object.fromEntries(gradients) }, "mean", NOTEBOOK);
  assert.match(
    byName(checks, "gradcheck").reason,
    / so that this is made in the training\. fit\(\) is defined in code cell 4\.$/,
  );
});
