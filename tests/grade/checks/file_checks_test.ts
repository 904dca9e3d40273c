import assert from "node:assert/strict";
import { fractionOf, ratioOf } from "../../../src/grade/checks/constant_ratio.ts";
import { unusable } from "../../../src/grade/checks/probabilities.ts";
import { probeBatch } from "../../../src/grade/batch.ts";
import { forward } from "../../../src/grade/reference/network.ts";
import type { GradeDataset, GradeEngine, TrainingSettings } from "../../../src/grade/engine.ts";
import type { Submission, SubmittedArray } from "../../../src/grade/submission.ts";
import { tensor } from "../../../src/grade/tensors.ts";
import { RandomState } from "../../../src/random/random_state.ts";
import { openSubmission } from "../../../pipeline/grade/submission/open_submission.ts";
import { FAKE_ENGINE } from "../fake_engine.ts";
import { check, history } from "./check_of_files.ts";

Deno.test("the training loss may be taken before each step or after the epoch", async () => {
  for (
    const [train, says] of [["0.3", "those of our run, to"], ["0.28", "those of our run after each epoch"]]
  ) {
    const { points, reason } = await check("history", { history: history(train, "0.2") });
    assert.equal(points, 8);
    assert.ok(reason.includes(says), reason);
  }
});

Deno.test("without validation losses the training losses give their part of the points", async () => {
  const { points, reason } = await check("history", { history: history("0.3", "") });
  assert.equal(points, 5.6);
  assert.match(reason, /There are no validation losses; the training losses give their part/);
});

/** An engine whose runs depend on the seed of the first weights: the fake one's with the course's, others so many times as large. */
function seededEngine(factor: number): { engine: GradeEngine; asked: number[] } {
  const asked: number[] = [];
  const engine: GradeEngine = {
    ...FAKE_ENGINE,
    async trace(settings, seeds) {
      asked.push(seeds.init);
      const trace = await FAKE_ENGINE.trace(settings, seeds);
      if (!trace.ok || seeds.init === 0) return trace;
      const scaled = trace.value.map((epoch) =>
        Object.fromEntries(Object.entries(epoch).map(([name, loss]) => [name, factor * (loss ?? NaN)]))
      );
      return { ok: true, value: scaled as unknown as typeof trace.value };
    },
  };
  return { engine, asked };
}

const OWN_SEEDS = { seeds: { split: 0, init: 7, shuffle: 7 } };

Deno.test("a curve that is as near to our run with the course's seeds as other seeds come needs no run of its own", async () => {
  const { engine, asked } = seededEngine(1.03);
  const { points, reason } = await check("history", { history: history("0.309", "0.206") }, {
    engine,
    manifest: OWN_SEEDS,
  });
  assert.deepEqual([points, asked], [8, [0]]);
  assert.match(reason, /training losses are near those of our run with the same settings, 3 % off/);
});

Deno.test("a curve that is further off is compared with our own run of its seeds", async () => {
  const { engine, asked } = seededEngine(1.5);
  const given = { engine, manifest: OWN_SEEDS };
  const right = await check("history", { history: history("0.45", "0.3") }, given);
  assert.deepEqual([right.points, new Set(asked)], [8, new Set([0, 7])]);
  assert.match(right.reason, /training losses are those of our run, to less than 0\.01 %/);
  const last = await check("history", { history: history("0.75", "0.3") }, given);
  assert.deepEqual([last.points, last.mistakes], [4, ["last_batch_loss"]]);
  const far = await check("history", { history: history("3", "0.3") }, given);
  assert.deepEqual([far.points, far.mistakes], [4, []]);
});

