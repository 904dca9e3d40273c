import assert from "node:assert/strict";
import { probeBatch, smallProbeBatch } from "../../../src/grade/batch.ts";
import { CATALOGUE } from "../../../src/grade/mistakes/catalogue.ts";
import { methodOf } from "../../../src/grade/mistakes/diagnose.ts";
import type { NotebookFacts } from "../../../src/grade/notebook.ts";
import type { MistakeId } from "../../../src/grade/messages/mistakes_en.ts";
import { backward, forward, gradients } from "../../../src/grade/reference/network.ts";
import type { SubmittedArray } from "../../../src/grade/submission.ts";
import { tensor } from "../../../src/grade/tensors.ts";
import { byName, gradeOf, gradeOfProbe, NOTEBOOK, probeOf } from "../made_probe.ts";

/** Gradients of the wrong sign that an update subtracts, and right ones that it adds, give the same files. */
function said(id: MistakeId): MistakeId {
  return id === "gradient_negated" ? "step_uphill" : id;
}

Deno.test("every mistake of the catalogue is charged in one check, and no check names another", async () => {
  let charged = 0;
  for (const { id, variants } of CATALOGUE) {
    for (const [v, variant] of variants.entries()) {
      for (const reduction of ["mean", "sum"] as const) {
        const checks = await gradeOf(methodOf([variant]), reduction);
        const where = `${id}, way ${v + 1}, ${reduction}`;
        const lost = checks.filter(({ points, max }) => points < max).map(({ name }) => name);
        assert.ok(lost.length <= 1, `${where} is charged in ${lost}`);
        const named = new Set(checks.flatMap(({ mistakes }) => mistakes));
        assert.deepEqual([...named].filter((other) => other !== said(id)), [], `${where}: another is named`);
        if (lost.length === 1) {
          charged++;
          assert.ok(named.has(said(id)), `${where} is charged and not named`);
        }
      }
    }
  }
  assert.ok(charged > 60, `only ${charged} are charged`);
});

Deno.test("of two mistakes at once, one pair in nine, each is charged at most once, and no check names a third", async () => {
  const singles = CATALOGUE.flatMap((mistake) =>
    mistake.alone ? [] : mistake.variants.map((variant) => ({ mistake, variant }))
  );
  const pairs = singles.flatMap((a, i) => singles.slice(i + 1).map((b) => [a, b] as const))
    .filter(([a, b]) => Object.keys(a.variant).every((part) => !(part in b.variant)));
  for (const [a, b] of pairs.filter((_, i) => i % 9 === 0)) {
    const checks = await gradeOf(methodOf([a.variant, b.variant]), "mean");
    // Where another mistake is in the update, the two of said() are told apart.
    const made: string[] = [a, b].flatMap(({ mistake: { id } }) => [id, said(id)]);
    const lost = checks.filter(({ points, max }) => points < max).map(({ name }) => name);
    assert.ok(lost.length <= 2, `${made} are charged in ${lost}`);
    const named = [...new Set(checks.flatMap(({ mistakes }) => mistakes))];
    assert.deepEqual(named.filter((id) => !made.includes(id)), [], `${made}: another is named`);
  }
});

Deno.test("a bias that is not updated, and weights of the last layer that are updated early, are charged at the step and named, and nowhere else", async () => {
  // As NumPy would have it: the step of the right gradients, with what is not moved left where it was.
  const right = probeOf(methodOf([]), "mean");
  const { parameters } = probeBatch();
  for (const [biases, points] of [[["B1", "B2", "B3"], 4], [["B1"], 6.67], [["B3"], 6.67]] as const) {
    const still = Object.fromEntries(
      biases.map((name) => [`new_${name}`, { ...parameters[name], dtype: "<f8" }]),
    );
    const zeros = Object.fromEntries(
      biases.flatMap((name) =>
        ["d", "small_d"].map((prefix) => [
          `${prefix}${name}`,
          { ...tensor(parameters[name].shape, () => 0), dtype: "<f8" },
        ])
      ),
    );
    // Gradients that were taken from the step, and own ones that are right.
    for (const probe of [{ ...right, ...still, ...zeros }, { ...right, ...still }]) {
      const checks = await gradeOfProbe(probe);
      const lost = checks.filter(({ points, max }) => points < max).map(({ name, points }) => [name, points]);
      assert.deepEqual(lost, [["one_step", points]], biases.join());
      assert.deepEqual(byName(checks, "one_step").mistakes, ["bias_not_updated"]);
    }
  }
  // W3 is moved before dZ2, all else at the end: dW2, dW1, dB2 and dB1 follow from a delta through the new W3.
  const batch = probeBatch();
  const moved = { ...batch, parameters: { ...parameters, W3: right.new_W3 } };
  const passed = forward(batch, "tanh");
  const asked = { activation: "tanh", reduction: "mean", learningRate: 0.1 } as const;
  const early = {
    ...backward(moved, passed, asked),
    W3: gradients(batch, asked).W3,
    B3: gradients(batch, asked).B3,
  };
  const files = Object.entries(early).flatMap(([name, gradient]) => [
    [`d${name}`, { ...gradient, dtype: "<f8" }],
    [`new_${name}`, {
      ...tensor(gradient.shape, (i) => parameters[name].data[i] - 0.1 * gradient.data[i]),
      dtype: "<f8",
    }],
  ]);
  const checks = await gradeOfProbe({ ...right, ...Object.fromEntries(files) });
  const lost = checks.filter(({ points, max }) => points < max).map(({ name }) => name);
  assert.deepEqual(lost, ["one_step"]);
  assert.deepEqual(byName(checks, "one_step").mistakes, ["update_before_delta"]);
});

