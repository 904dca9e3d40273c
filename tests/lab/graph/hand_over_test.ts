import assert from "node:assert/strict";
import { formatAddress, parseAddress, valuesOf } from "../../../src/lab/address/address.ts";
import { drawNet, netFrom } from "../../../src/lab/graph/compute/small_net.ts";
import { GRAPH_FIELDS } from "../../../src/lab/graph/fields.ts";
import { graphParams } from "../../../src/lab/graph/hand_over.ts";
import { initialize } from "../../../src/nn/initialize.ts";
import { RandomState } from "../../../src/random/random_state.ts";

const SIZES = [2, 4, 3, 2];
const drawn = initialize(SIZES, new RandomState(3), { method: "xavier", bias: "zero" });
const network = {
  sizes: SIZES,
  activation: "relu" as const,
  x: [0.5, -0.25, 1 / 3, 0.125],
  labels: [1, 0],
  parameters: drawn.map(({ data }) => data),
};

Deno.test("a network of another page goes through the address with all its float32 numbers", () => {
  const params = graphParams(network);
  assert.ok(params !== undefined);
  const address = parseAddress(formatAddress({ page: "graph", language: null, params }));
  const { values, refused } = valuesOf(GRAPH_FIELDS, address.params);
  assert.deepEqual(refused, []);
  const sizes = [values.inputs, ...values.hidden, values.classes];
  assert.deepEqual(sizes, SIZES);
  const { net, misfits } = netFrom(drawNet({ sizes, rows: values.rows }, values.activation, values.seed), {
    x: values.x,
    labels: values.y,
    weights: values.w,
  });
  assert.deepEqual(misfits, []);
  assert.equal(net.activation, "relu");
  assert.deepEqual(net.labels, network.labels);
  assert.deepEqual(net.parameters.map(({ data }) => Float32Array.from(data)), network.parameters);
  assert.deepEqual(Float32Array.from(net.X.data), Float32Array.from(network.x));
});

Deno.test("a network that is more than the graph shows is not handed over", () => {
  assert.equal(graphParams({ ...network, sizes: [2, 5, 3, 2] }), undefined);
  assert.equal(graphParams({ ...network, sizes: [2, 4, 3, 3, 2] }), undefined);
  assert.equal(graphParams({ ...network, labels: [0, 1, 0, 1, 0] }), undefined);
  assert.equal(graphParams({ ...network, x: [101, 0, 0, 0] }), undefined);
});
