import assert from "node:assert/strict";
import fc from "fast-check";
import { COURSE_ACTIVATIONS } from "../../../src/nn/activation.ts";
import { Arena } from "../../../src/nn/memory.ts";
import { Network } from "../../../src/nn/network.ts";
import { longestRow } from "../../../src/data/dataset.ts";
import { zeroTensors } from "../../../src/nn/weights.ts";
import {
  centralDifference,
  checkGradients,
  differencesBy,
  isSlope,
} from "../../../src/lab/graph/compute/gradient_check.ts";
import { mistakeIn, type MistakeName, MISTAKES } from "../../../src/lab/graph/compute/mistakes.ts";
import { number, softmax } from "../../../src/lab/graph/compute/expression.ts";
import { graphOf, operationsOf } from "../../../src/lab/graph/compute/nodes.ts";
import { drawNet, netFrom, type SmallNet } from "../../../src/lab/graph/compute/small_net.ts";
import { lossOf, walk } from "../../../src/lab/graph/compute/walk.ts";
import { placeRows } from "../../nn/place_rows.ts";
import { exactWorkspace } from "../../nn/workspaces.ts";

/** Every net that the page can show. */
const SHAPES = fc.record({
  inputs: fc.integer({ min: 2, max: 4 }),
  hidden: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
  classes: fc.integer({ min: 2, max: 3 }),
  rows: fc.integer({ min: 2, max: 4 }),
  activation: fc.constantFrom(...COURSE_ACTIVATIONS),
  seed: fc.integer({ min: 0, max: 9999 }),
}).map(({ inputs, hidden, classes, rows, activation, seed }) =>
  drawNet({ sizes: [inputs, ...hidden, classes], rows }, activation, seed)
);

/** Gradients and loss of the engine's network on its plain kernels in float64. */
function byReference({ sizes, rows: count, activation, parameters, labels }: SmallNet, pixels: Uint8Array) {
  const bytes = 1 << 20;
  const workspace = exactWorkspace(bytes);
  const arena = new Arena(0, bytes);
  const images = { features: sizes[0], pixels, labels: Uint8Array.from(labels) };
  const rows = placeRows(workspace, arena, images, "dense");
  const network = new Network(workspace, arena, {
    sizes,
    activation,
    storage: "dense",
    longestRow: longestRow(rows),
    capacity: count,
  });
  network.scale = 64;
  const [block, gradient] = [0, 0].map(() => arena.allocate(network.blockBytes));
  const order = arena.allocate(4 * count);
  workspace.words.set(Array.from({ length: count }, (_, i) => i), order >> 2);
  const tensors = zeroTensors(sizes);
  tensors.forEach(({ data }, i) => data.set(parameters[i].data));
  network.write(block, tensors);
  const sum = network.train(block, { rows, order, B: count }, {
    target: gradient,
    step: 1,
    scale: 1 / count,
    sum: 0,
  });
  return { gradient: network.read(gradient), loss: sum / count };
}

Deno.test("loss and gradients are those of the engine's network in float64, whatever the sizes", () => {
  fc.assert(
    fc.property(SHAPES, fc.infiniteStream(fc.nat(255)), (drawn, numbers) => {
      const pixels = Uint8Array.from(drawn.X.data, () => numbers.next().value);
      // What float32 holds: the reference is written to and read in it.
      const weights = drawn.parameters.flatMap(({ data }) =>
        [...data].map((value) => Math.round(value * 64) / 64)
      );
      const { net } = netFrom(drawn, { x: [...pixels].map((pixel) => pixel / 64), labels: [], weights });
      const { values } = walk(net);
      const { gradient, loss } = byReference(net, pixels);
      assert.ok(Math.abs(values.get("L")!.data[0] - loss) <= 1e-12 * Math.max(1, loss));
      for (const { name, data } of gradient) {
        values.get(`d${name}`)!.data.forEach((value, i) => {
          assert.ok(Math.abs(value - data[i]) <= 1e-7 * Math.max(1, Math.abs(value)), `${name}[${i}]`);
        });
      }
    }),
    { numRuns: 150, seed: 1 },
  );
});

