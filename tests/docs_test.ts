import assert from "node:assert/strict";

const ROOT = new URL("../", import.meta.url);
const DOCS = ["README.md", "README.ja.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/extending.md"];
/** A path of the tree in code marks, or the target of a link. */
const PATH =
  /`((?:src|pipeline|tests|docs|configs|examples|tools|bench)\/[\w./-]*)`|\]\((?!https?:|#)([^)#]+)/g;

/** What a page names, by paths relative to the root. */
async function namedPaths(doc: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(doc, ROOT));
  return Array.from(text.matchAll(PATH), ([, path, link]) => {
    const url = path === undefined ? new URL(link, new URL(doc, ROOT)) : new URL(path, ROOT);
    return url.href.slice(ROOT.href.length);
  });
}

for (const doc of DOCS) {
  Deno.test(`every path that ${doc} names is there`, async () => {
    const paths = await namedPaths(doc);
    assert.ok(paths.length > 0, "it must name some");
    const missing: string[] = [];
    for (const path of paths) {
      await Deno.stat(new URL(path, ROOT)).catch(() => missing.push(path));
    }
    assert.deepEqual(missing, []);
  });
}

Deno.test("docs/extending.md has a recipe for each thing that is often added, and each names its files", async () => {
  const text = await Deno.readTextFile(new URL("docs/extending.md", ROOT));
  const recipes = text.split(/^## /m).slice(1);
  const titles = recipes.map((recipe) => recipe.split("\n")[0]);
  assert.deepEqual(titles, [
    "An optimizer",
    "A schedule",
    "A data set",
    "A sweep method",
    "A setting",
    "A grading check",
    "A command",
    "A chart",
  ]);
  for (const recipe of recipes) assert.ok((recipe.match(PATH) ?? []).length >= 2, recipe);
});