Deno.test("a network that overfits, for a mistake that is charged elsewhere, is not charged for its curve as well, and a claim is", async () => {
  const summed = new URL("../submissions/artifact-gradient-summed", import.meta.url).pathname;
  const { probe, weights } = await openSubmission(summed);
  const dataset = await FAKE_ENGINE.dataset("mnist");
  assert.ok(dataset.ok);
  // The weights' loss is 0.2 on the images that were set aside, and 0.02 on the others.
  const value: GradeDataset = {
    ...dataset.value,
    validate: (network, images) => {
      const found = dataset.value.validate(network, images);
      return found && { ...found, loss: "rows" in images ? 0.02 : 0.2 };
    },
  };
  const engine: GradeEngine = { ...FAKE_ENGINE, dataset: () => Promise.resolve({ ok: true, value }) };
  const given = { engine, manifest: { hidden: [8, 8] } };
  const curve = (train: string, validation: string) => ({
    header: ["epoch", "train_loss", "val_loss"],
    rows: [["1", "1.5", "1"], ["2", "0.9", "0.8"], ["3", train, validation]],
  });
  const right = await check("history", { probe, weights, history: curve("0.03", "0.2") }, given);
  assert.equal(right.points, 8, right.reason);
  assert.equal(right.reason.match(/Right, given a mistake that is counted elsewhere/g)?.length, 1);
  for (const [train, validation] of [["0.003", "0.2"], ["0.03", "0.5"], ["0.9", "0.2"]]) {
    const forged = await check("history", { probe, weights, history: curve(train, validation) }, given);
    assert.ok(forged.points < 8, `${train} ${validation}: ${forged.reason}`);
  }
});

Deno.test("a learning curve of 200,000 epochs is compared, and overflows no stack", async () => {
  const epochs = 200_000;
  const rows = Array.from({ length: epochs }, (_, i) => [String(i + 1), "0.3", "0.2"]);
  const [epoch] = await FAKE_ENGINE.trace({ epochs: 1 } as TrainingSettings, {
    split: 0,
    init: 0,
    shuffle: 0,
  })
    .then((trace) => trace.ok ? trace.value : []);
  const engine = {
    ...FAKE_ENGINE,
    trace: () => Promise.resolve({ ok: true as const, value: rows.map(() => epoch) }),
  };
  const long = { header: ["epoch", "train_loss", "val_loss"], rows };
  const { status, reason } = await check("history", { history: long }, { engine });
  assert.equal(status, "partial", reason);
  assert.match(reason, /^history\.csv must have the epochs 1 to 3 of the manifest, found 200000 rows\./);
  assert.match(reason, /The training losses are those of our run, to less than 0\.01 %\./);
});

Deno.test("a loss that is not finite is no loss, in some rows or for training", async () => {
  const some = { header: ["epoch", "train_loss", "val_loss"], rows: [["1", "1", ""], ["2", "1", "1"]] };
  for (const given of [some, history("nan", "nan")]) {
    const { points, reason } = await check("history", { history: given });
    assert.equal(points, 0);
    assert.match(reason, /^history\.csv must have finite losses/);
  }
});

/** First parameters of a network 784-8-8-10, weights and biases drawn with these deviations, layer by layer. */
function first(
  weights: readonly number[],
  bias: (random: RandomState) => number,
): Record<string, SubmittedArray> {
  const random = new RandomState(1);
  const sizes = [784, 8, 8, 10];
  return Object.fromEntries(weights.flatMap((sigma, l) => {
    const shape = [sizes[l], sizes[l + 1]];
    const W = tensor(shape, () => sigma * random.standardNormal());
    const B = tensor([sizes[l + 1]], () => bias(random));
    return [[`init_W${l + 1}`, { ...W, dtype: "<f8" }], [`init_B${l + 1}`, { ...B, dtype: "<f8" }]] as const;
  }));
}

const moments = (probe: Record<string, SubmittedArray>) =>
  check("moments", { probe }, { manifest: { hidden: [8, 8], sigma: 0.01 } });

Deno.test("biases of 0 or 1 are named as such, and nothing is said of the weights", async () => {
  for (const [value, id] of [[0, "biases_start_at_zero"], [1, "biases_start_at_one"]] as const) {
    const { points, mistakes, reason } = await moments(first([0.01, 0.01, 0.01], () => value));
    assert.deepEqual([points, mistakes], [4.5, [id]]);
    assert.doesNotMatch(reason, /the weights/);
  }
});

