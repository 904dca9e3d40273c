import assert from "node:assert/strict";
import { buildDataset, type Dataset } from "../../src/data/dataset.ts";
import { csvDataset } from "../../src/data/files/csv_dataset.ts";
import { fitStandardisation, type Standardise } from "../../src/data/standardise.ts";
import { evaluateWeights, evaluationBytes } from "../../src/nn/evaluate.ts";
import { openBench } from "../../src/nn/bench.ts";
import { loadKernels } from "../../src/nn/kernels.ts";
import { openTraining } from "../../src/nn/open_training.ts";
import golden from "../fixtures/own_data.json" with { type: "json" };

const kernels = await loadKernels();

function assertNear(found: ArrayLike<number>, expected: readonly number[]): void {
  assert.equal(found.length, expected.length);
  expected.forEach((value, i) =>
    assert.ok(
      Math.abs(found[i] - value) <= 1e-12 * Math.max(1, Math.abs(value)),
      `${i}: ${found[i]}, ${value}`,
    )
  );
}

const iris = csvDataset({ train: await Deno.readFile("configs/data/iris.csv") }, {
  label: "species",
  split: { share: 0.2, seed: 7 },
}).dataset;

Deno.test("mean and standard deviation of real rows are NumPy's in float64, by scikit-learn's rule", () => {
  const order = Uint32Array.from({ length: 120 }, (_, i) => 119 - i);
  const options = { features: 4, scale: 1, standardise: true } as const;
  const { centre, divisor } = fitStandardisation(iris.train, order, options);
  assertNear(centre, golden.iris.mean);
  assertNear(divisor, golden.iris.scale);
  const sorted = fitStandardisation(iris.train, order.toReversed(), options);
  assert.deepEqual(sorted, { centre, divisor }, "the order of the split changes no bit");
  const centred = fitStandardisation(iris.train, order, { ...options, standardise: "center" });
  assert.deepEqual(centred, { centre, divisor: new Float64Array(4).fill(1) });
});

const pixels = Uint8Array.from(golden.pixels.pixels.flat());
const sparse = imagesOf(pixels);
const dense: Dataset = {
  ...sparse,
  train: { storage: "dense", count: 40, labels: sparse.train.labels, pixels },
  test: { storage: "dense", count: 40, labels: sparse.train.labels, pixels },
};

function imagesOf(pixels: Uint8Array): Dataset {
  const images = { count: 40, rows: 3, columns: 4, pixels };
  const part = { images, labels: Uint8Array.from({ length: 40 }, (_, i) => i % 3) };
  return buildDataset({ train: part, test: part });
}

for (const [storage, dataset] of Object.entries({ sparse, dense })) {
  Deno.test(`those of ${storage} pixels are of the inputs that the network gets; a constant one is divided by 1`, () => {
    assert.equal(dataset.train.storage, storage);
    const rows = Uint32Array.from(golden.pixels.rows);
    const { centre, divisor } = fitStandardisation(dataset.train, rows, {
      features: 12,
      scale: 255,
      standardise: true,
    });
    assertNear(centre, golden.pixels.mean);
    assertNear(divisor, golden.pixels.scale);
    assert.deepEqual([divisor[4], divisor[7]], [1, 1]);
  });
}

/** A data set of the standardised numbers themselves. */
function standardised(dataset: Dataset, rows: Uint32Array): Dataset {
  const { centre, divisor } = fitStandardisation(dataset.train, rows, {
    features: dataset.features,
    scale: 1,
    standardise: true,
  });
  const part = (rows: Dataset["train"]): Dataset["train"] => {
    assert.ok(rows.storage === "real");
    const { features } = dataset;
    return {
      ...rows,
      numbers: rows.numbers.map((x, i) => (x - centre[i % features]) / divisor[i % features]),
    };
  };
  return { ...dataset, train: part(dataset.train), test: part(dataset.test) };
}

Deno.test("training on standardised inputs is training on the numbers that NumPy standardises, bit for bit, and so is evaluation", () => {
  const rows = {
    train: Uint32Array.from({ length: 100 }, (_, i) => i),
    validation: Uint32Array.from({ length: 20 }, (_, i) => 100 + i),
  };
  const options = {
    kernels,
    rows,
    hidden: [7],
    learning_rate: 0.1,
    init: { method: "xavier", bias: "zero" },
  } as const;
  const own = openTraining(iris, { ...options, standardise: true });
  const plain = standardised(iris, rows.train);
  const other = openTraining(plain, options);
  for (let epoch = 0; epoch < 5; epoch++) assert.equal(own.trainEpoch(), other.trainEpoch());
  assert.deepEqual(own.weights, other.weights);
  assert.deepEqual(own.validate(), other.validate());
  const standardisation = fitStandardisation(iris.train, rows.train, {
    features: 4,
    scale: 1,
    standardise: true,
  });
  const evaluation = { weights: own.weights, activation: "tanh", scale: 1, standardisation } as const;
  const bench = openBench(iris, { kernels, bytes: evaluationBytes(iris, evaluation) });
  assert.deepEqual(evaluateWeights(bench, evaluation), other.test());
  const again = openTraining(iris, { ...options, standardise: true, from: own.state });
  assert.equal(again.trainEpoch(), own.trainEpoch());
});

Deno.test("the first standardised rows are NumPy's", () => {
  const rows = Uint32Array.from({ length: 120 }, (_, i) => i);
  const { train } = standardised(iris, rows);
  assert.ok(train.storage === "real");
  assert.deepEqual([...train.numbers.subarray(0, 12)], golden.iris.first.flat().map(Math.fround));
});

Deno.test("sparse and dense pixels train to the same bits where they are standardised", () => {
  const weights = [sparse, dense].map((dataset) => {
    const trainer = openTraining(dataset, { kernels, hidden: [5], standardise: true, learning_rate: 0.1 });
    for (let epoch = 0; epoch < 3; epoch++) trainer.trainEpoch();
    return trainer.weights.map(({ name, data }) => [name, [...data].map((x) => x.toFixed(6))]);
  });
  assert.deepEqual(weights[0], weights[1]);
});

Deno.test("what was fitted last to the same rows is not fitted again, and nothing else is taken for it", () => {
  const { train } = iris;
  const fit = (order: number[], standardise: Standardise) =>
    fitStandardisation(train, Uint32Array.from(order), { features: iris.features, scale: 1, standardise });
  const first = fit([0, 50, 100], true);
  assert.equal(fit([0, 50, 100], true), first);
  assert.notDeepEqual(fit([0, 50, 101], true), first);
  assert.notDeepEqual(fit([0, 50], true), first);
  assert.notDeepEqual(fit([0, 50, 100], "center"), first);
  assert.deepEqual(fit([0, 50, 100], true), first);
});
