import assert from "node:assert/strict";
import type { GradeDataset } from "../../../src/grade/engine.ts";
import { probeBatch } from "../../../src/grade/batch.ts";
import { forward } from "../../../src/grade/reference/network.ts";
import type { Submission } from "../../../src/grade/submission.ts";
import type { GradeTensor } from "../../../src/grade/student_program.ts";
import { tensor } from "../../../src/grade/tensors.ts";
import { checkOf, gradeMade, lostPoints, made, mapRows, strokesEngine } from "./made_submissions.ts";

// A network is judged as its student ran it, and what is wrong with that is charged once and named.

type Weights = Readonly<Record<string, GradeTensor>>;

/** The output of a network of two layers of tanh, computed plainly. */
function logits(
  X: GradeTensor,
  weights: Weights,
  { input = (x: number) => x, biases = 1 }: {
    input?: (x: number, pixel: number) => number;
    biases?: number;
  } = {},
): number[][] {
  const [rows, D] = X.shape;
  return Array.from({ length: rows }, (_, i) => {
    let a = Array.from(X.data.subarray(i * D, (i + 1) * D), input);
    for (const l of [1, 2, 3]) {
      const [W, B] = [weights[`W${l}`], weights[`B${l}`]];
      const N = W.shape[1];
      const z = Array.from(
        { length: N },
        (_, n) => a.reduce((sum, x, k) => sum + x * W.data[k * N + n], biases * B.data[n]),
      );
      a = l < 3 ? z.map(Math.tanh) : z;
    }
    return a;
  });
}

/** Its probabilities. */
function probabilities(...network: Parameters<typeof logits>): number[][] {
  return logits(...network).map((row) => {
    const top = Math.max(...row);
    const exps = row.map((z) => Math.exp(z - top));
    const total = exps.reduce((sum, e) => sum + e, 0);
    return exps.map((e) => e / total);
  });
}

/** Rows through a function, so many at a time. */
function inBatches(rows: number[][], count: number, of: (rows: number[][]) => number[][]): number[][] {
  const found: number[][] = [];
  for (let i = 0; i < rows.length; i += count) found.push(...of(rows.slice(i, i + count)));
  return found;
}

const classesOf = (P: number[][]) => P.map((row) => row.indexOf(Math.max(...row)));

/** predictions.csv, and misclassified.csv of the same. */
function tables(classes: readonly number[], { testLabels }: GradeDataset) {
  const wrong = classes.flatMap((label, i) => label === testLabels[i] ? [] : [[i, label, testLabels[i]]]);
  return {
    predictions: { header: ["index", "label"], rows: classes.map((label, i) => [`${i}`, `${label}`]) },
    misclassified: {
      header: ["index", "predicted", "label"],
      rows: wrong.map((row) => row.map(String)),
    },
  };
}

function weightsOf({ weights }: Submission): Weights {
  if (weights === null) throw new TypeError("there must be weights");
  return weights;
}

/** The history with another validation loss in its last epoch. */
function endingWith(loss: number, { history }: Submission) {
  const last = (history?.rows.length ?? 0) - 1;
  return mapRows(history, (cells, i) => i === last ? [cells[0], cells[1], String(loss)] : [...cells]);
}

/** What a test needs besides the perfect submission. */
async function withDataset(
  run: (
    dataset: GradeDataset,
    grade: (change: Parameters<typeof made>[0]) => ReturnType<typeof gradeMade>,
  ) => Promise<void>,
): Promise<void> {
  await using engine = await strokesEngine();
  const dataset = await engine.dataset("strokes");
  assert.ok(dataset.ok);
  await run(dataset.value, async (change) => gradeMade(await made(change), { engine }));
}

