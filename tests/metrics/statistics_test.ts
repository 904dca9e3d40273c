import assert from "node:assert/strict";
import fc from "fast-check";
import { RandomState } from "../../src/random/random_state.ts";
import { isBeyondChance, pairCount, pairedDifference } from "../../src/metrics/intervals.ts";
import {
  arctangent,
  centralT,
  criticalT,
  distinct,
  mean,
  sampleStatistics,
} from "../../src/metrics/statistics.ts";
import { type Observation, varianceShares } from "../../src/metrics/variance_shares.ts";
import goldens from "../fixtures/statistics.json" with { type: "json" };

function near(found: number | null, expected: number, tolerance: number, what: string): void {
  assert.ok(
    found !== null && Math.abs(found - expected) <= tolerance * Math.max(1e-3, Math.abs(expected)),
    `${what}: ${found} is not near ${expected}`,
  );
}

Deno.test("criticalT() gives SciPy's quantiles of Student's t", () => {
  for (const { level, degrees, t, scipy } of goldens.critical) {
    near(criticalT(level, degrees), t, 1e-12, `level ${level}, ${degrees} degrees`);
    near(criticalT(level, degrees), scipy, 1e-8, `level ${level}, ${degrees} degrees`);
  }
});

Deno.test("criticalT() gives the printed table's values for 95 %", () => {
  // Abramowitz and Stegun (1964), table 26.10.
  const table = { 1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 9: 2.262, 29: 2.045, 120: 1.98 };
  for (const [degrees, t] of Object.entries(table)) {
    assert.equal(criticalT(0.95, Number(degrees)).toFixed(3), t.toFixed(3));
  }
  assert.equal(criticalT(0, 5), Number.MIN_VALUE);
});

Deno.test("centralT() gives SciPy's probabilities", () => {
  for (const { t, degrees, p } of goldens.central) {
    near(centralT(t, degrees), p, 1e-12, `${t}, ${degrees} degrees`);
  }
  assert.equal(centralT(Infinity, 3), 1);
});

Deno.test("arctangent() is within 2e-16 of Math.atan, relatively to it", () => {
  assert.equal(arctangent(0), 0);
  for (const x of [1e-300, 1e-9, 0.1, 0.5, 0.9999, 1, 1.0001, 2, 10, 1e9, 1e300, Infinity]) {
    near(arctangent(x), Math.atan(x), 5e-16, `arctangent(${x})`);
  }
  fc.assert(fc.property(fc.double({ min: 0, max: 50, noNaN: true }), (x) => {
    assert.ok(Math.abs(arctangent(x) - Math.atan(x)) <= 5e-16 * Math.max(Math.atan(x), 1e-300), `${x}`);
  }));
});

Deno.test("Student's t refuses what it is not defined for", () => {
  const degrees = "Cannot use Student's t: degrees must be a whole number from 1 to 1000000, found ";
  for (const wrong of [0, 1.5, -1, NaN, Infinity]) {
    assert.throws(() => criticalT(0.95, wrong), { name: "RangeError", message: degrees + wrong });
    assert.throws(() => centralT(1, wrong), { name: "RangeError", message: degrees + wrong });
  }
  assert.throws(() => criticalT(1, 3), {
    name: "RangeError",
    message: "Cannot find a critical t: level must be from 0 to below 1, found 1",
  });
  assert.throws(() => centralT(-1, 3), {
    name: "RangeError",
    message: "Cannot find a probability: t must be 0 or more, found -1",
  });
});

Deno.test("pairedDifference() has the mean, deviation and interval of SciPy's, and holds zero where its test says so", () => {
  for (const { a, b, ...expected } of goldens.samples) {
    const found = pairedDifference(a.map((value, i) => value - b[i]));
    assert.equal(found.n, a.length);
    for (const key of ["mean", "sd", "low", "high"] as const) near(found[key], expected[key], 1e-10, key);
    const { low, high } = found;
    assert.equal(low !== null && high !== null && low <= 0 && high >= 0, expected.p >= 0.05);
  }
});