/** Some arrays of a probe, multiplied element by element. */
function multiplied(
  probe: Record<string, SubmittedArray>,
  factors: Readonly<Record<string, (i: number) => number>>,
): Record<string, SubmittedArray> {
  return Object.fromEntries(
    Object.entries(probe).map(([name, array]) => {
      const factor = factors[name] ?? (() => 1);
      return [name, { ...array, ...tensor(array.shape, (i) => array.data[i] * factor(i)) }];
    }),
  );
}

Deno.test("gradients taken from a step uphill are charged at the step; those of the wrong sign that a step adds, at the gradients", async () => {
  const uphill = await gradeOf(methodOf([{ direction: "uphill" }]), "mean");
  const negated = await gradeOf(methodOf([{ outputDelta: "Y - P" }]), "mean");
  for (const checks of [uphill, negated]) {
    assert.deepEqual(byName(checks, "gradcheck").points, 13);
    assert.deepEqual(byName(checks, "one_step").points, 0);
    assert.match(byName(checks, "one_step").hint ?? "", /^Subtract the learning rate times the gradient/);
  }
  const { direction, outputDelta } = { direction: "uphill", outputDelta: "Y - P" } as const;
  const both = await gradeOf(methodOf([{ direction }, { outputDelta }]), "mean");
  assert.deepEqual(byName(both, "gradcheck").mistakes, ["gradient_negated"]);
  assert.deepEqual(["gradcheck", "one_step", "ragged_batch"].map((name) => byName(both, name).points), [
    0,
    8,
    4,
  ]);
});

Deno.test("arrays that are wrong for a whole batch cost nothing for a smaller one, however far off they are there", async () => {
  const right = probeOf(methodOf([]), "mean");
  const checks = await gradeOfProbe(multiplied(right, {
    dW1: (i) => 1 + 0.05 * Math.sin(i),
    dW2: (i) => 1 + 0.05 * Math.sin(i),
    small_dW1: (i) => 1 + 0.5 * Math.cos(i),
    small_dW2: (i) => 1 + 0.05 * Math.cos(i),
  }));
  assert.equal(byName(checks, "ragged_batch").points, 4, byName(checks, "ragged_batch").reason);
  // What is right for a whole batch is not wrong before.
  const further = await gradeOfProbe(multiplied(right, {
    dW1: (i) => 1 + 0.05 * Math.sin(i),
    small_dW1: (i) => 1 + 0.5 * Math.cos(i),
    small_dW3: (i) => 1 + 0.5 * Math.cos(i),
  }));
  const { points, reason } = byName(further, "ragged_batch");
  assert.equal(points, 3.33);
  assert.match(
    reason,
    /^4 of 6 .* agree with ours\. small_dW3 is off by [^;]*\. No points are lost for small_dW1, wrong for a whole batch already, where it is counted\.$/,
  );
});

Deno.test("the gradients of one layer that are divided by the rows twice, or not at all, cost nothing more for fewer rows", async () => {
  const right = probeOf(methodOf([]), "mean");
  const [rows, few] = [probeBatch(), smallProbeBatch()].map(({ X }) => X.shape[0]);
  for (const power of [1, -1]) {
    const checks = await gradeOfProbe(multiplied(right, {
      dW2: () => rows ** power,
      small_dW2: () => few ** power,
    }));
    assert.ok(byName(checks, "gradcheck").points < 13);
    const { points, reason } = byName(checks, "ragged_batch");
    assert.equal(points, 4, reason);
  }
});

Deno.test("where rows and labels were shuffled apart, of all gradients the last bias's is right, and the hint says why", async () => {
  const right = probeOf(methodOf([]), "mean");
  const batch = probeBatch();
  const C = batch.Y.shape[1];
  const shuffled = {
    ...batch,
    Y: tensor(batch.Y.shape, (i) => batch.Y.data[(i + 3 * C) % batch.Y.data.length]),
  };
  const found = gradients(shuffled, { activation: "tanh", reduction: "mean", learningRate: 0.1 });
  const wrong = Object.entries(found).map(([name, array]) =>
    [`d${name}`, { ...array, dtype: "<f8" }] as const
  );
  const gradesOf = async (notebook?: NotebookFacts) =>
    byName(await gradeOfProbe({ ...right, ...Object.fromEntries(wrong) }, "mean", notebook), "gradcheck");
  const apart = await gradesOf(NOTEBOOK);
  assert.equal(apart.points, 2.17, apart.reason);
  assert.match(apart.hint ?? "", /shuffled alike/);
  // Functions that are given our rows with our labels shuffle nothing.
  const given = { ...NOTEBOOK, found: [{ what: "step", how: "forward(), backward()" } as const] };
  for (const notebook of [given, undefined]) assert.equal((await gradesOf(notebook)).hint, null);
  const other = byName(
    await gradeOfProbe(multiplied(right, { dW1: (i) => 1 + 0.5 * Math.cos(i) })),
    "gradcheck",
  );
  assert.equal(other.hint, null);
});
