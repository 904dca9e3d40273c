import assert from "node:assert/strict";
import { activationOf, ACTIVATIONS, type Activations } from "../../src/nn/activation.ts";
import { Arena, type Workspace } from "../../src/nn/memory.ts";
import { Network } from "../../src/nn/network.ts";
import { longestRow, type Rows } from "../../src/data/dataset.ts";
import { type Tensor, zeroTensors } from "../../src/nn/weights.ts";
import { placeRows, randomImages } from "./place_rows.ts";
import { RandomNumbers } from "./random_numbers.ts";
import { compiledWorkspace, exactWorkspace } from "./workspaces.ts";

const MEMORY = 1 << 20;
const ROWS = 5;
/** A step of the differences. Weights are multiples of it, so that those beside them are float32 too. */
const H = 2 ** -10;

interface Setting {
  /** From the features to the classes. */
  sizes: number[];
  activation: Activations;
  storage: Rows["storage"];
  /** What the gradient of the summed loss is multiplied by: 1 / B for the mean, 1 for the sum. */
  scale: number;
}

/** One to three hidden layers; fewer units than a panel has, one panel of each width, and both. */
const HIDDEN = [[6, 5, 3], [19, 17, 2], [6, 5, 4, 3], [4, 18, 17, 3], [5, 4, 6, 3, 2]];
const NETWORKS: { name: string; activation: Activations; shapes: number[][] }[] = [
  { name: "softmax regression", activation: "identity", shapes: [[7, 3], [20, 17], [5, 33]] },
  ...ACTIVATIONS.map((activation, i) => ({
    name: `networks of ${activation} layers`,
    activation,
    // What a layer does besides is the same for all.
    shapes: i < 4 ? HIDDEN : HIDDEN.slice(2, 4),
  })),
  { name: "an activation a layer", activation: ["tanh", "relu", "sigmoid"], shapes: HIDDEN },
  { name: "another one a layer", activation: ["relu", "identity", "tanh"], shapes: HIDDEN },
  {
    name: "those that keep derivatives beside others",
    activation: ["gelu", "elu", "softplus"],
    shapes: HIDDEN,
  },
];

/** A network's shapes, each on sparse and on dense rows, one with the gradient of the mean and one of the sum. */
function settingsOf({ activation, shapes }: { activation: Activations; shapes: number[][] }): Setting[] {
  return shapes.flatMap((sizes, i) => {
    const [first, second] = i % 2 === 0 ? [1 / ROWS, 1] : [1, 1 / ROWS];
    return [
      { sizes, activation, storage: "sparse", scale: first },
      { sizes, activation, storage: "dense", scale: second },
      { sizes, activation, storage: "real", scale: first },
    ];
  });
}

function describe({ sizes, activation, storage, scale }: Setting): string {
  return `${sizes.join("-")}, ${activation}, ${storage}, ${scale === 1 ? "sum" : "mean"}`;
}

/** A network on a batch of ROWS random rows in a workspace's memory. */
class Bench {
  readonly #workspace: Workspace;
  readonly #network: Network;
  readonly #block: number;
  readonly #gradient: number;
  readonly #predictions: number;
  readonly #batch;
  readonly #scale: number;

