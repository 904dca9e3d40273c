import assert from "node:assert/strict";
import { Arena } from "../../src/nn/memory.ts";
import { Network } from "../../src/nn/network.ts";
import { longestRow } from "../../src/data/dataset.ts";
import { zeroTensors } from "../../src/nn/weights.ts";
import { placeRows, randomImages } from "./place_rows.ts";
import { RandomNumbers } from "./random_numbers.ts";
import { ACTIVATIONS } from "../../src/nn/activation.ts";
import { STORAGES } from "./trainer_setup.ts";
import { compiledWorkspace } from "./workspaces.ts";

Deno.test("what pads a layer's weights stays zero through batches of any size", () => {
  for (const storage of STORAGES) {
    for (const activation of ACTIVATIONS) {
      const sizes = [27, 19, 5, 3];
      const workspace = compiledWorkspace(1 << 20);
      const arena = new Arena(0, workspace.bytes.length);
      const images = randomImages({ count: 9, features: 27, classes: 3, seed: 15 });
      const rows = placeRows(workspace, arena, images, storage);
      const network = new Network(workspace, arena, {
        sizes,
        activation,
        storage,
        longestRow: longestRow(rows),
        capacity: 8,
      });
      network.scale = 255;
      const block = arena.allocate(network.blockBytes);
      const order = arena.allocate(4 * 9);
      for (let i = 0; i < 9; i++) workspace.words[(order >> 2) + i] = i;
      const random = new RandomNumbers(16);
      network.write(block, zeroTensors(sizes).map((t) => ({ ...t, data: random.tame(t.data.length) })));
      for (const B of [8, 5, 1, 8, 3]) {
        network.train(block, { rows, order, B }, { target: block, step: -0.1, scale: 1 / B, sum: 0 });
      }
      network.write(block, zeroTensors(sizes));
      const padding = workspace.words.subarray(block >> 2, (block + network.blockBytes) >> 2);
      assert.ok(padding.every((word) => word === 0), `${storage}, ${activation}`);
    }
  }
});

Deno.test("read() gives back what write() was given, from layers of any shape", () => {
  const random = new RandomNumbers(17);
  for (const storage of STORAGES) {
    for (const sizes of [[1, 2], [31, 17, 2], [16, 32, 48, 5], [40, 33, 100, 3]]) {
      const workspace = compiledWorkspace(1 << 20);
      const arena = new Arena(0, workspace.bytes.length);
      const network = new Network(workspace, arena, {
        sizes,
        activation: "tanh",
        storage,
        longestRow: 9,
        capacity: 4,
      });
      const block = arena.allocate(network.blockBytes);
      const tensors = zeroTensors(sizes).map((t) => ({ ...t, data: random.tame(t.data.length) }));
      network.write(block, tensors);
      assert.deepEqual(network.read(block), tensors);
    }
  }
});

Deno.test("write() refuses weights of another shape or number", () => {
  const workspace = compiledWorkspace(1 << 20);
  const arena = new Arena(0, workspace.bytes.length);
  const options = { activation: "tanh", storage: "sparse", longestRow: 4, capacity: 2 } as const;
  const network = new Network(workspace, arena, { sizes: [4, 3, 2], ...options });
  const block = arena.allocate(network.blockBytes);
  const refused = (sizes: number[], message: string) =>
    assert.throws(() => network.write(block, zeroTensors(sizes)), { name: "TypeError", message });
  refused([4, 5, 2], "Cannot set weights: W1 must have shape (4,3), found (4,5)");
  refused([4, 2], "Cannot set weights: W1 must have shape (4,3), found (4,2)");
  refused([4, 3, 3], "Cannot set weights: W2 must have shape (3,2), found (3,3)");
  assert.throws(() => network.write(block, zeroTensors([4, 3, 2, 2])), TypeError);
});

Deno.test("a network refuses rows that are not stored as it was told", () => {
  for (const [storage, other] of [["sparse", "dense"], ["dense", "sparse"]] as const) {
    const workspace = compiledWorkspace(1 << 20);
    const arena = new Arena(0, workspace.bytes.length);
    const rows = placeRows(
      workspace,
      arena,
      randomImages({ count: 4, features: 4, classes: 2, seed: 1 }),
      other,
    );
    const options = { sizes: [4, 2], activation: "tanh", longestRow: 4, capacity: 2 } as const;
    const network = new Network(workspace, arena, { ...options, storage });
    const block = arena.allocate(network.blockBytes);
    const batch = { rows, order: arena.allocate(8), B: 2 };
    assert.throws(() => network.evaluate(block, batch, { predictions: arena.allocate(2), sum: 0 }), {
      name: "TypeError",
      message: `Cannot run the network: rows must be stored as in its options, found ${other}`,
    });
  }
});
