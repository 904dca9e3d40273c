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

for (const readme of ["README.md", "README.ja.md"]) {
  Deno.test(`the program that ${readme} shows trains a network`, async () => {
    const text = await Deno.readTextFile(new URL(readme, ROOT));
    const program = /```ts\n(.*?)```/s.exec(text)?.[1] ?? "";
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-prompt", "--ignore-env", "--ext=ts", "-"],
      cwd: ROOT,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = process.stdin.getWriter();
    await writer.write(new TextEncoder().encode(program));
    await writer.close();
    const { success, stdout, stderr } = await process.output();
    assert.ok(success, new TextDecoder().decode(stderr));
    const epochs = new TextDecoder().decode(stdout).trim().split("\n").map((line) =>
      line.split(" ").map(Number)
    );
    assert.equal(epochs.length, 3);
    // Losses fall, and the network does better than chance.
    assert.ok(epochs[2][0] < epochs[0][0] && epochs[2][1] > 0.5, `${epochs}`);
  });
}
