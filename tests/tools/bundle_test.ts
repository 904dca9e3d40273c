import assert from "node:assert/strict";
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