Deno.test("every gradient is its central difference to 1e-5, but where a relu stands at 0", () => {
  let kinks = 0;
  fc.assert(
    fc.property(SHAPES, (net) => {
      for (const { name, gradient, differences, verdict } of checkGradients(net, walk(net))) {
        assert.notEqual(verdict, "wrong", name);
        if (verdict === "kink") kinks++;
        else {
          gradient.data.forEach((value, i) => {
            assert.ok(
              Math.abs(value - differences.data[i]) <= 1e-5 * Math.max(1, Math.abs(value)),
              `${name}[${i}]`,
            );
          });
        }
      }
    }),
    { numRuns: 200, seed: 2 },
  );
  assert.ok(kinks < 20, `${kinks} kinks`);
});

Deno.test("the derivatives by all that lies between are central differences too", () => {
  fc.assert(
    fc.property(SHAPES.filter(({ activation }) => activation !== "relu"), (net) => {
      const { values, makings } = walk(net);
      const between = [...values.keys()].filter((tensor) => /^([PAZ]\d|Yhat)$/.test(tensor));
      assert.equal(between.length, 3 * (net.sizes.length - 1));
      for (const tensor of between) {
        assert.ok(makings.has(`d${tensor}`));
        const found = values.get(`d${tensor}`)!.data;
        differencesBy(net, tensor, values.get(tensor)!).data.forEach((slope, i) => {
          // The loss's second derivative by a probability grows as it vanishes, and the differences' error with it.
          if (tensor === "Yhat" && values.get(tensor)!.data[i] < 0.01) return;
          assert.ok(isSlope(found[i], slope), `d${tensor}[${i}] is ${found[i]}, by differences ${slope}`);
        });
      }
    }),
    { numRuns: 60, seed: 3 },
  );
});

Deno.test("the slope between two losses is that which it is written as", () => {
  const net = drawNet({ sizes: [2, 3, 2], rows: 3 }, "tanh", 0);
  const value = net.parameters[2].data[3];
  const { below, above, slope } = centralDifference(net, { tensor: "W2", index: 3, value });
  assert.equal(slope, (above - below) / 2e-5);
  const { net: moved } = netFrom(net, {
    x: [],
    labels: [],
    weights: net.parameters.flatMap(({ data }, p) => [...p === 2 ? data.with(3, value + 1e-5) : data]),
  });
  assert.equal(above, lossOf(moved));
});

Deno.test("where a relu stands at 0 the check says so, and calls nothing wrong", () => {
  const drawn = drawNet({ sizes: [2, 1, 2], rows: 2 }, "relu", 0);
  const given = { x: [1, 1, 2, 0.5], labels: [], weights: [1, -1, 0, 1, -1, 0, 0] };
  const { net } = netFrom(drawn, given);
  const verdicts = checkGradients(net, walk(net)).map(({ verdict }) => verdict);
  assert.deepEqual(verdicts, ["kink", "kink", "right", "right"]);
});

/** The parameters that a gradient check calls wrong. */
function wrongWith(name: MistakeName | undefined, net: SmallNet): string[] {
  const mistake = name === undefined ? undefined : mistakeIn(operationsOf(graphOf(net)), net, name);
  assert.equal(mistake?.name, name, "it cannot be made here");
  return checkGradients(net, walk(net, mistake))
    .filter(({ verdict }) => verdict === "wrong").map(({ name }) => name);
}

Deno.test("a gradient check finds each mistake, and in the parameters that it reaches alone", () => {
  const net = drawNet({ sizes: [3, 3, 3, 3], rows: 3 }, "tanh", 8);
  const all = ["W1", "B1", "W2", "B2", "W3", "B3"];
  const biases = ["B1", "B2", "B3"];
  const belowTheLast = all.slice(0, 4);
  const expected: Record<MistakeName, string[]> = {
    sum: all,
    sign: all,
    output_slope: all,
    axis: biases,
    no_axis: biases,
    sums_for_outputs: ["W2", "W3"],
    transposed_gradient: ["W1", "W2", "W3"],
    transposed_weights: belowTheLast,
    early: belowTheLast,
    no_slope: belowTheLast,
    slope_of_output: belowTheLast,
    slope_formula: belowTheLast,
  };
  assert.deepEqual(wrongWith(undefined, net), []);
  for (const name of MISTAKES) assert.deepEqual(wrongWith(name, net), expected[name], name);
});

Deno.test("a sum in place of the mean makes gradients n times as large, 1/3 apart by norms for two rows", () => {
  const net = drawNet({ sizes: [2, 3, 2], rows: 2 }, "tanh", 0);
  const mistake = mistakeIn(operationsOf(graphOf(net)), net, "sum");
  for (const { relative } of checkGradients(net, walk(net, mistake))) {
    assert.ok(Math.abs(relative - 1 / 3) < 1e-6);
  }
});