Deno.test("a network without biases is run so where forward propagation is charged for it, and nothing else is", async () => {
  await withDataset(async (dataset, grade) => {
    const found = await grade((perfect) => {
      const batch = probeBatch();
      const weights = weightsOf(perfect);
      const P = probabilities(batch.X, batch.parameters, { biases: 0 });
      const own = classesOf(probabilities(dataset.testImages(), weights, { biases: 0 }));
      const data = Float64Array.from(P.flat());
      const validation = dataset.split({ validation: 0.2, seed: 0 }).validation;
      const losses = probabilities(validation.X, weights, { biases: 0 })
        .map((row, i) => -Math.log(row[validation.y.data[i]]));
      return {
        ...tables(own, dataset),
        history: endingWith(losses.reduce((sum, loss) => sum + loss, 0) / losses.length, perfect),
        probe: { ...perfect.probe, probabilities: { shape: [20, 10], data, dtype: "<f8" } },
      };
    });
    const { recompute, misclassified } = lostPoints(found);
    assert.deepEqual([recompute, misclassified], [undefined, undefined], checkOf(found, "recompute").reason);
    for (const name of ["recompute", "band"]) {
      assert.match(checkOf(found, name).reason, /run as your own forward propagation does it/);
    }
  });
});

for (
  const [id, input] of [
    ["pixels_not_divided", (x: number) => 255 * x],
    ["pixels_divided_twice", (x: number) => x / 255],
    ["pixels_from_minus_one", (x: number) => 2 * x - 1],
    ["pixels_standardised", "all alike"],
    ["pixels_standardised", "each by itself"],
  ] as const
) {
  Deno.test(`predictions of other inputs are charged once and named: ${id}${typeof input === "string" ? `, ${input}` : ""}`, async () => {
    await withDataset(async (dataset, grade) => {
      const found = await grade((perfect) => {
        const { X } = dataset.split({ validation: 0.2, seed: 0 }).train;
        const mean = X.data.reduce((sum, x) => sum + x, 0) / X.data.length;
        const deviation = Math.sqrt(X.data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / X.data.length);
        const [rows, D] = X.shape;
        const columns = Array.from({ length: D }, (_, j) => {
          const column = Array.from({ length: rows }, (_, i) => X.data[i * D + j]);
          const mean = column.reduce((sum, x) => sum + x, 0) / rows;
          const deviation = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rows);
          return { mean, deviation: deviation === 0 ? 1 : deviation };
        });
        const made = {
          "all alike": (x: number) => (x - mean) / deviation,
          "each by itself": (x: number, j: number) => (x - columns[j].mean) / columns[j].deviation,
        };
        const P = probabilities(dataset.testImages(), weightsOf(perfect), {
          input: typeof input === "string" ? made[input] : input,
        });
        return tables(classesOf(P), dataset);
      });
      assert.deepEqual(lostPoints(found), { recompute: 8 });
      const { mistakes, hint } = checkOf(found, "recompute");
      assert.deepEqual(mistakes, [id]);
      assert.match(hint ?? "", /^Divide the pixels of training and test images alike by 255/);
      assert.match(checkOf(found, "misclassified").reason, /compared with predictions\.csv: that it differs/);
    });
  });
}

/** Softmaxes of logits that are run together, as students get them wrong. */
const SOFTMAXES: Readonly<Record<string, (logits: number[][]) => number[][]>> = {
  softmax_wrong_axis(logits) {
    const columns = logits[0].map((_, c) => logits.map((row) => row[c]));
    const tops = columns.map((column) => column.reduce((most, z) => Math.max(most, z), -Infinity));
    const totals = columns.map((column, c) => column.reduce((sum, z) => sum + Math.exp(z - tops[c]), 0));
    return logits.map((row) => row.map((z, c) => Math.exp(z - tops[c]) / totals[c]));
  },
  softmax_over_all(logits) {
    const top = logits.flat().reduce((most, z) => Math.max(most, z), -Infinity);
    const total = logits.flat().reduce((sum, z) => sum + Math.exp(z - top), 0);
    return logits.map((row) => row.map((z) => Math.exp(z - top) / total));
  },
  softmax_twice: (logits) => softmaxOf(softmaxOf(logits)),
  tanh_on_logits: (logits) => softmaxOf(logits.map((row) => row.map(Math.tanh))),
};

function softmaxOf(logits: number[][]): number[][] {
  return logits.map((row) => {
    const total = row.reduce((sum, z) => sum + Math.exp(z - Math.max(...row)), 0);
    return row.map((z) => Math.exp(z - Math.max(...row)) / total);
  });
}

