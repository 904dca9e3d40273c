import assert from "node:assert/strict";
import { bundlePage } from "../../tools/bundle_page.ts";

Deno.test("the page's script is the bundle of its modules: deno task build", async () => {
  const committed = await Deno.readTextFile(new URL("../../src/report/page/bundle.js", import.meta.url));
  assert.ok(committed === await bundlePage(), "src/report/page/bundle.js is not up to date");
});
