import assert from "node:assert/strict";
import { datasetOf, trainingOptions } from "../../../src/lab/playground/experiment.ts";
import { loadKernels } from "../../../src/nn/kernels.ts";
import { openTraining } from "../../../src/nn/open_training.ts";
import { settingFrom } from "../playground/settings.ts";
import { paramsOf, valuesOf } from "../../../src/lab/address/address.ts";
import { arrowScale, factOf, outcomeOf, sureness } from "../../../src/lab/rules/outcome.ts";
import { rulesWords } from "../../../src/lab/rules/words.ts";
import { FIELDS, playgroundParams, sampleField } from "../../../src/lab/rules/state.ts";
import { Learner } from "../../../src/rules/learner.ts";
import { RULE_NAMES, RULES } from "../../../src/rules/rules.ts";
import { MOST_SAMPLES, type Sample } from "../../../src/rules/sample.ts";
import { findWitness } from "../../../src/rules/separability.ts";
import { samplesOf } from "../../../src/rules/shapes.ts";

const POINTS: Sample[] = [{ x1: -0.05, x2: 1, label: 1 }, { x1: 0.4, x2: -0.33, label: 0 }];

Deno.test("a link holds points, and gives back the very same", () => {
  const { values } = valuesOf(FIELDS, { data: "own", points: "-0.05,1,1;0.4,-0.33,0", rule: "delta" });
  assert.deepEqual(values.points, POINTS);
  assert.deepEqual(paramsOf(FIELDS, values), {
    data: "own",
    points: "-0.05,1,1;0.4,-0.33,0",
    rule: "delta",
  });
});

Deno.test("points that the page cannot have are refused", () => {
  for (const text of ["1.2,0,1", "0.123,0,1", "0,0,2", "0,0", "x,0,1", "0,0,1;;"]) {
    assert.deepEqual(valuesOf(FIELDS, { points: text }).refused, ["points"], text);
  }
  const many = Array.from({ length: MOST_SAMPLES + 1 }, () => "0,0,1").join(";");
  assert.deepEqual(valuesOf(FIELDS, { points: many }).refused, ["points"]);
  assert.deepEqual(valuesOf(FIELDS, { points: many.slice(6) }).refused, []);
});

Deno.test("every sample of every shape can be written into a link", () => {
  for (const noise of [0, 0.3, 0.6]) {
    for (const sample of samplesOf("overlap", { noise, seed: 3 })) {
      assert.deepEqual(sampleField.read(sampleField.write(sample)), sample);
    }
  }
});

Deno.test("the playground is given the same points, and learns XOR with two hidden units", async () => {
  assert.equal(playgroundParams(POINTS).points, "-0.05,1,1;0.4,-0.33,0");
  const params = playgroundParams(samplesOf("xor", { noise: 0, seed: 0 }));
  const setting = settingFrom(new URLSearchParams(params).toString());
  const kernels = await loadKernels();
  const training = openTraining(datasetOf(setting), { ...trainingOptions(setting), kernels });
  while (training.epoch < setting.epochs) training.trainEpoch();
  assert.deepEqual(setting.hidden, [2]);
  assert.equal(training.test().accuracy, 1);
});

Deno.test("what can be said of samples beforehand", () => {
  const fact = (samples: Sample[]) => factOf(samples, findWitness(samples));
  const at = (x1: number, label: 0 | 1): Sample => ({ x1, x2: 0, label });
  assert.equal(fact([]), "none");
  assert.equal(fact([at(0, 1), at(1, 1)]), "one_class");
  assert.equal(fact(POINTS), "separable");
  assert.equal(fact(samplesOf("xor", { noise: 0, seed: 0 })), "crossing");
  assert.equal(fact([at(-1, 1), at(0, 0), at(1, 1)]), "enclosed");
  assert.equal(fact([at(0, 0), at(0, 1)]), "same_place");
});

Deno.test("what has come of learning", () => {
  const outcome = (rule: keyof typeof RULES, shape: "and" | "xor", rate: number, epochs: number) => {
    const learner = new Learner({
      rule: RULES[rule],
      rate,
      samples: samplesOf(shape, { noise: 0, seed: 0 }),
    });
    for (let i = 0; i < epochs; i++) learner.epoch();
    return outcomeOf(learner);
  };
  assert.equal(outcome("perceptron", "and", 0.5, 0), "waiting");
  assert.equal(outcome("perceptron", "and", 0.5, 20), "rest");
  assert.equal(outcome("perceptron", "xor", 0.5, 1), "mistakes");
  assert.equal(outcome("perceptron", "xor", 0.5, 20), "cycle");
  assert.equal(outcome("hebb", "xor", 0.5, 1), "cancelled");
  assert.equal(outcome("delta", "xor", 1, 50), "ran_away");
  assert.equal(outcome("logistic", "and", 0.5, 5), "all_right");
});

Deno.test("when a perceptron has every point right the next whole epoch shows it, not the rest of this one, and so it is told", () => {
  for (let seed = 0; seed < 20; seed++) {
    const samples = samplesOf("clouds", { noise: 0.2, seed });
    const learner = new Learner({ rule: RULES.perceptron, rate: 0.5, samples });
    do learner.step(); while (outcomeOf(learner) !== "all_right");
    const { weights } = learner;
    while (learner.steps % samples.length !== 0) learner.step();
    assert.equal(outcomeOf(learner), "all_right");
    learner.epoch();
    assert.equal(outcomeOf(learner), "rest");
    assert.deepEqual(learner.weights, weights);
  }
  const told = (language: "en" | "ja") =>
    rulesWords(language).outcomes("perceptron", "all_right", { since: 0, until: 0 });
  assert.match(told("en"), /the next whole epoch/);
  assert.match(told("ja"), /次の 1\u00a0エポック/);
});

Deno.test("arrows are drawn to a scale at which the longest takes 0.4 to 0.8 of the plane", () => {
  for (const longest of [1e-6, 0.3, 0.4, 0.8, 0.81, 7, 1e6]) {
    const drawn = longest * arrowScale(longest);
    assert.ok(drawn > 0.4 && drawn <= 0.8, `${longest}: ${drawn}`);
  }
  assert.equal(arrowScale(0.5), 1);
  assert.equal(arrowScale(0), 1);
});

Deno.test("at the line a graded unit is for neither class, far from it wholly for one", () => {
  for (const name of RULE_NAMES) {
    const rule = RULES[name];
    assert.deepEqual([-50, 50].map((a) => Math.round(sureness(rule, a) * 1e9) / 1e9), [-1, 1], name);
    if (name === "delta" || name === "logistic") assert.equal(sureness(rule, 0), 0, name);
  }
});
