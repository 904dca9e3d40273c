import assert from "node:assert/strict";
import { carriedChoices, type TrialFilter } from "../../../src/report/page/trials/table_view.ts";
import { openState } from "../../../src/report/page/state.ts";
import type { PageData } from "../../../src/report/page/page_data.ts";

const choice = (id: string, title: string, texts: string[]): TrialFilter => ({
  kind: "choice",
  id,
  title,
  options: texts.map((text) => ({ text, count: 1 })),
  of: () => [],
});

Deno.test("chosen values of a filter stay chosen when others come before them, and go with their setting", () => {
  const before = [choice("p0", "rate", ["0.1", "0.3"]), choice("p1", "hidden", ["50"])];
  const after = [choice("p0", "rate", ["0.01", "0.1", "0.2", "0.3"]), choice("p1", "batch size", ["50"])];
  const choices = { p0: { options: [1] }, p1: { options: [0] }, p2: { options: [0] } };
  assert.deepEqual(carriedChoices(choices, before, after), { p0: { options: [3] } });
});

Deno.test("what is ticked follows the ranking, each in its colour, until the reader ticks others", () => {
  const state = openState(
    { colours: 4, ticked: [5, 6], themes: { light: {}, dark: {} } } as unknown as PageData,
  );
  state.follow([6, 7, 8], [5, 6]);
  assert.deepEqual(state.slots.value, [7, 6, 8, null]);
  state.toggle(8);
  state.follow([1, 2, 3], [6, 7, 8]);
  assert.deepEqual(state.slots.value, [7, 6, null, null]);
});