Deno.test("weights of Xavier's deviations are not taken for a mistake with sigma, though one is near it", async () => {
  const { points, mistakes } = await moments(first([0.0357, 0.1, 0.354], (r) => 0.01 * r.standardNormal()));
  assert.deepEqual([points, mistakes], [1.5, []]);
});

Deno.test("weights that are drawn by layer are called what they are, and biases of 0 go with them", async () => {
  // 784-8-8-10: He sqrt(2 / below), Xavier sqrt(1 / below), Glorot sqrt(2 / (below + units)).
  for (
    const [name, deviations] of [
      ["He", [0.0505, 0.5, 0.5]],
      ["Xavier", [0.0357, 0.3536, 0.3536]],
      ["Glorot", [0.0503, 0.3536, 0.3333]],
    ] as const
  ) {
    for (const manifest of [{ hidden: [8, 8] }, { hidden: [8, 8], sigma: 0.01 }]) {
      const probe = first([...deviations], () => 0);
      const { points, mistakes, reason, hint } = await check("moments", { probe }, { manifest });
      assert.deepEqual([points, mistakes], [1.5, []], reason);
      assert.match(reason, new RegExp(`drawn by layer, as ${name}'s initialisation`));
      assert.doesNotMatch(`${reason} ${hint}`, /manifest|standard errors/);
    }
    const ones = await moments(first([...deviations], () => 1));
    assert.deepEqual([ones.points, ones.mistakes], [0, ["biases_start_at_one"]]);
  }
});

Deno.test("nobody who left sigma out of the manifest is told to have mistaken it, but is asked for it", async () => {
  for (const [sigma, id] of [[0.1, "sigma_as_variance"], [1, "sigma_ignored"]] as const) {
    const probe = first([sigma, sigma, sigma], (r) => sigma * r.standardNormal());
    const { mistakes } = await moments(probe);
    assert.deepEqual(mistakes, [id]);
    const unstated = await check("moments", { probe }, { manifest: { hidden: [8, 8] } });
    assert.deepEqual([unstated.mistakes, unstated.points], [[], 0]);
    assert.match(unstated.reason, /manifest\.yaml does not say sigma, so 0\.01 is taken for it\./);
    assert.match(unstated.hint ?? "", /write it into manifest\.yaml as sigma\./);
    const right = await check("moments", { probe }, { manifest: { hidden: [8, 8], sigma } });
    assert.equal(right.points, 6);
  }
  const probe = first([0.01, 0.01, 0.01], () => 0);
  const { reason } = await check("moments", { probe }, { manifest: { hidden: [8, 8] } });
  assert.doesNotMatch(reason, /does not say sigma/);
});

Deno.test("a logarithm that is kept from 0 as the hint says is right, of ReLU's small probabilities too", async () => {
  const { probabilities } = forward(probeBatch(), "relu");
  const { Y } = probeBatch();
  const own = [...probabilities.data].filter((_, i) => Y.data[i] === 1);
  const lossOf = (kept: (p: number) => number) =>
    -own.reduce((sum, p) => sum + Math.log(kept(p)), 0) / own.length;
  const points = async (loss: number) => {
    const probe = {
      probabilities: { ...probabilities, dtype: "<f8" },
      loss: { shape: [], data: Float64Array.of(loss), dtype: "<f8" },
    };
    return (await check("value", { probe }, { manifest: { activation: "relu" } })).points;
  };
  for (const e of [0, 1e-12, 1e-8, 1e-7, 1e-6]) {
    const ways = [
      (p: number) => p + e,
      (p: number) => Math.max(p, e),
      (p: number) => Math.min(Math.max(p, e), 1 - e),
    ];
    for (const [i, way] of ways.entries()) assert.equal(await points(lossOf(way)), 10, `${i}, ${e}`);
  }
  for (const e of [1e-5, 1e-3]) assert.equal(await points(lossOf((p) => p + e)), 0, String(e));
  for (const factor of [0.98, 1.001]) {
    assert.equal(await points(factor * lossOf((p) => p)), 0, String(factor));
  }
});