Deno.test("a loss that is that of the student's own softmax is not said to be that of a logarithm kept from 0", async () => {
  await withDataset(async (dataset, grade) => {
    const found = await grade((perfect) => {
      const batch = probeBatch();
      // Large logits, as they are where they go through softmax twice: the loss of the weights is high.
      const weights = Object.fromEntries(
        Object.entries(weightsOf(perfect)).map(([name, array]) => [
          name,
          name.endsWith("3") ? { ...array, ...tensor(array.shape, (i) => 8 * array.data[i]) } : array,
        ]),
      ) as unknown as Weights;
      const own = (X: GradeTensor) => SOFTMAXES.softmax_twice(logits(X, weights));
      const { validation } = dataset.split({ validation: 0.2, seed: 0 });
      const loss = own(validation.X).reduce((sum, row, i) => sum - Math.log(row[validation.y.data[i]]), 0) /
        validation.y.data.length;
      const data = Float64Array.from(SOFTMAXES.softmax_twice(logits(batch.X, batch.parameters)).flat());
      return {
        ...tables(classesOf(own(dataset.testImages())), dataset),
        weights: { ...perfect.weights, ...weights } as unknown as Submission["weights"],
        history: mapRows(perfect.history, ([epoch]) => [epoch, `${loss}`, `${loss}`]),
        probe: { ...perfect.probe, probabilities: { shape: [20, 10], data, dtype: "<f8" } },
      };
    });
    const { points, reason } = checkOf(found, "recompute");
    assert.equal(points, 8, reason);
    assert.doesNotMatch(reason, /kept from 0/);
  });
});

Deno.test("of logits that an activation has saturated rounding chooses the class, and costs nothing", async () => {
  await withDataset(async (dataset, grade) => {
    const found = await grade((perfect) => {
      const batch = probeBatch();
      const weights = Object.fromEntries(
        Object.entries(weightsOf(perfect)).map(([name, array]) => [
          name,
          name.endsWith("3") ? { ...array, ...tensor(array.shape, (i) => 20 * array.data[i]) } : array,
        ]),
      ) as unknown as Weights;
      // The last of those that are as probable, where argmax has the first.
      const predicted = logits(dataset.testImages(), weights).map((row) => {
        const top = Math.max(...row.map(Math.tanh));
        return row.findLastIndex((z) => Math.tanh(z) >= top * (1 - 1e-15));
      });
      const data = Float64Array.from(SOFTMAXES.tanh_on_logits(logits(batch.X, batch.parameters)).flat());
      return {
        ...tables(predicted, dataset),
        weights: { ...perfect.weights, ...weights } as unknown as Submission["weights"],
        history: mapRows(perfect.history, ([epoch, train]) => [epoch, train, ""]),
        probe: { ...perfect.probe, probabilities: { shape: [20, 10], data, dtype: "<f8" } },
      };
    });
    const { points, reason } = checkOf(found, "recompute");
    assert.equal(points, 8, reason);
    assert.match(reason, /run as your own forward propagation does it/);
  });
});

for (const [id, softmax] of Object.entries(SOFTMAXES)) {
  for (const together of ["all", "a batch"] as const) {
    Deno.test(`another softmax is charged in forward propagation and not for what it makes of the network: ${id}, ${together}`, async () => {
      await withDataset(async (dataset, grade) => {
        const found = await grade((perfect) => {
          const rows = together === "all" ? Infinity : perfect.manifest?.batch_size ?? NaN;
          const batch = probeBatch();
          const weights = weightsOf(perfect);
          const run = (X: GradeTensor, weights: Weights) => inBatches(logits(X, weights), rows, softmax);
          const validation = dataset.split({ validation: 0.2, seed: 0 }).validation;
          const lossOf = (P: number[][]) =>
            P.reduce((sum, row, i) => sum - Math.log(row[validation.y.data[i]]), 0) / P.length;
          const higher = lossOf(run(validation.X, weights)) - lossOf(probabilities(validation.X, weights));
          const data = Float64Array.from(softmax(logits(batch.X, batch.parameters)).flat());
          return {
            ...tables(classesOf(run(dataset.testImages(), weights)), dataset),
            history: mapRows(
              perfect.history,
              ([epoch, train, val]) => [epoch, `${+train + higher}`, `${+val + higher}`],
            ),
            probe: { ...perfect.probe, probabilities: { shape: [20, 10], data, dtype: "<f8" } },
          };
        });
        assert.deepEqual(lostPoints(found), { vector: 5 });
        assert.match(checkOf(found, "recompute").reason, /run as your own forward propagation does it/);
        assert.doesNotMatch(checkOf(found, "band").reason, /your own forward propagation/);
      });
    });
  }
}