Deno.test("a difference is beyond chance for many pairs at once where SciPy's p is below 5 % over their number", () => {
  assert.deepEqual([1, 2, 3, 27].map(pairCount), [0, 1, 3, 351]);
  const found = new Set<boolean>();
  const samples = [
    ...goldens.samples.map(({ a, b, p }) => ({ differences: a.map((value, i) => value - b[i]), p })),
    // scipy.stats.ttest_1samp(differences, 0).pvalue
    { differences: [-0.01, -0.02, -0.01, -0.015, -0.02], p: 0.002570260765399932 },
  ];
  for (const { differences, p } of samples) {
    const difference = pairedDifference(differences);
    for (const things of [2, 4, 27, 100_000]) {
      const pairs = pairCount(things);
      found.add(isBeyondChance(difference, pairs));
      assert.equal(isBeyondChance(difference, pairs), p < 0.05 / pairs, `${p} of ${pairs}`);
    }
  }
  assert.equal(found.size, 2);
  assert.equal(isBeyondChance(pairedDifference([0.1, 0.1])), false);
});

Deno.test("pairedDifference() has no interval of one pair or of equal differences, and leaves out what is missing", () => {
  assert.deepEqual(pairedDifference([]), { n: 0, mean: null, sd: null, low: null, high: null });
  assert.deepEqual(pairedDifference([0.5, null]), { n: 1, mean: 0.5, sd: null, low: null, high: null });
  assert.deepEqual(pairedDifference([0.1, 0.1, 0.1]), { n: 3, mean: 0.1, sd: 0, low: null, high: null });
  // 1 of 10 right answers each time, as they are rounded: of 0.9 and 0.8 one that is another float64.
  assert.notEqual(0.9 - 0.8, 0.8 - 0.7);
  assert.equal(pairedDifference([0.9 - 0.8, 0.8 - 0.7]).low, null);
});

Deno.test("sampleStatistics() describes the finite values", () => {
  assert.deepEqual(sampleStatistics([3, null, 1, NaN, 2, Infinity]), {
    n: 3,
    mean: 2,
    sd: 1,
    min: 1,
    max: 3,
  });
  assert.deepEqual(sampleStatistics([7]), { n: 1, mean: 7, sd: null, min: 7, max: 7 });
  assert.deepEqual(sampleStatistics([null]), { n: 0, mean: null, sd: null, min: null, max: null });
});

Deno.test("varianceShares() of a balanced grid are those of least squares, and add up to 1", () => {
  const { observations, total, factors, pairs, rest, replicates } = goldens.balanced;
  const found = varianceShares(observations);
  assert.ok(found.balanced);
  near(found.total, total, 1e-12, "total");
  factors.forEach((share, i) => near(found.factors[i], share, 1e-10, `factor ${i}`));
  assert.deepEqual(found.pairs.map((pair) => pair.factors), pairs.map((pair) => pair.factors));
  pairs.forEach(({ share }, i) => near(found.pairs[i].share, share, 1e-10, `pair ${i}`));
  near(found.rest, rest, 1e-9, "rest");
  near(found.replicates, replicates, 1e-10, "replicates");
  const shares = [...found.factors, ...found.pairs.map(({ share }) => share), found.rest, found.replicates];
  near(shares.reduce<number>((sum, share) => sum + (share ?? NaN), 0), 1, 1e-12, "sum");
});

Deno.test("varianceShares() of an unbalanced design are each factor's own, and it says so", () => {
  const { observations, factors } = goldens.unbalanced;
  const found = varianceShares(observations);
  assert.equal(found.balanced, false);
  factors.forEach((share, i) => near(found.factors[i], share, 1e-10, `factor ${i}`));
  assert.deepEqual([found.pairs, found.rest, found.replicates], [[], null, null]);
});

Deno.test("varianceShares() of a grid of which a single run is missing are those of an unbalanced design", () => {
  const runs = ["a", "b"].flatMap((first) => ["x", "y"].flatMap((second) => Array(2).fill([first, second])));
  const grid = runs.map((levels, i): Observation => ({ levels, value: i * i }));
  assert.equal(varianceShares(grid).balanced, true);
  for (let i = 0; i < grid.length; i++) {
    const { balanced, pairs, rest, replicates } = varianceShares(grid.toSpliced(i, 1));
    assert.deepEqual({ balanced, pairs, rest, replicates }, {
      balanced: false,
      pairs: [],
      rest: null,
      replicates: null,
    });
  }
});