Deno.test("a band of 5 runs is as wide as Student's t asks, so that one right run in a thousand falls out of it", async () => {
  // The fake engine's runs reach 0.90 to 0.94: 0.92 on the average, with a standard deviation of sqrt(0.00025).
  const dataset = await FAKE_ENGINE.dataset("mnist");
  assert.ok(dataset.ok);
  const deviation = Math.sqrt(0.00025);
  const at = async (accuracy: number) => {
    const value: GradeDataset = {
      ...dataset.value,
      evaluate: () => ({ loss: 0.1, accuracy, predictions: new Uint8Array(10).fill(3) }),
    };
    const engine: GradeEngine = { ...FAKE_ENGINE, dataset: () => Promise.resolve({ ok: true, value }) };
    const weights = first([0.01, 0.01, 0.01], () => 0);
    const trained = Object.fromEntries(Object.entries(weights).map(([name, w]) => [name.slice(5), w]));
    return await check("band", { weights: trained }, { engine, manifest: { hidden: [8, 8] } });
  };
  // Of the tables: 0.1 % of t with 4 degrees lies above 7.173.
  const half = 7.173 * Math.sqrt(6 / 5) * deviation;
  assert.equal((await at(0.92 - 0.999 * half)).points, 8);
  const below = await at(0.92 - 1.01 * half);
  assert.ok(below.points < 8 && below.points > 7.9, below.reason);
  assert.match(
    below.hint ?? "",
    new RegExp(
      `a right program nearly always comes out within the band, at least ${(0.92 - half).toPrecision(4)}`,
    ),
  );
});

/** Losses of training and validation by epoch. */
function curve(...rows: readonly (readonly [number, number])[]) {
  return {
    header: ["epoch", "train_loss", "val_loss"],
    rows: rows.map(([train, validation], i) => [String(i + 1), String(train), String(validation)]),
  };
}

/** What history.csv gets beside first parameters, trained ones, and an engine whose run has 0.3 and 0.2, and weights that have 0.1. */
function historyBeside(probe: Record<string, SubmittedArray>, history: Submission["history"]) {
  const weights = Object.fromEntries(Object.entries(probe).map(([name, array]) => [name.slice(5), array]));
  return check("history", { probe, weights, history }, { manifest: { hidden: [8, 8], sigma: 0.01 } });
}

Deno.test("biases that start at 0 excuse no invented curve, as a network learns with them as ours does", async () => {
  const zero = first([0.01, 0.01, 0.01], () => 0);
  const invented = await historyBeside(zero, curve([1000, 77], [2000, 77], [0.15, 0.1]));
  assert.ok(invented.points < 2, invented.reason);
  assert.doesNotMatch(invented.reason, /counted elsewhere/);
  assert.equal((await historyBeside(zero, curve([0.32, 0.21], [0.29, 0.19], [0.31, 0.2]))).points, 8);
});

Deno.test("a start that does change a training excuses its curve, but none that jumps, rises or is not above 0", async () => {
  const xavier = first([0.0357, 0.1, 0.354], () => 0);
  const honest = await historyBeside(xavier, curve([1.1, 0.6], [0.4, 0.3], [0.15, 0.1]));
  assert.equal(honest.points, 8, honest.reason);
  assert.match(honest.reason, /an error in the training that is counted elsewhere/);
  for (
    const rows of [
      [[1000, 77], [2000, 77], [0.15, 0.1]],
      [[0.01, 0.6], [0.1, 0.3], [0.15, 0.1]],
      [[1.1, 0.01], [0.4, 0.04], [0.15, 0.1]],
      [[1.1, 0.6], [-0.4, 0.3], [0.15, 0.1]],
    ] as const
  ) {
    const { points, reason } = await historyBeside(xavier, curve(...rows));
    assert.ok(points < 8, `${rows}: ${reason}`);
    assert.doesNotMatch(reason, /counted elsewhere/);
  }
});

