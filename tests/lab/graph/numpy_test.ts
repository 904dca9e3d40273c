import assert from "node:assert/strict";
import { walk } from "../../../src/lab/graph/compute/walk.ts";
import goldens from "../../fixtures/lab_graph.json" with { type: "json" };
import { openSetting, SETTINGS } from "./programs.ts";

const cases: readonly { program: string; values: Record<string, { shape: number[]; data: number[] }> }[] =
  goldens.cases as never;

/** What the program calls the derivatives by a layer's sums. */
const tensorOf = (name: string) => name.replace(/^delta/, "dA");

Deno.test("the program that the page shows gives, in NumPy, every number of the page, mistakes too", () => {
  assert.equal(cases.length, SETTINGS.length);
  let compared = 0;
  SETTINGS.forEach((setting, i) => {
    const { net, mistake, program } = openSetting(setting);
    assert.equal(program, cases[i].program, "see tests/fixtures/lab_graph.py");
    const { values } = walk(net, mistake);
    for (const [name, { shape, data }] of Object.entries(cases[i].values)) {
      // Moved too early, W is no longer what it was when the pass began.
      if (name === "E" || (setting.mistake === "early" && /^W[23]$/.test(name))) continue;
      const found = values.get(tensorOf(name));
      // NumPy adds a lone number to every bias.
      const all = shape.length === 0 && name !== "L" ? found?.data.map(() => data[0]) ?? [] : data;
      const where = `${JSON.stringify(setting)}: ${name}`;
      assert.equal(found?.data.length, all.length, where);
      if (shape.length === 2) assert.deepEqual([found.rows, found.columns], shape, where);
      all.forEach((value, j) => {
        assert.ok(
          Math.abs(found.data[j] - value) <= 1e-12 * Math.max(1, Math.abs(value)),
          `${where}[${j}] is ${found.data[j]}, in NumPy ${value}`,
        );
        compared++;
      });
    }
  });
  assert.ok(compared > 3000, `${compared} numbers`);
});

Deno.test("every mistake changes the program by one line a place, and a number of what it makes", () => {
  for (const setting of SETTINGS.filter(({ mistake }) => mistake !== undefined)) {
    const { mistake: _, ...without } = setting;
    const [wrong, right] = [openSetting(setting), openSetting(without)];
    assert.notEqual(wrong.mistake, undefined, setting.mistake);
    const changed = wrong.program.split("\n").filter((line, i) => line !== right.program.split("\n")[i]);
    assert.ok(changed.length >= 1, setting.mistake);
    const [a, b] = [walk(wrong.net, wrong.mistake), walk(right.net)].map(({ values }) => values);
    assert.ok([...a].some(([name, { data }]) => data.some((value, i) => value !== b.get(name)?.data[i])));
  }
});