Deno.test("a network whose predictions no softmax of the student's gives is not said to have been run with it", async () => {
  await withDataset(async (dataset, grade) => {
    const found = await grade((perfect) => {
      const batch = probeBatch();
      const data = Float64Array.from(SOFTMAXES.softmax_wrong_axis(logits(batch.X, batch.parameters)).flat());
      const others = Array.from(dataset.testLabels, (label, i) => i % 4 === 0 ? (label + 1) % 10 : label);
      return {
        ...tables(others, dataset),
        probe: { ...perfect.probe, probabilities: { shape: [20, 10], data, dtype: "<f8" } },
      };
    });
    const { points, reason } = checkOf(found, "recompute");
    assert.equal(points, 0);
    assert.doesNotMatch(reason, /own forward propagation/);
  });
});

Deno.test("of large logits a softmax over the wrong axis gives what is no number, and its predictions are known all the same", async () => {
  await withDataset(async (dataset, grade) => {
    const found = await grade((perfect) => {
      const batch = probeBatch();
      const { B3, ...others } = weightsOf(perfect);
      // A class that is far below the others for every image: each of its elements is 0 / 0.
      const weights = { ...others, B3: tensor(B3.shape, (i) => B3.data[i] - (i === 4 ? 2000 : 0)) };
      // As NumPy computes np.exp(z - z.max()) / np.exp(z - z.max()).sum(axis=0), and argmax() of that.
      const softmax = (rows: number[][]) => {
        const top = rows.flat().reduce((most, z) => Math.max(most, z), -Infinity);
        const exps = rows.map((row) => row.map((z) => Math.exp(z - top)));
        const totals = exps[0].map((_, c) => exps.reduce((sum, row) => sum + row[c], 0));
        return exps.map((row) => row.map((e, c) => e / totals[c]));
      };
      const P = softmax(logits(dataset.testImages(), weights));
      assert.ok(P.flat().some(Number.isNaN));
      const own = P.map((row) => {
        const nan = row.findIndex(Number.isNaN);
        return nan >= 0 ? nan : row.indexOf(Math.max(...row));
      });
      const data = Float64Array.from(softmax(logits(batch.X, batch.parameters)).flat());
      return {
        ...tables(own, dataset),
        weights: { ...perfect.weights, ...weights } as unknown as Submission["weights"],
        probe: { ...perfect.probe, probabilities: { shape: [20, 10], data, dtype: "<f8" } },
      };
    });
    assert.match(checkOf(found, "recompute").reason, /and give the predictions handed in/);
    assert.equal(lostPoints(found).misclassified, undefined);
  });
});

Deno.test("predictions of another network are charged once, and a list that is of neither says what it was compared with", async () => {
  await withDataset(async (dataset, grade) => {
    const other = Array.from(dataset.testLabels, (label, i) => i % 4 === 0 ? (label + 1) % 10 : label);
    const found = await grade(() => tables(other, dataset));
    assert.deepEqual(lostPoints(found), { recompute: 8 });
    assert.deepEqual(checkOf(found, "recompute").mistakes, []);
    const neither = await grade(() => ({
      predictions: tables(other, dataset).predictions,
      misclassified: tables(other.map((label, i) => i % 7 === 0 ? (label + 3) % 10 : label), dataset)
        .misclassified,
    }));
    assert.match(checkOf(neither, "misclassified").reason, /The list was compared with /);
  });
});