Deno.test("what does not fit the shapes, or would change nothing, is no mistake that can be made", () => {
  const can = (sizes: number[], rows: number, activation: SmallNet["activation"]) => {
    const net = drawNet({ sizes, rows }, activation, 0);
    return MISTAKES.filter((name) => mistakeIn(operationsOf(graphOf(net)), net, name) !== undefined);
  };
  assert.deepEqual(can([2, 3], 4, "tanh"), ["sum", "sign", "output_slope", "no_axis"]);
  assert.deepEqual(can([3, 4, 2], 3, "identity"), ["sum", "sign", "output_slope", "no_axis", "early"]);
  assert.deepEqual(can([2, 3, 3], 3, "tanh"), [...MISTAKES]);
  assert.ok(!can([2, 3, 3], 3, "relu").includes("slope_of_output"));
});

Deno.test("numbers that are given take the place of the drawn ones, or are named where they do not fit", () => {
  const drawn = drawNet({ sizes: [2, 2], rows: 2 }, "tanh", 0);
  const none = { x: [], labels: [], weights: [] };
  assert.deepEqual(netFrom(drawn, none), { net: drawn, misfits: [] });
  const { net, misfits } = netFrom(drawn, { x: [1, 2, 3, 4], labels: [1, 1], weights: [1, 2, 3, 4, 5, 6] });
  assert.deepEqual(misfits, []);
  assert.deepEqual([...net.X.data], [1, 2, 3, 4]);
  assert.deepEqual(net.labels, [1, 1]);
  assert.deepEqual(net.parameters.map(({ data }) => [...data]), [[1, 2, 3, 4], [5, 6]]);
  assert.equal(net.seed, null);
  assert.deepEqual(netFrom(drawn, { x: [1], labels: [0, 2], weights: [1] }), {
    net: drawn,
    misfits: ["x", "labels", "weights"],
  });
});

Deno.test("where a relu may pass its kink no gradient is called wrong, elsewhere a wrong one is", () => {
  const drawn = drawNet({ sizes: [2, 1, 2], rows: 2 }, "relu", 0);
  const verdicts = (a: number, activation: "relu" | "tanh" = "relu") => {
    // One sum of the hidden unit is a, the other 2: w = (1, 0).
    const given = { x: [a, 1, 2, 1], labels: [0, 1], weights: [1, 0, 0, 1, -1, 0, 0] };
    const { net } = netFrom({ ...drawn, activation }, given);
    const mistake = mistakeIn(operationsOf(graphOf(net)), net, "sum");
    return new Set(checkGradients(net, walk(net, mistake)).map(({ verdict }) => verdict));
  };
  // Within 100 h of 0, times the largest input, which is 2.
  assert.deepEqual([...verdicts(0.0019)], ["kink"]);
  assert.deepEqual([...verdicts(-0.0019)], ["kink"]);
  assert.deepEqual([...verdicts(0.0021)], ["wrong"]);
  assert.deepEqual([...verdicts(-0.0021)], ["wrong"]);
  assert.deepEqual([...verdicts(0.0019, "tanh")], ["wrong"]);
});

Deno.test("a weight alone cannot be turned round", () => {
  const offered = (sizes: readonly number[], name: MistakeName) => {
    const net = drawNet({ sizes, rows: 2 }, "tanh", 0);
    return mistakeIn(operationsOf(graphOf(net)), net, name) !== undefined;
  };
  for (const name of ["transposed_gradient", "transposed_weights"] as const) {
    assert.equal(offered([3, 1, 1, 2], name), false);
    assert.equal(offered([3, 2, 2], name), true);
  }
});

Deno.test("the softmax of large sums is that of their differences", () => {
  const row = [1000, 999, -1000].map(number);
  assert.ok(Math.abs(softmax(row, 0).value - 1 / (1 + Math.exp(-1))) < 1e-12);
  assert.ok(Math.abs(softmax(row, 1).value - 1 / (1 + Math.exp(1))) < 1e-12);
  assert.equal(softmax(row, 2).value, 0);
  assert.ok(Math.abs(softmax([-1000, -1000].map(number), 0).value - 0.5) < 1e-12);
});
