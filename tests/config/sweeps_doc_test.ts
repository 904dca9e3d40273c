import assert from "node:assert/strict";
import { parseExperiment } from "../../src/config/parse.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";

Deno.test("every sweep in docs/sweeps.md is right", () => {
  const text = Deno.readTextFileSync(new URL("../../docs/sweeps.md", import.meta.url));
  const blocks = Array.from(text.matchAll(/^```yaml\n(.*?)^```/gms), ([, block]) => block);
  const counts = blocks.map((block) =>
    expandSweep(parseExperiment(`name: a\ndataset: strokes\n${block}`, { file: "docs/sweeps.md" })).count
  );
  assert.deepEqual(counts, [12, 20, 5, 27]);
});