Deno.test("the validation loss of a very wrong network may be that of a logarithm kept from 0, by adding or by a bound, and no other", async () => {
  await withDataset(async (dataset, grade) => {
    const { X, y } = dataset.split({ validation: 0.2, seed: 0 }).validation;
    const wrong = (perfect: Submission) => {
      const weights = weightsOf(perfect);
      const { shape, data } = weights.W3;
      // Logits in the thousands, of a class too far.
      const [, N] = shape;
      const W3 = { ...perfect.weights?.W3, ...tensor(shape, (i) => -1000 * data[i - i % N + (i + 1) % N]) };
      return { ...perfect.weights, W3 } as NonNullable<Submission["weights"]>;
    };
    const lossOf = (weights: Weights, keep: (p: number) => number) =>
      probabilities(X, weights).reduce((sum, row, i) => sum - Math.log(keep(row[y.data[i]])), 0) / X.shape[0];
    const kept: Record<string, (p: number) => number> = {
      "p + 1e-6": (p) => p + 1e-6,
      "p + 1e-7": (p) => p + 1e-7,
      "p + 1e-12": (p) => p + 1e-12,
      "max(p, 1e-6)": (p) => Math.max(p, 1e-6),
      "max(p, 1e-7)": (p) => Math.max(p, 1e-7),
      "max(p, 1e-15)": (p) => Math.max(p, 1e-15),
    };
    for (const [name, keep] of Object.entries(kept)) {
      const found = await grade((perfect) => {
        const weights = wrong(perfect);
        const own = classesOf(probabilities(dataset.testImages(), weights));
        return {
          ...tables(own, dataset),
          weights,
          history: endingWith(lossOf(weights, keep), perfect),
        };
      });
      const { points, reason } = checkOf(found, "recompute");
      assert.equal(points, 8, `${name}: ${reason}`);
      assert.match(reason, /where the logarithm is kept from 0/, name);
    }
    const found = await grade((perfect) => {
      const weights = wrong(perfect);
      const own = classesOf(probabilities(dataset.testImages(), weights));
      return { ...tables(own, dataset), weights, history: endingWith(0.3, perfect) };
    });
    assert.equal(checkOf(found, "recompute").points, 4);
  });
});

Deno.test("a network whose labels were off by one has learned, and is told that and nothing of its learning rate", async () => {
  await withDataset(async (dataset, grade) => {
    const gradeRolled = (kept: ((p: number) => number) | null) =>
      grade((perfect) => {
        // The course's np.eye(10)[y - 1]: what was learned for a class is at the place before it.
        const rolled = ({ shape, data }: GradeTensor) => {
          const N = shape[shape.length - 1];
          return tensor(shape, (i) => data[i - i % N + (i + 1) % N]);
        };
        const { W3, B3 } = weightsOf(perfect);
        const weights = {
          ...perfect.weights,
          W3: rolled(W3),
          B3: rolled(B3),
        } as unknown as Submission["weights"];
        const shown = { ...weightsOf(perfect), W3: rolled(W3), B3: rolled(B3) };
        const own = classesOf(probabilities(dataset.testImages(), shown));
        if (kept === null) return { ...tables(own, dataset), weights };
        const { X, y } = dataset.split({ validation: 0.2, seed: 0 }).validation;
        const losses = probabilities(X, shown).map((row, i) => -Math.log(kept(row[(y.data[i] + 9) % 10])));
        const loss = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
        return { ...tables(own, dataset), weights, history: endingWith(loss, perfect) };
      });
    const found = await gradeRolled(null);
    assert.deepEqual(lostPoints(found), { band: 8 });
    for (const epsilon of [0, 1e-7, 1e-6]) {
      const { recompute } = lostPoints(await gradeRolled((p) => p + epsilon));
      assert.equal(recompute, undefined, String(epsilon));
    }
    const { reason, hint, mistakes } = checkOf(found, "band");
    assert.deepEqual(mistakes, ["labels_one_too_small"]);
    assert.match(reason, /where each row is taken for one of the class before its own/);
    assert.match(hint ?? "", /^Classes count from 0/);
    assert.deepEqual([found.learned, found.cap], [true, null]);
  });
});

