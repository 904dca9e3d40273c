import assert from "node:assert/strict";
import { bundlePage, BUNDLES } from "../../tools/bundle_page.ts";

for (const { entry, bundle } of BUNDLES) {
  Deno.test(`${bundle} is the bundle of its modules: deno task build`, async () => {
    const committed = await Deno.readTextFile(new URL(`../../${bundle}`, import.meta.url));
    assert.ok(committed === await bundlePage(entry), `${bundle} is not up to date`);
  });
}
