import assert from "node:assert/strict";
import { guessing, learnedNothing } from "../../src/metrics/guessing.ts";
import goldens from "../fixtures/guessing.json" with { type: "json" };

Deno.test("learnedNothing() is SciPy's exact binomial test of one side at 1 %", () => {
  for (const { images, guessed, least } of goldens) {
    const verdicts = Array.from(
      { length: images + 1 },
      (_, right) => learnedNothing(right, { images, right: guessed }),
    );
    const first = verdicts.indexOf(false);
    assert.equal(first, least ?? -1, `${guessed} of ${images}`);
    assert.ok(least === null || verdicts.slice(least).every((nothing) => !nothing));
  }
});

Deno.test("guessing() counts the largest class", () => {
  const labels = Uint8Array.from([3, 1, 3, 0, 3, 1, 3, 1].flatMap((label) => [label, label]));
  assert.deepEqual(guessing(labels), { images: 16, right: 8 });
  assert.equal(guessing(new Uint8Array()), undefined);
});

Deno.test("guessing() says nothing of so few labels that even all right might be a guess", () => {
  const half = (count: number) => Uint8Array.from({ length: count }, (_, i) => i % 2);
  assert.equal(guessing(half(4)), undefined); // 1/16
  assert.equal(guessing(half(6)), undefined); // 1/64, above 1 %
  assert.deepEqual(guessing(half(8)), { images: 8, right: 4 }); // 1/256
  assert.deepEqual(guessing(Uint8Array.of(1, 1)), { images: 2, right: 2 });
});