Deno.test("nobody is sent to backpropagation points that are full", async () => {
  await withDataset(async (_, grade) => {
    const found = await grade((perfect) => {
      const { W1 } = weightsOf(perfect);
      // Half of the first layer lost: something is learned, and less than by ours.
      const worse = { ...W1, ...tensor(W1.shape, (i) => i % 8 < 4 ? 0 : W1.data[i]) };
      return { weights: { ...perfect.weights, W1: worse } as unknown as Submission["weights"] };
    });
    const { points, hint } = checkOf(found, "band");
    assert.ok(points < 8);
    assert.doesNotMatch(hint ?? "", /backpropagation/);
  });
});

Deno.test("a loss that is no multiple of the cross-entropy is charged once, and not for what it gives later", async () => {
  await using engine = await strokesEngine();
  const batch = probeBatch();
  const { probabilities } = forward(batch, "tanh");
  const ofTrueClass = [...probabilities.data].filter((_, i) => batch.Y.data[i] === 1);
  // Far more is added to keep the logarithm from 0 than that takes.
  const softened = (p: number) => 0.1 - Math.log(p + 0.1);
  const found = ofTrueClass.reduce((sum, p) => sum + softened(p), 0) / ofTrueClass.length;
  const submission = (later: (loss: number) => number) =>
    made(({ probe, history }) => ({
      probe: probe && {
        ...probe,
        loss: { ...probe.loss, data: Float64Array.of(found) },
        loss_zero: { ...probe.loss_zero, data: Float64Array.of(2.4) },
      },
      history: history && {
        ...history,
        rows: history.rows.map(([epoch, ...losses]) => [epoch, ...losses.map((x) => `${later(Number(x))}`)]),
      },
    }));
  const grade = await gradeMade(await submission((loss) => 10 + 0.1 * softened(Math.exp(-loss))), { engine });
  assert.deepEqual(lostPoints(grade), { value: 10 });
  for (const name of ["recompute", "history"]) {
    assert.match(checkOf(grade, name).reason, /as your loss is another one than the cross-entropy/);
  }
  // What goes the other way is no loss of this training.
  const rising = await gradeMade(await submission((loss) => 20 - softened(Math.exp(-loss))), { engine });
  assert.ok((lostPoints(rising).history ?? 0) > 0);
});

Deno.test("who lost points for the first weights, or for forward propagation, is sent there by what learned too little", async () => {
  await withDataset(async (_, grade) => {
    const lost = async (change: (probe: NonNullable<Submission["probe"]>) => Submission["probe"]) => {
      const found = await grade((perfect) => {
        const { W1 } = weightsOf(perfect);
        const worse = { ...W1, ...tensor(W1.shape, (i) => i % 8 < 4 ? 0 : W1.data[i]) };
        return {
          probe: perfect.probe && change(perfect.probe),
          weights: { ...perfect.weights, W1: worse } as unknown as Submission["weights"],
        };
      });
      return checkOf(found, "band").hint ?? "";
    };
    const zero = <A extends { data: ArrayLike<number> }>(array: A) => ({
      ...array,
      data: new Float64Array(array.data.length),
    });
    assert.match(
      await lost((probe) => ({ ...probe, init_W1: zero(probe.init_W1) })),
      /look at the points for the first weights/i,
    );
    assert.match(
      await lost((probe) => ({ ...probe, A1: zero(probe.A1) })),
      /look at the points for forward propagation/i,
    );
  });
});

Deno.test("predictions of another number than the rows come with the hint of how to predict", async () => {
  await withDataset(async (_, grade) => {
    const found = await grade(({ probe }) => ({
      // np.argmax(P, axis=0)
      probe: probe && {
        ...probe,
        predictions: { ...probe.predictions, shape: [10], data: probe.predictions.data.slice(0, 10) },
      },
    }));
    assert.match(checkOf(found, "argmax").hint ?? "", /axis=1/);
  });
});
