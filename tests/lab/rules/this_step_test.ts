import assert from "node:assert/strict";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { StepNumbers } from "../../../src/lab/rules/this_step.tsx";
import { rulesWords } from "../../../src/lab/rules/words.ts";
import { Learner } from "../../../src/rules/learner.ts";
import { RULE_NAMES, RULES } from "../../../src/rules/rules.ts";
import { samplesOf } from "../../../src/rules/shapes.ts";

/** What a line of arithmetic is, by the digits that it shows: products and sums of numbers. */
function value(line: string): number {
  const terms = line.replaceAll("−", "-").replace(/[()]/g, "").replace(/\s+/g, " ");
  return terms.split(" + ").reduce(
    (sum, term) => sum + term.split("·").reduce((product, factor) => product * difference(factor), 1),
    0,
  );
}

/** `1 - 0.25` or a number alone. */
function difference(text: string): number {
  const [from, ...less] = text.trim().split(/ - /).map(Number);
  return less.reduce((left, next) => left - next, from);
}

Deno.test("a step's lines add up where they say =, and all but do where they say that they are rounded", () => {
  const signs = new Set<string>();
  for (const name of RULE_NAMES) {
    for (const [shape, rate] of [["overlap", 0.5], ["xor", 1], ["clouds", 0.02]] as const) {
      const learner = new Learner({
        rule: RULES[name],
        rate,
        samples: samplesOf(shape, { noise: 0.3, seed: 1 }),
      });
      for (let step = 0; step < 60 && !learner.ranAway; step++) {
        learner.step();
        // From 1,000 on there are three digits, as for weights that run away.
        if (Object.values(learner.weights).some((weight) => Math.abs(weight) > 250)) break;
        const html = render(h(StepNumbers, { learner, t: rulesWords("en") }));
        const lines = [...html.matchAll(/<p class="sum[^>]*>.*? = (.*?) <span>([=≈]) (.*?)<\/span><\/p>/gs)];
        assert.equal(lines.length, 2, html);
        for (const [, left, sign, right] of lines) {
          const apart = Math.abs(value(left) - value(right));
          // Numbers of four decimals times coordinates of at most 2.
          assert.ok(apart < (sign === "=" ? 1e-9 : 4e-4), `${name} ${step}: ${left} ${sign} ${right}`);
          signs.add(sign);
        }
      }
    }
  }
  assert.deepEqual([...signs].sort(), ["=", "≈"]);
});

Deno.test("the Japanese sentences of a step end as sentences do, with full-width marks", () => {
  const samples = samplesOf("and", { noise: 0, seed: 0 });
  const learner = new Learner({ rule: RULES.perceptron, rate: 1, samples });
  learner.step();
  assert.match(
    render(h(StepNumbers, { learner, t: rulesWords("ja") })),
    /サンプル 1（クラス 0）<span class="unmoved">：正解なので動きません<\/span>/,
  );
});
