import assert from "node:assert/strict";
import {
  convergence,
  type EpochMeans,
  epochMeans,
  overfitting,
  RULES,
  trainingFall,
  trend,
  wobble,
} from "../../src/analysis/verdicts.ts";
import { RandomState } from "../../src/random/random_state.ts";
import { parseHistory } from "../../src/tables/history_csv.ts";
import { parseResults } from "../../src/tables/results_csv.ts";
import { divergedRow, runRow } from "../tables/run_rows.ts";

function curve(validation: readonly (number | null)[], training: readonly number[]): EpochMeans[] {
  return validation.map((val_loss, i) => ({
    epoch: i + 1,
    train_loss: training[i],
    val_loss,
    val_accuracy: val_loss === null ? null : 0.9,
  }));
}

const series = (length: number, value: (epoch: number) => number) =>
  Array.from({ length }, (_, i) => value(i + 1));
const kindOf = (
  validation: readonly (number | null)[],
  training = series(validation.length, (e) => 1 / e),
) => [convergence(curve(validation, training)).kind, overfitting(curve(validation, training)).kind];

/** Every order of the numbers 1 to n. */
function orders(n: number): number[][] {
  if (n === 0) return [[]];
  return orders(n - 1).flatMap((order) =>
    Array.from({ length: n }, (_, place) => [...order.slice(0, place), n, ...order.slice(place)])
  );
}

Deno.test("a trend is certain in just the orders of which fewer than 5 % are as well sorted", () => {
  for (const n of [4, 5, 6, 7]) {
    const all = orders(n).map((order) => {
      const rises = order.flatMap((a, i) => order.slice(i + 1).map((b) => Math.sign(b - a)));
      return { order, score: rises.reduce((sum, sign) => sum + sign, 0) };
    });
    for (const { order, score } of all) {
      const chance = all.filter((other) => other.score >= Math.abs(score)).length / all.length;
      assert.equal(trend(order).certain, chance <= 0.05, `${order}: ${chance}`);
    }
  }
});

Deno.test("the change of a line is what it is from end to end, and one wild value moves it little", () => {
  assert.ok(Math.abs(trend([10, 9.8, 9.6, 9.4]).change + 0.6 / 9.7) < 1e-12);
  const { change } = trend([1, 1, 1, 50, 1, 1, 1]);
  assert.equal(change, 0);
  assert.deepEqual(trend([0, 0, 0, 0]), { change: 0, certain: false });
});

Deno.test("a loss that fell over its last third but ends clearly above its lowest is not said to be falling still", () => {
  // Sixty epochs: down to epoch 54, and up again in each of the last six.
  const turned = series(60, (e) => e <= 54 ? 1 / e : 1 / 54 + (e - 54) / 1000);
  const found = convergence(curve(turned, turned));
  assert.ok(found.kind === "turned");
  assert.equal(found.lowest, 54);
  assert.ok(Math.abs(found.rise - 0.006 * 54) < 1e-12, `${found.rise}`);
  const slightly = series(60, (e) => e <= 59 ? 1 / e : 1.04 / 59);
  assert.equal(convergence(curve(slightly, slightly)).kind, "falling");
});

Deno.test("wobble() is about the standard deviation of noise on any smooth course", () => {
  const random = new RandomState(0);
  const noise = series(400, (e) => 3 / e + 1 + 0.1 * random.standardNormal());
  assert.ok(Math.abs(wobble(noise) - 0.1) < 0.015, `${wobble(noise)}`);
  assert.equal(wobble([1, 2]), 0);
});

Deno.test("a loss that falls to the end has not converged, one that stays has, and says since when", () => {
  assert.deepEqual(kindOf(series(10, (e) => 1 / e)), ["falling", "none"]);
  assert.deepEqual(kindOf(series(5, (e) => 0.3 ** e)), ["falling", "none"]);
  const flat = convergence(curve(series(20, (e) => Math.max(0.3, 1 / e)), series(20, (e) => 1 / e)));
  assert.deepEqual(flat, { kind: "flat", metric: "val_loss", change: 0, since: 4 });
  // A slow fall is no flat loss, however many epochs it takes.
  assert.equal(kindOf(series(200, (e) => 0.998 ** e))[0], "falling");
  assert.equal(kindOf(series(200, (e) => 0.9999 ** e))[0], "slow");
});