  constructor(workspace: Workspace, { sizes, activation, storage, scale }: Setting) {
    const [features, classes] = [sizes[0], sizes[sizes.length - 1]];
    const arena = new Arena(0, workspace.bytes.length);
    const images = randomImages({ count: ROWS, features, classes, seed: 10 });
    const rows = placeRows(workspace, arena, images, storage);
    this.#workspace = workspace;
    this.#scale = scale;
    this.#network = new Network(workspace, arena, {
      sizes,
      activation,
      storage,
      longestRow: longestRow(rows),
      capacity: ROWS,
    });
    this.#network.scale = 255;
    this.#block = arena.allocate(this.#network.blockBytes);
    this.#gradient = arena.allocate(this.#network.blockBytes);
    const order = arena.allocate(4 * ROWS);
    this.#predictions = arena.allocate(ROWS);
    this.#batch = { rows, order, B: ROWS };
    workspace.words.set([4, 2, 0, 3, 1], order >> 2);
  }

  set weights(tensors: readonly Tensor[]) {
    this.#network.write(this.#block, tensors);
  }

  /** What is minimized: the batch's summed loss times the scale. */
  get loss(): number {
    const place = { predictions: this.#predictions, sum: 0 };
    return this.#scale * this.#network.evaluate(this.#block, this.#batch, place);
  }

  /** The backward pass's gradient by W1, B1, ... and the loss that train() returns, scaled. */
  train(): { gradient: Tensor[]; loss: number } {
    const { floats } = this.#workspace;
    floats.fill(0, this.#gradient >> 2, (this.#gradient + this.#network.blockBytes) >> 2);
    const options = { target: this.#gradient, step: 1, scale: this.#scale, sum: 0 };
    const sum = this.#network.train(this.#block, this.#batch, options);
    return { gradient: this.#network.read(this.#gradient), loss: this.#scale * sum };
  }
}

/** Those whose derivative jumps at 0; that of elu bends there. */
const JUMPS = ["relu", "leaky_relu", "elu"];

/** Multiples of H; those before a jump such that its input, a bias near 1 or -1 plus the rest, keeps its sign: at 0 it has no derivative. */
function drawWeights({ sizes, activation }: Setting): Tensor[] {
  const random = new RandomNumbers(11);
  const tensors = zeroTensors(sizes);
  tensors.forEach(({ shape: [K], data }, t) => {
    const isBias = t % 2 === 1;
    const beforeJump = JUMPS.includes(activationOf(activation, 1 + (t >> 1))) && t < tensors.length - 2;
    const range = beforeJump && !isBias ? 0.5 / K : beforeJump ? 0.1 : 1;
    for (let i = 0; i < data.length; i++) {
      data[i] = H * Math.round(range * (2 * random.unit() - 1) / H);
      if (beforeJump && isBias) data[i] += i % 3 === 1 ? -1 : 1;
    }
  });
  return tensors;
}

/** The loss's derivatives by every weight and bias, from four differences each: an error of order H⁴. */
function centralDifferences(bench: Bench, weights: Tensor[]): Float64Array[] {
  return weights.map(({ data }) =>
    Float64Array.from(data, (value, i) => {
      const [a, b, c, d] = [-2, -1, 1, 2].map((steps) => {
        data[i] = value + steps * H;
        bench.weights = weights;
        return bench.loss;
      });
      data[i] = value;
      return (a - 8 * b + 8 * c - d) / (12 * H);
    })
  );
}

function norm(values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i] * values[i];
  return Math.sqrt(squares);
}

for (const network of NETWORKS) {
  Deno.test(`the backward pass gives the central differences of the loss in float64: ${network.name}`, () => {
    for (const setting of settingsOf(network)) {
      const bench = new Bench(exactWorkspace(MEMORY), setting);
      const weights = drawWeights(setting);
      bench.weights = weights;
      const { gradient, loss } = bench.train();
      assert.ok(Math.abs(loss - bench.loss) <= 1e-14 * loss);
      const expected = centralDifferences(bench, weights);
      gradient.forEach(({ name, data }, t) => {
        const size = norm(expected[t]);
        assert.ok(size > 1e-4, `${describe(setting)}: ${name}'s gradient vanishes, nothing is compared`);
        data.forEach((found, i) => {
          const error = Math.abs(found - expected[t][i]);
          // A tensor is float32, hence the first term.
          if (!(error <= 1e-7 * Math.abs(found) + 1e-8 * size)) {
            assert.fail(`${describe(setting)}: ${name}[${i}] is ${found}, by differences ${expected[t][i]}`);
          }
        });
      });
    }
  });

  Deno.test(`the kernels' gradient is that in float64 but for rounding: ${network.name}`, () => {
    for (const setting of settingsOf(network)) {
      const weights = drawWeights(setting);
      const [compiled, exact] = [compiledWorkspace(MEMORY), exactWorkspace(MEMORY)].map((workspace) => {
        const bench = new Bench(workspace, setting);
        bench.weights = weights;
        return bench.train();
      });
      assert.ok(Math.abs(compiled.loss - exact.loss) <= 1e-6 * exact.loss);
      compiled.gradient.forEach(({ name, data }, t) => {
        const expected = exact.gradient[t].data;
        const error = norm(data.map((found, i) => found - expected[i])) / norm(expected);
        assert.ok(error <= 1e-5, `${describe(setting)}: ${name} is off by ${error}`);
      });
    }
  });
}
