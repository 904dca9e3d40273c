import assert from "node:assert/strict";
import fc from "fast-check";
import { LearningRate, type Schedule, scheduleInWords } from "../../../src/nn/schedules/schedules.ts";
import { wholePower } from "../../../src/nn/schedules/whole_power.ts";
import goldens from "../../fixtures/schedules.json" with { type: "json" };

const BATCHES = 5;

for (const { schedule, epochs, base, rates } of goldens.rates) {
  Deno.test(`the rates of each step are PyTorch's, or scikit-learn's formula's: ${JSON.stringify(schedule)}`, () => {
    // JSON has no literal types.
    const rate = new LearningRate({
      learning_rate: base,
      schedule: schedule as Schedule,
      epochs,
      batches: BATCHES,
    });
    for (let epoch = 1, t = 1; epoch <= epochs; epoch++) {
      for (let batch = 0; batch < BATCHES; batch++, t++) {
        const [found, expected] = [rate.at(t), rates[t - 1]];
        assert.ok(Math.abs(found - expected) <= 1e-13 * base, `step ${t}: ${found}, PyTorch's ${expected}`);
      }
      rate.see(epoch, goldens.losses[(epoch - 1) % goldens.losses.length]);
    }
  });
}

Deno.test("without a schedule the rate is the learning rate, and one over all epochs must know how many there are", () => {
  const options = { learning_rate: 0.3, batches: 2 };
  assert.equal(new LearningRate(options).at(1000), 0.3);
  const cosine: Schedule = { method: "cosine", to: 0 };
  assert.throws(() => new LearningRate({ ...options, schedule: cosine }).at(1), {
    name: "RangeError",
    message: /^Cannot follow the schedule: epochs must be how many there are to be, found none$/,
  });
  // Whoever goes on after the end stays there.
  assert.equal(new LearningRate({ ...options, schedule: cosine, epochs: 3 }).at(100), 0);
});

Deno.test("plateau makes no change that is 1e-8 or less, as eps of ReduceLROnPlateau has it", () => {
  const schedule: Schedule = {
    method: "plateau",
    factor: 0.5,
    patience: 0,
    min_delta: 0,
    cooldown: 0,
    to: 0,
  };
  const rate = new LearningRate({ learning_rate: 6e-8, schedule, epochs: 9, batches: 1 });
  const rates = Array.from({ length: 5 }, (_, i) => {
    const found = rate.at(i + 1);
    rate.see(i + 1, 1);
    return found;
  });
  assert.deepEqual(rates, [6e-8, 6e-8, 3e-8, 1.5e-8, 1.5e-8]);
});

Deno.test("wholePower() is within a few units of the last digit, and exact for powers of two", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 1, noNaN: true }), fc.nat(500), (base, exponent) => {
      const expected = base ** exponent;
      assert.ok(Math.abs(wholePower(base, exponent) - expected) <= 1e-13 * expected);
      assert.equal(wholePower(0.5, exponent), 0.5 ** exponent);
    }),
  );
});

Deno.test("a schedule is said in words in both languages", () => {
  assert.deepEqual(scheduleInWords({ method: "step", every: 10, factor: 0.5, warmup: { steps: 500 } }), {
    en: "times 0.5 every 10 epochs, after a linear warm-up of 500 steps",
    ja: "最初の 500 回の更新で直線的に上げた後、10 エポックごとに 0.5 倍",
  });
  assert.equal(
    scheduleInWords({ method: "cosine", to: 0, warmup: 1 }).en,
    "along half a cosine down to 0 over all epochs, after a linear warm-up of 1 epoch",
  );
});