Deno.test("what has hardly begun has not converged, what is done has, however surely its loss still falls a little", () => {
  // Gradient descent on 0.5 + w²/2 from 1, whose loss is known: with rates a thousandfold apart it is begun, under way, and done.
  const descent = (rate: number, epochs: number) => series(epochs, (e) => 0.5 + (1 - rate) ** (2 * e) / 2);
  const judged = (values: number[]) => kindOf(values, values)[0];
  assert.equal(judged(descent(0.0003, 20)), "slow");
  assert.equal(judged(descent(0.0003, 2000)), "falling");
  assert.equal(judged(descent(0.03, 200)), "flat");
  // Falling to the last bit, as without noise it always does.
  assert.ok(trend(descent(0.03, 200).slice(-67)).certain);
  const found = convergence(curve(descent(0.0003, 30), descent(0.0003, 30)));
  assert.ok(found.kind === "slow");
  // Of 29 steps 9 are in the window, all nearly as long.
  assert.deepEqual([found.since, Math.round(100 * found.part)], [21, 31]);
  // An overfitted loss that comes down again a little is no slow learner's.
  assert.equal(kindOf([1, 0.5, 0.9, 2, 2, 2, 2, 2, 1.999, 1.998, 1.997, 1.996])[0], "flat");
});

Deno.test("a loss is flat where all of it is as near its median as the rule says, and has not settled otherwise", () => {
  // After its fall it swings by 24 % about a level that it keeps.
  const swings = series(18, (e) => e < 4 ? 2 / e : 0.5 * (e % 2 === 0 ? 1.12 : 0.88));
  const found = convergence(curve(swings, swings));
  assert.ok(found.kind === "stray");
  assert.deepEqual([found.since, Math.abs(found.change) < RULES.flat], [13, true]);
  // One loss of the last six is the edge: 2 % above the others' median is within, more is not.
  const last = (value: number) => series(18, (e) => e < 4 ? 200 / e : e === 15 ? value : 50);
  assert.equal(kindOf(last(51))[0], "flat");
  assert.equal(kindOf(last(51.001))[0], "stray");
});

Deno.test("what falls by a tenth or more of all its fall hardly moves, by less is still, and by no more than all", () => {
  // The last four fall by 3 d about 1, exactly; the first lies above the last by `all`.
  const d = 2 ** -10;
  const falls = (all: number) => {
    const end = 1 - 1.5 * d;
    return convergence(curve(series(12, (e) => e > 8 ? 1 + (10.5 - e) * d : end + all), series(12, () => 1)));
  };
  const edge = falls(30 * d);
  assert.ok(edge.kind === "slow");
  assert.equal(edge.part, 0.1);
  assert.equal(falls(31 * d).kind, "still");
  const more = falls(d);
  assert.ok(more.kind === "slow");
  assert.equal(more.part, 1);
});

Deno.test("a loss that nothing has moved since the first epoch says neither that it converged nor that it did not", () => {
  const random = new RandomState(2);
  const still = series(20, () => 0.65 + 0.001 * random.standardNormal());
  assert.equal(kindOf(still, still)[0], "still");
  assert.equal(kindOf(series(10, () => 2.302), series(10, () => 2.302))[0], "still");
  // Done within the first epoch, over which its mean tells so.
  assert.equal(kindOf(still, series(20, (e) => e === 1 ? 1.2 : 0.65))[0], "flat");
});

Deno.test("what training loss falls in an epoch is its slope at the end, over any number of epochs", () => {
  const fall = (training: number[]) => trainingFall(curve(training, training));
  for (const epochs of [2, 10, 400]) {
    const found = fall(series(epochs, (e) => 9 - e / 100));
    assert.ok(found !== null && Math.abs(found - 0.01) < 1e-5, `${epochs}: ${found}`);
  }
  assert.equal(fall([1]), null);
});

Deno.test("a validation loss above its lowest lacks something where that is no overfitting: a rise, one above chance, or time", () => {
  const lacks = (validation: number[]) => {
    const found = overfitting(curve(validation, series(validation.length, (e) => 1 / e)));
    return found.kind === "none" ? found.lacks : found.kind;
  };
  assert.equal(lacks(series(20, (e) => 0.3 + 0.0001 * (e - 8) ** 2)), "rise");
  const wild = [...series(10, (e) => 1 / e), ...series(10, (e) => e % 2 === 0 ? 0.2 : 0.12)];
  assert.equal(lacks(wild), "wobbles");
  assert.equal(lacks([1, 0.5, 0.4, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.9]), "epochs");
  assert.equal(lacks(series(20, (e) => 0.3 + 0.004 * (e - 8) ** 2)), "overfitting");
});

