import assert from "node:assert/strict";
import { manifestExperiment, readManifest, readRecorded } from "../../../pipeline/results/manifest.ts";
import { LARGE_MANIFESTS } from "../../../tools/fuzz/large.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

const right = JSON.parse(
  await Deno.readTextFile(new URL("../../fixtures/results_format_1/manifest.json", import.meta.url)),
);
const columns = { results: ["trial"], history: ["trial"] };

Deno.test("a manifest of two hundred thousand entries is refused before they are looked at, but for the experiment's", () =>
  inTemporaryFolder(async (folder) => {
    for (const [name, enlarge] of Object.entries(LARGE_MANIFESTS)) {
      const large = enlarge({ ...right, format: 2, columns }, 200_000);
      await Deno.writeTextFile(`${folder}/manifest.json`, JSON.stringify(large));
      if (name === "seeds" || name === "settings") {
        assert.notEqual(await readManifest(folder), null); // the config's own bounds say what is too large
        continue;
      }
      const found = name === "items"
        ? /found \[1,1,.*\.\.\. in the place of the whole$/
        : /found 200,\d{3} entries in the place of [\w. ]+, which are [\d,]+ at most$/;
      await assert.rejects(readManifest(folder), found, name);
      if (["files", "members"].includes(name)) await assert.rejects(readRecorded(folder), found, name);
    }
    await Deno.writeTextFile(`${folder}/manifest.json`, JSON.stringify(right));
    assert.notEqual(await readManifest(folder), null);
  }));

Deno.test("results of several seeds that are one run several times stay readable, though no sweep makes them any more", () => {
  const experiment = { ...right.experiment, seeds: [0, 1], rng: { split: 0, init: 0, shuffle: 0 } };
  assert.deepEqual(manifestExperiment({ experiment }, "results").seeds, [0, 1]);
});
