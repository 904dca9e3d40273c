import assert from "node:assert/strict";
import { CASES } from "../../bench/cases.ts";
import { formatResults } from "../../bench/results.ts";
import { median } from "../../bench/statistics.ts";

Deno.test("median() takes the middle of odd and even numbers of values, in numerical order", () => {
  assert.equal(median([10, 9, 100]), 10);
  assert.equal(median([4, 1, 100, 2]), 3);
  assert.throws(() => median([]), RangeError("Cannot take a median: there must be a value, found none"));
});

Deno.test("the report gives the median of the ratios within a round, the rate, and who is missing", () => {
  const benchmark = CASES.find(({ name }) => name === "course-20");
  assert(benchmark);
  const setting = {
    machine: "Abacus",
    versions: "Deno 0",
    date: "2000-01-01",
    data: "MNIST",
    rounds: 3,
    programs: ["ours", "NumPy", "PyTorch", "Theano"].map((name) => ({ name })),
  };
  const outcomes = [
    { program: "Deno 0", epochSeconds: [1, 2, 4] },
    { program: "NumPy 1", epochSeconds: [3, 4, 40] }, // ratios 3, 2, 10; the ratio of the medians is 2
    { failure: "not found" },
    { failure: "Error: out of memory" },
  ];
  const report = formatResults(setting, [{ benchmark, outcomes, profile: null }]);
  const rows = report.split("\n").filter((line) => line.includes("784-400-200-10 tanh |")).map((line) =>
    line.split("|").map((cell) => cell.trim()).slice(2, -1)
  );
  // 48,000 images in 2 s, of 1,746,400 operations each.
  assert.deepEqual(rows, [
    ["20", "24,000", "42", "3.00x", "not found", "failed"],
    ["20", "2.00", "4.00", "not found", "failed"],
  ]);
  assert(report.includes("- PyTorch: not found."));
  assert(report.includes("- Theano: failed in course-20: Error: out of memory."));
});
