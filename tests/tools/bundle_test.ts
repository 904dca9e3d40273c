import assert from "node:assert/strict";
import { z } from "zod";
import { bundle, BUNDLES, licence } from "../../tools/bundle/bundle.ts";
import { chartScripts } from "../../tools/bundle/chart_scripts.ts";

const committed = (place: string) => Deno.readTextFile(new URL(`../../${place}`, import.meta.url));

for (const bundled of BUNDLES) {
  Deno.test(`${bundled.bundle} is the bundle of its modules: deno task build`, async () => {
    assert.ok(
      await committed(bundled.bundle) === await bundle(bundled),
      `${bundled.bundle} is not up to date`,
    );
    const terms = await licence(bundled);
    if (terms !== null) assert.equal(await committed(terms[0]), terms[1]);
  });
}

Deno.test("what the charts of a page run on is what the packages ship: deno task build", async () => {
  for (const [place, text] of await chartScripts()) {
    assert.ok(await committed(place) === text, `${place} is not up to date`);
  }
});

/** What is in the package for the compiler alone. */
const TYPES_OF_ZOD = ["core", "infer", "input", "output"];

Deno.test("what the modules use of zod is in its bundle: packages/zod_parts.ts", async () => {
  const used = new Set<string>();
  for await (const text of modulesOf("src", "pipeline")) {
    if (!/from "zod"/.test(text)) continue;
    for (const [, name] of text.matchAll(/(?<![\w.])z\s*\.\s*([a-z]\w*)/g)) used.add(name);
    for (const [, name] of text.matchAll(/instanceof z\.(\w+)/g)) used.add(name);
  }
  assert.ok(used.has("strictObject"));
  assert.deepEqual([...used].filter((name) => !TYPES_OF_ZOD.includes(name) && !(name in z)), []);
});

async function* modulesOf(...folders: string[]): AsyncGenerator<string> {
  for (const folder of folders) {
    for await (
      const { name, isFile, isDirectory } of Deno.readDir(new URL(`../../${folder}`, import.meta.url))
    ) {
      if (isDirectory && name !== "bundle") yield* modulesOf(`${folder}/${name}`);
      if (isFile && /\.tsx?$/.test(name)) yield await committed(`${folder}/${name}`);
    }
  }
}
