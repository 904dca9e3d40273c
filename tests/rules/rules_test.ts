import assert from "node:assert/strict";
import { type Rule, sumOf } from "../../src/rules/rule.ts";
import { Learner } from "../../src/rules/learner.ts";
import { RULE_NAMES, RULES } from "../../src/rules/rules.ts";
import { samplesOf, type Shape } from "../../src/rules/shapes.ts";

function learn(rule: Rule, shape: Shape, { rate = 0.1, epochs = 200 } = {}): Learner {
  const learner = new Learner({ rule, rate, samples: samplesOf(shape, { noise: 0, seed: 0 }) });
  for (let i = 0; i < epochs; i++) learner.epoch();
  return learner;
}

for (const name of RULE_NAMES) {
  const rule = RULES[name];
  const { loss } = rule;

  for (const shape of ["and", "or"] as const) {
    Deno.test(`${name} solves ${shape.toUpperCase()}`, () => {
      assert.equal(learn(rule, shape).wrong.at(-1), 0);
    });
  }

  Deno.test(`${name} never has all four of XOR right`, () => {
    const { wrong } = learn(rule, "xor");
    assert.equal(wrong.length, 801);
    assert.ok(wrong.every((count) => count > 0));
  });

  if (loss === null) continue;
  Deno.test(`${name} moves the weights against the gradient of its loss, by central differences`, () => {
    const weights = { w1: 0.7, w2: -0.4, b: 0.3 };
    for (const label of [0, 1] as const) {
      for (const [x1, x2] of [[0.25, 0.75], [-0.5, 1], [0.9, -0.8]]) {
        const t = rule.targets[label];
        const at = (key: keyof typeof weights, change: number) =>
          loss(sumOf({ ...weights, [key]: weights[key] + change }, { x1, x2 }), t);
        const error = rule.error(sumOf(weights, { x1, x2 }), t);
        for (const [key, x] of [["w1", x1], ["w2", x2], ["b", 1]] as const) {
          const slope = (at(key, 1e-5) - at(key, -1e-5)) / 2e-5;
          assert.ok(Math.abs(slope + error * x) < 1e-8, `${key}: ${slope}, ${-error * x}`);
        }
      }
    }
  });
}

Deno.test("the perceptron goes round on XOR: the very same weights come back, whatever the learning rate", () => {
  for (const rate of [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]) {
    const learner = learn(RULES.perceptron, "xor", { rate, epochs: 50 });
    assert.ok(learner.cycle !== null && !learner.cycle.atRest, `rate ${rate}`);
    const { weights } = learner;
    for (let i = 0; i < learner.cycle.period; i++) learner.epoch();
    assert.deepEqual(learner.weights, weights);
    assert.ok(learner.mistakesByEpoch.every((mistakes) => mistakes > 0));
  }
});

Deno.test("Hebb's sums cancel on XOR: after every epoch the weights are 0 again", () => {
  const learner = learn(RULES.hebb, "xor", { epochs: 1 });
  assert.deepEqual(learner.weights, { w1: 0, w2: 0, b: 0 });
  assert.deepEqual(learner.cycle, { since: 0, period: 1, atRest: false });
});

Deno.test("the delta rule runs away where the learning rate times |x|^2 is more than 2, and says so", () => {
  const learner = learn(RULES.delta, "xor", { rate: 1 });
  assert.ok(learner.ranAway && learner.isOver);
  const { steps } = learner;
  learner.step();
  assert.equal(learner.steps, steps);
  assert.ok(!learn(RULES.delta, "xor", { rate: 0.5 }).ranAway);
});

Deno.test("logistic regression's loss is right where the sum is large", () => {
  const loss = RULES.logistic.loss!;
  assert.equal(loss(1000, 1), 0);
  assert.equal(loss(1000, 0), 1000);
  assert.equal(loss(-1000, 1), 1000);
  assert.ok(Math.abs(loss(0, 1) - Math.LN2) < 1e-15);
});

Deno.test("a learner without samples does nothing", () => {
  const learner = new Learner({ rule: RULES.delta, rate: 0.1, samples: [] });
  learner.step();
  learner.epoch();
  assert.equal(learner.steps, 0);
  assert.ok(learner.isOver);
});
