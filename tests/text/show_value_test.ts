import assert from "node:assert/strict";
import { flatten } from "../../src/text/show_value.ts";

Deno.test("flatten() takes mappings apart by their paths, and nothing else", () => {
  const value = { a: 1, b: { c: [{ d: 2 }], e: { f: null }, g: {} } };
  assert.deepEqual([...flatten(value)], [["a", 1], ["b.c", [{ d: 2 }]], ["b.e.f", null]]);
  for (const nothing of [null, {}, [1], "text"]) assert.deepEqual([...flatten(nothing)], []);
});