Deno.test("varianceShares() of more combinations than a number tells apart are those of an unbalanced design", () => {
  const { observations, factors } = goldens.unbalanced;
  const many = observations.map(({ levels, value }, i): Observation => ({
    levels: [...levels, ...Array.from({ length: 20 }, () => String(i))],
    value,
  }));
  const found = varianceShares(many);
  assert.equal(found.balanced, false);
  factors.forEach((share, i) => near(found.factors[i], share, 1e-10, `factor ${i}`));
  found.factors.slice(factors.length).forEach((share, i) => near(share, 1, 1e-10, `added ${i}`));
});

Deno.test("varianceShares() of equal values have no share, and of nothing are refused", () => {
  const equal: Observation[] = ["a", "b"].map((level) => ({ levels: [level], value: 0.5 }));
  const { total, factors, rest } = varianceShares(equal);
  assert.deepEqual([total, factors[0], rest], [0, null, null]);
  assert.throws(() => varianceShares([]), {
    name: "RangeError",
    message: /^Cannot share a variance: there must be/,
  });
  assert.throws(() => varianceShares([...equal, { levels: [], value: 1 }]), {
    name: "TypeError",
    message: "Cannot share a variance: each observation must have 1 levels, found 0",
  });
});

Deno.test("mean() counts and averages what is there and finite", () => {
  assert.deepEqual(mean([1, null, 2, NaN, 6, Infinity]), { n: 3, mean: 3 });
});

Deno.test("mean() of nothing is null", () => {
  assert.deepEqual(mean([]), { n: 0, mean: null });
  assert.deepEqual(mean([null, NaN]), { n: 0, mean: null });
});

Deno.test("intervals keep within what is possible, and hold the true mean in 93 to 97 % of simulated sweeps", () => {
  const possible = { low: 0, high: 1 };
  assert.deepEqual(pairedDifference([0.96, 0.97]).high?.toFixed(3), "1.029");
  assert.equal(pairedDifference([0.96, 0.97], { possible }).high, 1);
  assert.equal(pairedDifference([0.1, 0.9], { possible }).low, 0);
  assert.deepEqual(pairedDifference([-0.9, 0.9], { possible: { low: -1, high: 1 } }).low, -1);

  // Of each run the true accuracy, a little off by its seed, and what is counted on 1,000 images, by the normal approximation.
  const sweeps = 2000;
  for (const [mean, spread] of [[0.9, 0.01], [0.97, 0.005], [0.5, 0.05]]) {
    for (const seeds of [2, 3, 5, 10]) {
      const random = new RandomState(seeds);
      const run = () => {
        const p = Math.min(1, Math.max(0, mean + spread * random.standardNormal()));
        return Math.min(
          1,
          Math.round(1000 * p + Math.sqrt(1000 * p * (1 - p)) * random.standardNormal()) / 1000,
        );
      };
      const held = { mean: 0, difference: 0 };
      for (let i = 0; i < sweeps; i++) {
        const [a, b] = [0, 1].map(() => Array.from({ length: seeds }, run));
        const { low, high } = pairedDifference(a, { possible });
        if (low !== null && high !== null && low <= mean && mean <= high) held.mean++;
        const of = pairedDifference(a.map((value, j) => value - b[j]), { possible: { low: -1, high: 1 } });
        if (of.low !== null && of.high !== null && of.low <= 0 && of.high >= 0) held.difference++;
      }
      for (const [what, count] of Object.entries(held)) {
        const share = count / sweeps;
        assert.ok(share >= 0.93 && share <= 0.97, `${what} of ${mean} over ${seeds} seeds: ${share}`);
      }
    }
  }
});

Deno.test("the different ones among numbers come once each and ascending, however they stand", () => {
  fc.assert(fc.property(fc.array(fc.nat(8)), fc.boolean(), (numbers, sorted) => {
    const given = sorted ? numbers.toSorted((a, b) => a - b) : numbers;
    assert.deepEqual(distinct(given), [...new Set(numbers)].sort((a, b) => a - b));
  }));
});
