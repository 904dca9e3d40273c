import assert from "node:assert/strict";
import { GRADIENTS } from "../../src/grade/mistakes/gradients.ts";
import { UPDATE } from "../../src/grade/mistakes/update.ts";
import type { Place } from "../../src/grade/mistakes/mistake.ts";
import { graded, type Outcome } from "../../src/grade/outcome.ts";
import { settle } from "../../src/grade/settle.ts";

const lost = (place: Place, mistakes: Outcome["mistakes"] = []) => graded(0, "lost", { place, mistakes });
const following = (place: Place, ...follows: Place[]) =>
  graded(1, "follows", { place, follows, otherwise: lost(place) });
const carried = (place: Place, mistakes: Outcome["mistakes"]) =>
  graded(1, "carried", { place, mistakes, otherwise: lost(place, mistakes) });
const points = (...outcomes: Outcome[]) => settle(outcomes).map(({ fraction }) => fraction);

Deno.test("what follows from numbers that cost points stands, whichever check comes first", () => {
  assert.deepEqual(points(lost("backward"), following("update", "backward")), [0, 1]);
  assert.deepEqual(points(following("update", "backward"), lost("backward")), [1, 0]);
});

Deno.test("a chain of what follows from one another stands on its first link", () => {
  const chain = [
    following("backward", "forward"),
    following("update", "backward"),
    following("fit", "update"),
  ];
  assert.deepEqual(points(lost("forward"), ...chain), [0, 1, 1, 1]);
  assert.deepEqual(points(...chain.toReversed(), lost("forward")), [1, 1, 1, 0]);
});

Deno.test("where nothing cost points, the first that saw the error pays, and the others do not", () => {
  assert.deepEqual(points(following("update", "backward"), following("fit", "update", "backward")), [0, 1]);
  const mistakes = [UPDATE.update_before_delta];
  assert.deepEqual(points(carried("backward", mistakes), carried("batches", mistakes)), [0, 1]);
});

Deno.test("where nothing cost points, the check pays whose own mistake it is, and not one before it", () => {
  const mistakes = [UPDATE.step_uphill];
  const update = { ...following("update", "backward"), otherwise: lost("update", mistakes) };
  assert.deepEqual(points(carried("backward", mistakes), update, following("batches", "backward")), [
    1,
    0,
    1,
  ]);
});

Deno.test("an outcome that follows from a part which is right does not stand", () => {
  const right = graded(1, "right", { place: "backward" });
  assert.deepEqual(points(right, following("update", "backward")), [1, 0]);
});

Deno.test("a mistake that is let pass stands by its own charge and not by another's", () => {
  const [summed, uphill] = [[GRADIENTS.gradient_summed], [UPDATE.step_uphill]];
  assert.deepEqual(points(lost("backward", summed), carried("update", summed)), [0, 1]);
  assert.deepEqual(points(lost("backward", summed), carried("fit", uphill)), [0, 0]);
});

Deno.test("of two outcomes that stand on each other alone the first pays", () => {
  assert.deepEqual(points(following("update", "fit"), following("fit", "update")), [0, 1]);
});
