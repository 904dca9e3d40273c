import assert from "node:assert/strict";
import { updates } from "../../../src/grade/answers/answers.ts";
import { type Batch, largeProbeBatch, probeBatch, smallProbeBatch } from "../../../src/grade/batch.ts";
import { CATALOGUE } from "../../../src/grade/mistakes/catalogue.ts";
import { diagnose, methodOf } from "../../../src/grade/mistakes/diagnose.ts";
import type { Mistake } from "../../../src/grade/mistakes/mistake.ts";
import { type Method, RIGHT } from "../../../src/grade/reference/method.ts";
import { forward, type GradientOptions, gradients, step } from "../../../src/grade/reference/network.ts";
import { tensor, type Tensors, worstError } from "../../../src/grade/tensors.ts";

/** What a check looks at, done by a method, and how near numbers must be. */
interface View {
  readonly tolerance: number;
  simulate(method: Method): Tensors;
}

const [whole, small, large] = [probeBatch(), smallProbeBatch(), largeProbeBatch()];

function view(tolerance: number, simulate: (method: Method) => Tensors): View {
  // Each method once, however many are compared with it.
  const known = new WeakMap<Method, Tensors>();
  return {
    tolerance,
    simulate(method) {
      const found = known.get(method) ?? simulate(method);
      known.set(method, found);
      return found;
    },
  };
}

function gradientView(activation: "tanh" | "sigmoid", reduction: "mean" | "sum"): View {
  return view(1e-4, (method) => gradients(whole, { activation, reduction, learningRate: 0.1 }, method));
}

function updateView(batch: Batch): View {
  const asked: GradientOptions = { activation: "tanh", reduction: "mean", learningRate: 0.1 };
  return view(1e-3, (method) => updates(batch.parameters, step(batch, asked, method), 0.1));
}

const VIEWS: Readonly<Record<string, View>> = {
  forward: view(1e-5, (method) => {
    const { inputs: [, A1, A2], probabilities } = forward(whole, "tanh", method);
    return { A1, A2, probabilities };
  }),
  large: view(1e-4, (method) => ({ probabilities: forward(large, "tanh", method).probabilities })),
  loss: view(1e-4, (method) => {
    const { probabilities } = forward(whole, "tanh");
    return { loss: tensor([], () => method.loss(probabilities, whole.Y)) };
  }),
  gradients: gradientView("tanh", "mean"),
  gradientsOfSigmoid: gradientView("sigmoid", "mean"),
  gradientsSummed: gradientView("tanh", "sum"),
  update: updateView(whole),
  smallUpdate: updateView(small),
};

interface Made {
  readonly mistakes: readonly Mistake[];
  readonly variants: readonly Partial<Method>[];
}

const singles: Made[] = CATALOGUE.flatMap((mistake) =>
  mistake.variants.map((variant) => ({ mistakes: [mistake], variants: [variant] }))
);
const pairs: Made[] = singles.flatMap((a, i) =>
  singles.slice(i + 1).flatMap((b) => {
    const separate = Object.keys(a.variants[0]).every((part) => !(part in b.variants[0]));
    if (!separate || a.mistakes[0].alone || b.mistakes[0].alone) return [];
    return [{ mistakes: [...a.mistakes, ...b.mistakes], variants: [...a.variants, ...b.variants] }];
  })
);

function rounded(tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map((
      [name, { shape, data }],
    ) => [name, tensor(shape, (i) => Math.fround(data[i]))]),
  );
}

/** What is said of numbers that were made with these mistakes must give the same numbers, and name nothing else. */
function assertTrue(name: string, { mistakes: made, variants }: Made): void {
  const { simulate, tolerance } = VIEWS[name];
  // In float32, as students' numbers may be: what is told apart must be so by more than the last bits.
  const found = rounded(simulate(methodOf(variants)));
  const said = diagnose(found, simulate, tolerance);
  const ids = made.map(({ id }) => id);
  const where = `${name}, with ${ids.join(" and ")}`;
  if (worstError(found, simulate(RIGHT)) <= tolerance) {
    assert.deepEqual(said.mistakes, [], `${where}: nothing is wrong to be seen`);
    return;
  }
  assert.notEqual(said.mistakes, null, `${where}: not recognised`);
  assert.ok(worstError(found, simulate(methodOf(said.variants))) <= tolerance, `${where}: not reproduced`);
  // An update alone does not tell a step uphill from gradients of the wrong sign.
  const alike = name.endsWith("pdate") && ids.includes("gradient_negated") ? ["step_uphill"] : [];
  const more = (said.mistakes ?? []).map(({ id }) => id).filter((id) => ![...ids, ...alike].includes(id));
  assert.deepEqual(more, [], `${where}: something else is named`);
}

Deno.test("of every mistake of the catalogue, what is said reproduces the numbers and names nothing else", () => {
  for (const made of singles) for (const name of Object.keys(VIEWS)) assertTrue(name, made);
});

Deno.test("of every two mistakes together, what is said reproduces the numbers and names nothing else", () => {
  assert.ok(pairs.length > 500, String(pairs.length));
  for (const made of pairs) for (const name of Object.keys(VIEWS)) assertTrue(name, made);
});
