import { type Activation, activation, activationOf, type Activations } from "./activation.ts";
import { type Arena, denseIndex, padded, SCRATCH_BYTES, type Workspace } from "./memory.ts";
import { DenseLayer } from "./layers/dense_layer.ts";
import type { Layer } from "./layers/layer.ts";
import { SparseLayer } from "./layers/sparse_layer.ts";
import { type LayerProbe, saturatedShare, summarizeValues } from "./layer_probe.ts";
import type { Rows } from "../data/dataset.ts";
import type { Standardisation } from "../data/standardise.ts";
import type { RandomState } from "../random/random_state.ts";
import { addNormals, Dropout, dropoutOf, type NoiseOptions } from "./noise.ts";
import { type Tensor, zeroTensors } from "./weights.ts";

interface NetworkOptions extends NoiseOptions {
  /** Units from the features to the classes: [784, 400, 200, 10]. */
  readonly sizes: readonly number[];
  /** After every layer but the last. */
  readonly activation: Activations;
  /** How its input rows are stored. */
  readonly storage: Rows["storage"];
  /** The most entries of a sparse row. */
  readonly longestRow: number;
  /** Whether inputs are standardised, so that sparse rows have no zeros either. Left out: they are not. */
  readonly standardised?: boolean;
  /** The most rows of a batch. */
  readonly capacity: number;
}

/** Rows to take as a batch: those that the u32[B] at the pointer `order` names. */
export interface Batch {
  readonly rows: Rows;
  readonly order: number;
  readonly B: number;
}

/**
 * Fully connected layers with an activation after each but the last; softmax and cross-entropy after that. Its numbers lie in the
 * workspace's memory, in places taken from an arena that is zero; nothing is allocated after the constructor. Weights and biases of all
 * layers make up a block (see layers/layer.ts), of which the caller owns as many as it needs.
 */
export class Network {
  readonly sizes: readonly number[];
  readonly blockBytes: number;
  readonly #workspace: Workspace;
  /** Of each hidden layer. */
  readonly #activations: readonly Activation[];
  readonly #activationNames: Activations;
  readonly #layers: Layer[] = [];
  /** The layers after the first: #layers without it. */
  readonly #upper: DenseLayer[] = [];
  /** The first layer where rows are sparse; else #gathered holds f32[Dp / 16][B][16] of gathered rows. */
  readonly #sparse: SparseLayer | null = null;
  readonly #gathered: number = 0;
  /** Of each hidden layer; null where none of its units are ever left out. */
  readonly #dropouts: readonly (Dropout | null)[];
  /** Standard deviation of what is added to the inputs in training: noise is on all of them, so that rows are then dense. */
  readonly #inputNoise: number;
  /** Whether its rows are sparse, but its inputs have no zeros. */
  readonly #spreads: boolean;
  /** Pointer to f32[256]: what each value of a pixel is scaled to. */
  readonly #table: number;
  #standardisation: Standardisation | null = null;