Deno.test("too few epochs say nothing, and what does not validate is judged by training loss", () => {
  assert.deepEqual(kindOf([1, 0.5, 0.4, 0.3]), ["few", "few"]);
  assert.deepEqual(convergence([]), { kind: "few", epochs: 0 });
  const unvalidated = curve([null, null, null, null, null], [5, 4, 3, 2, 1]);
  assert.deepEqual(overfitting(unvalidated), { kind: "unvalidated" });
  const found = convergence(unvalidated);
  assert.ok(found.kind === "falling" && found.metric === "train_loss");
  assert.deepEqual(overfitting([]), { kind: "unvalidated" });
});

Deno.test("validation loss that turns while training loss falls is overfitting; where that rises too, it is unstable", () => {
  const turning = series(20, (e) => 0.3 + 0.004 * (e - 8) ** 2);
  assert.deepEqual(kindOf(turning), ["rising", "overfitting"]);
  const found = overfitting(curve(turning, series(20, (e) => 1 / e)));
  assert.ok(found.kind === "overfitting");
  assert.equal(found.lowest.epoch, 8);
  assert.ok(Math.abs(found.rise - 0.004 * 144 / 0.3) < 1e-9);
  assert.equal(kindOf(turning, turning)[1], "unstable");
  // A rise of less than the margin is none, nor one that the last epochs do not all show.
  assert.equal(kindOf(series(20, (e) => 0.3 + 0.0001 * (e - 8) ** 2))[1], "none");
  assert.equal(kindOf([1, 0.5, 0.4, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.9])[1], "none");
});

Deno.test("validation loss below training loss early, as an average over the epoch makes it, is nothing bad", () => {
  const validation = [0.67, 0.4, 0.34, 0.3, 0.28, 0.27];
  const training = [1.63, 0.51, 0.38, 0.33, 0.29, 0.27];
  assert.deepEqual(kindOf(validation, training), ["falling", "none"]);
});

Deno.test("noise without a trend is called a trend in about one of ten windows, and hardly ever overfitting", () => {
  const random = new RandomState(1);
  let [trends, overfitted] = [0, 0];
  const times = 1000;
  for (let i = 0; i < times; i++) {
    const [convergence, overfitting] = kindOf(series(12, () => 1 + 0.1 * random.standardNormal()));
    if (convergence === "falling" || convergence === "rising") trends++;
    if (overfitting === "overfitting") overfitted++;
  }
  // One side has 1/24 by four values, so both have 83 of 1,000.
  assert.ok(trends < 115, `${trends}`);
  assert.ok(overfitted < 15, `${overfitted}`);
});

Deno.test("several seeds are judged by means, of those that ended ok and epochs that all have", () => {
  const row = (seed: number, epoch: number, loss: number) => (
    { trial: 0, seed, epoch, train_loss: loss, val_loss: loss, val_accuracy: 0.5, learning_rate: null }
  );
  const history = [row(0, 1, 1), row(0, 2, 0.5), row(1, 1, 3), row(1, 2, 1.5), row(1, 3, 1), row(2, 1, 100)];
  const runs = [runRow({ seed: 0 }), runRow({ seed: 1 }), divergedRow({ seed: 2 })];
  assert.deepEqual(epochMeans(history, runs).map(({ epoch, val_loss }) => [epoch, val_loss]), [[1, 2], [
    2,
    1,
  ]]);
  assert.deepEqual(epochMeans(history, [divergedRow({ seed: 2 })]), []);
});

Deno.test("a constant course or one of 10,000 epochs is judged in no time", () => {
  assert.deepEqual(kindOf(series(10_000, () => 2.302), series(10_000, () => 2.302)), ["still", "none"]);
  assert.equal(kindOf(series(10_000, (e) => 1 / e))[0], "falling");
});

for (
  const [name, expected] of [
    ["course-3", ["few", "few"]],
    ["quickstart", ["falling", "none"]],
    ["sweep", ["falling", "none"]],
  ] as const
) {
  const at = new URL(`../../results/reference/${name}/`, import.meta.url);
  Deno.test(`the best trial of results/reference/${name} is judged as one sees it`, async () => {
    const rows = parseResults(await Deno.readTextFile(new URL("results.csv", at)));
    const history = parseHistory(await Deno.readTextFile(new URL("history.csv", at)));
    const best = rows.reduce((a, b) => (b.val_accuracy ?? 0) > (a.val_accuracy ?? 0) ? b : a);
    const course = epochMeans(history, rows.filter(({ trial }) => trial === best.trial));
    assert.deepEqual([convergence(course).kind, overfitting(course).kind], expected);
    assert.equal(course.length < RULES.minEpochs, name === "course-3");
  });
}
