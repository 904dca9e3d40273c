import assert from "node:assert/strict";
import { checkName, checkSchema } from "../../../src/grade/checks/registry.ts";

const FOLDER = new URL("../../../src/grade/checks/", import.meta.url);
const REQUIRED: Readonly<Record<string, object>> = { shapes: { of: "forward" }, finite: { of: "loss" } };
const kinds = checkSchema.options.map(({ shape }) => shape.check.value);

Deno.test("every check that a file of the folder defines is in the registry, once", async () => {
  const defined: string[] = [];
  for await (const { name } of Deno.readDir(FOLDER)) {
    const text = await Deno.readTextFile(new URL(name, FOLDER));
    for (const [, kind] of text.matchAll(/ = defineCheck\(\{\n {2}kind: "(\w+)"/g)) defined.push(kind);
  }
  assert.ok(defined.length > 10, `only ${defined}`);
  assert.deepEqual([...kinds].sort(), defined.sort());
});

Deno.test("a check needs no more than its kind, its points and, where there are several, what it is of", () => {
  const names = kinds.map((check) => {
    const spec = checkSchema.parse({ check, points: 1, ...REQUIRED[check] });
    assert.deepEqual([spec.tracks, spec.visibility], [["ts", "artifact"], "visible"]);
    return checkName(spec);
  });
  const expected = kinds.map((kind) =>
    kind === "shapes" ? "shapes_forward" : kind === "finite" ? "finite_loss" : kind
  );
  assert.deepEqual(names, expected);
});

Deno.test("a check is named as the rubric says, else after its kind and what sets it apart", () => {
  const name = (spec: object) => checkName(checkSchema.parse({ points: 1, ...spec }));
  assert.equal(name({ check: "one_step", through: "fit" }), "one_step_fit");
  assert.equal(name({ check: "shapes", of: "gradients" }), "shapes_gradients");
  assert.equal(name({ check: "shapes", of: "gradients", name: "own" }), "own");
});