  /** Takes its places from the arena; no memory is touched. */
  constructor(workspace: Workspace, arena: Arena, options: NetworkOptions) {
    const { sizes, storage, longestRow, standardised = false, capacity } = options;
    this.sizes = sizes;
    this.#workspace = workspace;
    this.#activationNames = options.activation;
    this.#inputNoise = options.input_noise ?? 0;
    this.#spreads = storage === "sparse" && (this.#inputNoise > 0 || standardised);
    this.#table = arena.allocate(4 * 256);
    const zeros = arena.allocate(128);
    const scratch = arena.allocate(SCRATCH_BYTES);
    let offset = 0;
    for (let l = 0; l + 1 < sizes.length; l++) {
      const last = l + 2 === sizes.length;
      const [fanIn, fanOut] = [sizes[l], sizes[l + 1]];
      const layer = { workspace, arena, fanIn, fanOut, offset, capacity, last, zeros, scratch };
      if (l > 0) {
        const upper = new DenseLayer({ ...layer, input: this.#layers[l - 1].output });
        this.#layers.push(upper);
        this.#upper.push(upper);
      } else if (storage === "sparse" && !this.#spreads) {
        this.#sparse = new SparseLayer({ ...layer, longestRow });
        this.#layers.push(this.#sparse);
      } else {
        this.#gathered = arena.allocate(4 * capacity * padded(sizes[0]));
        this.#layers.push(new DenseLayer({ ...layer, input: this.#gathered }));
      }
      offset += this.#layers[l].size;
    }
    this.#activations = this.#layers.slice(0, -1).map(({ fanOut }, l) =>
      activation(
        activationOf(options.activation, l + 1),
        workspace,
        () => arena.allocate(4 * capacity * padded(fanOut)),
      )
    );
    this.blockBytes = offset;
    this.#dropouts = sizes.slice(1, -1).map((units, l) => {
      const share = dropoutOf(options, l + 1);
      return share === 0 ? null : new Dropout(workspace, arena, { share, units, capacity });
    });
  }

  /** What a pixel is divided by; real numbers are taken as they are. */
  set scale(scale: number) {
    const { floats } = this.#workspace;
    for (let v = 0; v < 256; v++) floats[(this.#table >>> 2) + v] = v / scale;
  }

  /** What is done to each input; needs `standardised` among the options. */
  set standardisation(standardisation: Standardisation) {
    this.#standardisation = standardisation;
  }

  /** Writes the predicted classes to the u8[B] at `predictions`; returns `sum` + the cross-entropies, added row by row. */
  evaluate(block: number, batch: Batch, { predictions, sum }: { predictions: number; sum: number }): number {
    const { kernels } = this.#workspace;
    const logits = this.#forward(block, batch);
    const { rows: { labels }, order, B } = batch;
    return kernels.softmaxLoss(logits, labels.byteOffset, order, predictions, B, this.#classes, sum);
  }

  /**
   * One pass forward and back: target += step * the gradient of the batch's summed cross-entropy times `scale`. With the parameters
   * themselves as target and -learning_rate as step, this is SGD; each layer is moved only after the delta has passed below it.
   * @param options.scale 1 / B for the gradient of the mean
   * @param options.random what noise is drawn from, if there is any: first that of the inputs, then the units of each layer
   * @returns sum + the losses before the step, added row by row
   */
  train(
    block: number,
    batch: Batch,
    { target, step, scale, sum, random }: {
      target: number;
      step: number;
      scale: number;
      sum: number;
      random?: RandomState | undefined;
    },
  ): number {
    const { kernels } = this.#workspace;
    const logits = this.#forward(block, batch, random);
    const { rows: { labels }, order, B } = batch;
    const total = kernels.softmaxDelta(logits, labels.byteOffset, order, B, this.#classes, scale, sum);
    for (let l = this.#layers.length - 1; l > 0; l--) {
      const below = this.#layers[l - 1];
      const layer = this.#upper[l - 1];
      layer.backward(block, B, below.delta);
      this.#dropouts[l - 1]?.backward(below.delta, B);
      this.#activations[l - 1].backward(below.output, below.delta, B, below.fanOut);
      layer.addGradient(target, B, step);
    }
    this.#layers[0].addGradient(target, B, step);
    return total;
  }

  /** The logits of the batch that evaluate() was last given: f32[B][C]. */
  logits(B: number): Float32Array<ArrayBuffer> {
    return this.#rowsOf(this.#layers[this.#layers.length - 1], B);
  }

  /** What each layer gave on the batch that evaluate() was last given: f32[B][N] of each hidden layer's activations, then of the logits. */
  outputs(B: number): Float32Array<ArrayBuffer>[] {
    return this.#layers.map((layer) => this.#rowsOf(layer, B));
  }

  /** What a layer gave, row by row: f32[B][N]. */
  #rowsOf({ output, fanOut: N }: Layer, B: number): Float32Array<ArrayBuffer> {
    const { floats } = this.#workspace;
    const values = new Float32Array(B * N);
    for (let b = 0, i = 0; b < B; b++) {
      for (let n = 0; n < N; n++) values[i++] = floats[(output >>> 2) + denseIndex(b, n, B)];
    }
    return values;
  }

  /** One pass forward and back that moves no parameter, and what flowed through each layer. */
  probe(block: number, batch: Batch): LayerProbe[] {
    const { kernels, floats } = this.#workspace;
    const { rows: { labels }, order, B } = batch;
    const last = this.#layers.length - 1;
    const logits = this.#forward(block, batch);
    const forward = this.#layers.map(({ output: pointer, fanOut: N }, l) => ({
      activation: summarizeValues(floats, { pointer, B, N }),
      saturated: l === last ? 0 : saturatedShare(floats, {
        pointer: this.#activations[l].slopes ?? pointer,
        B,
        N,
        activation: activationOf(this.#activationNames, l + 1),
      }),
    }));
    kernels.softmaxDelta(logits, labels.byteOffset, order, B, this.#classes, 1, 0);
    for (let l = last; l > 0; l--) {
      const below = this.#layers[l - 1];
      this.#upper[l - 1].backward(block, B, below.delta);
      this.#activations[l - 1].backward(below.output, below.delta, B, below.fanOut);
    }
    return this.#layers.map(({ delta: pointer, fanOut: N }, l) => {
      const gradient = summarizeValues(floats, { pointer, B, N });
      return { layer: l + 1, units: N, ...forward[l], gradient };
    });
  }

  /** W1, B1, W2, ... of a block, copied out of the panels. */
  read(block: number): Tensor[] {
    const tensors = zeroTensors(this.sizes);
    this.#eachElement(block, tensors, (data, i, place) => data[i] = this.#workspace.floats[place]);
    return tensors;
  }

  /** Copies W1, B1, W2, ... into a block. Throws TypeError where a shape is not the network's. */
  write(block: number, tensors: readonly Tensor[]): void {
    const expected = zeroTensors(this.sizes);
    expected.forEach(({ name, shape, data }, i) => {
      const found = tensors[i]?.shape ?? [];
      const fits = shape.join() === found.join() && tensors[i].data.length === data.length;
      if (tensors.length !== expected.length || !fits) {
        throw new TypeError(`Cannot set weights: ${name} must have shape (${shape}), found (${found})`);
      }
    });
    this.#eachElement(block, tensors, (data, i, place) => this.#workspace.floats[place] = data[i]);
  }

  /** The Euclidean norm of a block's numbers, in float64: the same for rows of any storage. */
  norm(block: number): number {
    return Math.sqrt(this.#layers.reduce((sum, layer) => layer.addSquares(block, sum), 0));
  }

  get #classes(): number {
    return this.sizes[this.sizes.length - 1];
  }

  /** With `random` as in training. */
  #forward(block: number, { rows, order, B }: Batch, random?: RandomState): number {
    if (rows.storage === "sparse" && this.#sparse) {
      this.#sparse.gather(rows, { table: this.#table, order, B });
    } else if (rows.storage === "sparse" && this.#spreads) {
      const { kernels } = this.#workspace;
      const [starts, columns, values] = [rows.rowStarts, rows.columns, rows.values].map((a) => a.byteOffset);
      kernels.spreadRows(starts, columns, values, this.#table, order, this.#gathered, B, this.sizes[0]);
    } else if (rows.storage === "dense" && !this.#sparse) {
      const { kernels } = this.#workspace;
      kernels.gatherPixels(rows.pixels.byteOffset, this.#table, order, this.#gathered, B, this.sizes[0]);
    } else if (rows.storage === "real" && !this.#sparse) {
      const { kernels } = this.#workspace;
      kernels.gatherNumbers(rows.numbers.byteOffset, order, this.#gathered, B, this.sizes[0]);
    } else {
      throw new TypeError(
        `Cannot run the network: rows must be stored as in its options, found ${rows.storage}`,
      );
    }
    if (this.#standardisation !== null) this.#standardise(this.#standardisation, B);
    if (random !== undefined && this.#inputNoise > 0) {
      const noise = { x: this.#gathered, B, D: this.sizes[0], sigma: this.#inputNoise };
      addNormals(this.#workspace, noise, random);
    }
    const last = this.#layers.length - 1;
    for (let l = 0; l < last; l++) {
      const layer = this.#layers[l], dropout = this.#dropouts[l];
      layer.forward(block, B);
      this.#activations[l].forward(layer.output, B, layer.fanOut);
      if (dropout === null) continue;
      if (random !== undefined) dropout.forward(layer.output, B, random);
      this.#upper[l].input = random === undefined ? layer.output : dropout.output;
    }
    this.#layers[last].forward(block, B);
    return this.#layers[last].output;
  }

  /** Each gathered input, in float64 and then rounded once; a hundredth of the time that the layers take. */
  #standardise({ centre, divisor }: Standardisation, B: number): void {
    const { floats } = this.#workspace;
    const D = this.sizes[0];
    for (let first = 0; first < D; first += 16) {
      const width = Math.min(16, D - first);
      for (let b = 0; b < B; b++) {
        const place = (this.#gathered >>> 2) + denseIndex(b, first, B);
        for (let i = 0; i < width; i++) {
          floats[place + i] = (floats[place + i] - centre[first + i]) / divisor[first + i];
        }
      }
    }
  }

  /** Visits each weight, row by row, and each bias: element i of a tensor's data and its place among the workspace's floats. */
  #eachElement(
    block: number,
    tensors: readonly Tensor[],
    visit: (data: Float32Array, i: number, place: number) => void,
  ): void {
    this.#layers.forEach((layer, l) => {
      const [weights, bias] = [tensors[2 * l].data, tensors[2 * l + 1].data];
      let i = 0;
      for (let k = 0; k < layer.fanIn; k++) {
        for (let n = 0; n < layer.fanOut; n++) visit(weights, i++, layer.weightIndex(block, k, n));
      }
      for (let n = 0; n < layer.fanOut; n++) visit(bias, n, layer.biasIndex(block, n));
    });
  }
}
