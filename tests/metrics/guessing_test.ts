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
  assert.deepEqual(guessing(Uint8Array.of(3, 1, 3, 0, 3, 1)), { images: 6, right: 3 });
  assert.equal(guessing(new Uint8Array()), undefined);
});
