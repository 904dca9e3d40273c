import assert from "node:assert/strict";
import { parseExperiment } from "../../src/config/parse.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";

for (const page of ["docs/sweeps.md", "docs/sweeps.ja.md"]) {
  Deno.test(`every sweep in ${page} is right`, () => {
    const text = Deno.readTextFileSync(new URL(`../../${page}`, import.meta.url));
    const blocks = Array.from(text.matchAll(/^```yaml\n(.*?)^```/gms), ([, block]) => block);
    const counts = blocks.map((block) =>
      expandSweep(parseExperiment(`name: a\ndataset: strokes\n${block}`, { file: page })).count
    );
    assert.deepEqual(counts, [12, 20, 5, 27, 1]);
  });
}