Deno.test("losses near 0 may be further off than a share of them, as another order of the images makes them", async () => {
  const small = { train_loss: 0.011, train_loss_after: 0.009, val_loss: 0.08, last_batch_loss: 0.03 };
  const engine: GradeEngine = {
    ...FAKE_ENGINE,
    trace: ({ epochs }) => Promise.resolve({ ok: true, value: Array.from({ length: epochs }, () => small) }),
  };
  // Of a right program that shuffles anew in each epoch: 29 % off.
  const pointsOf = async (train: number) =>
    (await check("history", { history: history(String(train), "0.08") }, { engine })).points;
  assert.equal(await pointsOf(0.011 * 1.29), 8);
  assert.equal(await pointsOf(0.011 * 0.71), 8);
  assert.equal(await pointsOf(0.03 * 1.1), 4);
});

Deno.test("how a loss is to be measured is the hint only where the other loss is right", async () => {
  const hintOf = async (train: string, validation: string) =>
    (await check("history", { history: history(train, validation) })).hint;
  assert.match(await hintOf("0.9", "0.2") ?? "", /^An epoch's training loss is the mean/);
  assert.match(await hintOf("0.3", "0.9") ?? "", /^Measure the validation loss after each epoch/);
  assert.match(await hintOf("0.9", "0.9") ?? "", /^Our run has the settings of manifest\.yaml/);
  assert.match(await hintOf("0.5", "0.9") ?? "", /^Add up the loss of every batch/);
});

Deno.test("a constant factor is found where it is one, and is written as a fraction of sizes", () => {
  const expected = tensor([4], (i) => i + 1);
  const times = (factor: number) => ratioOf(tensor([4], (i) => factor * (i + 1)), expected, 1e-4);
  assert.deepEqual([times(1.25), times(-1), times(0), times(1e-300)], [1.25, -1, 0, null]);
  assert.equal(ratioOf(tensor([4], (i) => i + 1.1), expected, 1e-4), null);
  assert.equal(ratioOf(tensor([1], () => 3), tensor([1], () => 2), 1e-4), null);
  assert.equal(fractionOf(1.25, [20, 30, 16], 1e-4), "20/16");
  assert.equal(fractionOf(20, [20, 30, 16], 1e-4), null);
  assert.equal(fractionOf(1.234, [20, 30, 16], 1e-4), null);
});

Deno.test("own probabilities count only if finite, summing to 1, without a tie, and not the same for all rows", () => {
  const rows = (...data: number[]) => unusable({ shape: [2, 3], data: Float64Array.from(data) });
  assert.equal(rows(0.2, 0.5, 0.3, 0.6, 0.3, 0.1), null);
  assert.equal(rows(0.2, NaN, 0.3, 0.6, 0.3, 0.1), "notFinite");
  assert.equal(rows(0.2, 0.5, 0.5, 0.6, 0.3, 0.1), "noSum");
  assert.equal(rows(0.4, 0.4, 0.2, 0.6, 0.3, 0.1), "tie");
  assert.equal(rows(0.2, 0.5, 0.3, 0.2, 0.5, 0.3), "constant");
});

Deno.test("reasons and hints of the same findings are there in Japanese", async () => {
  const { reason, hint } = await check("history", { history: history("0.5", "0.2") }, { language: "ja" });
  assert.equal(
    reason,
    "history.csv に 3 エポック分がそろっています。訓練損失は、同じ設定での採点側の学習と平均 66.67% 違います。" +
      "次の誤りがあるときに、この値になります：最後のバッチの損失がエポックの損失として記録されている。" +
      "検証損失は採点側の学習と一致しています（差は 0.01% 未満）。",
  );
  assert.match(hint ?? "", /全行数で割ってください。$/);
});
