import { type RandomSnapshot, RandomState } from "../random/random_state.ts";
import type { Activations } from "./activation.ts";
import { Arena } from "./arena.ts";
import { evaluateRows, type Evaluation, EVALUATION_ROWS } from "./evaluate.ts";
import { initialize, type InitOptions } from "./initialize.ts";
import { type LayerProbe, PROBE_ROWS } from "./layer_probe.ts";
import { Network } from "./network.ts";
import { type Optimizer, optimizer, type OptimizerName } from "./optimizer.ts";
import type { Rows } from "./rows.ts";
import type { TrainingData } from "./training_data.ts";
import type { Tensor } from "./tensor.ts";
import type { Workspace } from "./workspace.ts";

/** A training, resolved. */
export interface TrainerOptions {
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  /** Of the hidden layers. */
  readonly activation: Activations;
  /** How the first weights are drawn. */
  readonly init: InitOptions;
  /** Rows of a batch; full for all of them. */
  readonly batchSize: number | "full";
  /** What a step is scaled by. */
  readonly learningRate: number;
  /** What turns gradients into steps. */
  readonly optimizer: OptimizerName;
  /** Whether a batch's gradient is the mean of its rows' or their sum. */
  readonly reduction: "mean" | "sum";
  /** once: one permutation for all epochs; each_epoch: the generator's next one; none: the split's order. */
  readonly shuffle: "once" | "each_epoch" | "none";
  /** Of the first weights' generator and of the orders'. */
  readonly seeds: { readonly init: number; readonly shuffle: number };
  /** How many rows of the training part are trained on, and how many validate. */
  readonly counts: { readonly train: number; readonly validation: number };
}

/** Which rows these are. */
export interface SplitRows {
  /** Those trained on. */
  readonly train: Uint32Array;
  /** Those held out. */
  readonly validation: Uint32Array;
}

/** All that a training needs to go on as if it had not stopped. */
export interface TrainerState {
  /** Epochs trained. */
  readonly epoch: number;
  /** W1, B1, W2, ... */
  readonly parameters: readonly Tensor[];
  /** The optimizer's, for those that have one. */
  readonly optimizer: readonly Tensor[] | null;
  /** The generator of the next epochs' orders; null where they are all the first one's. */
  readonly shuffle: RandomSnapshot | null;
}

/** A larger batch is run in parts of this many rows, whose gradients are summed: it bounds memory and rounding. */
export const PART_ROWS = 1024;

/** A training in a workspace: initialized or restored, then an epoch at a time. */
export class Trainer {
  readonly #options: TrainerOptions;
  readonly #data: TrainingData;
  readonly #workspace: Workspace;
  readonly #network: Network;
  readonly #optimizer: Optimizer;
  /** The memory that is the trainer's: bytes from start to end. */
  readonly #start: number;
  readonly #end: number;
  readonly #parameters: number;
  /** Blocks, or 0 where there is none: SGD on whole batches moves the parameters directly. */
  readonly #gradient: number = 0;
  readonly #state: number = 0;
  readonly #trainOrder: number;
  readonly #validationOrder: number;
  readonly #testOrder: number;
  readonly #predictions: number;
  /** The first rows held out, or to train on where none are: always the same. */
  readonly #probeOrder: number;
  readonly #batchSize: number;
  #split: SplitRows = { train: new Uint32Array(), validation: new Uint32Array() };
  #shuffle: RandomState;
  #epoch = 0;

  /**
   * Plans the training; no memory is touched before begin().
   *
   * @param arena place in the workspace's memory for `Trainer.bytes()`
   */
  constructor(workspace: Workspace, arena: Arena, data: TrainingData, options: TrainerOptions) {
    const { counts, hidden } = options;
    this.#options = options;
    this.#data = data;
    this.#workspace = workspace;
    this.#optimizer = optimizer(options.optimizer, workspace, options.learningRate);
    this.#batchSize = options.batchSize === "full" ? counts.train : Math.min(options.batchSize, counts.train);
    this.#shuffle = new RandomState(options.seeds.shuffle);
    this.#start = arena.next;
    this.#network = new Network(workspace, arena, {
      sizes: [data.features, ...hidden, data.classes],
      activation: options.activation,
      storage: data.train.storage,
      longestRow: data.longestRow,
      capacity: Math.max(Math.min(this.#batchSize, PART_ROWS), EVALUATION_ROWS),
    });
    const { blockBytes } = this.#network;
    this.#parameters = arena.allocate(blockBytes);
    if (this.#optimizer.stateful || this.#batchSize > PART_ROWS) this.#gradient = arena.allocate(blockBytes);
    if (this.#optimizer.stateful) this.#state = arena.allocate(blockBytes);
    this.#trainOrder = arena.allocate(4 * counts.train);
    this.#validationOrder = arena.allocate(4 * counts.validation);
    this.#testOrder = arena.allocate(4 * data.test.count);
    this.#predictions = arena.allocate(Math.max(counts.validation, data.test.count));
    this.#probeOrder = arena.allocate(4 * PROBE_ROWS);
    this.#end = arena.next;
  }

  /** Bytes of memory that such a training takes. */
  static bytes(data: TrainingData, options: TrainerOptions): number {
    const kernels = {} as Workspace["kernels"]; // never called: only places are counted
    const nowhere = {
      kernels,
      floats: new Float32Array(),
      words: new Uint32Array(),
      bytes: new Uint8Array(),
    };
    const arena = new Arena(0);
    new Trainer(nowhere, arena, data, options);
    return arena.next;
  }

  /** Whether all weights are finite. Where they are not, training has diverged, even if no loss has shown it yet. */
  get finite(): boolean {
    return this.weights.every(({ data }) => data.every(Number.isFinite));
  }

  /** Epochs trained so far. */
  get epoch(): number {
    return this.#epoch;
  }

  /** W1, B1, W2, ... */
  get weights(): Tensor[] {
    return this.#network.read(this.#parameters);
  }

  /** All that begin() needs to go on from here. */
  get state(): TrainerState {
    return {
      epoch: this.#epoch,
      parameters: this.weights,
      optimizer: this.#state ? this.#network.read(this.#state) : null,
      shuffle: this.#options.shuffle === "each_epoch" ? this.#shuffle.snapshot() : null,
    };
  }

  /**
   * Draws the first weights, or goes on from `state`, on these rows of the training part. Throws TypeError where there are not as many
   * rows as the options count, or the state lacks what the optimizer keeps.
   */
  begin(split: SplitRows, state?: TrainerState): void {
    this.#check(split, state);
    const { hidden, init, seeds, shuffle } = this.#options;
    const { features, classes, scale, test } = this.#data;
    const { floats, words } = this.#workspace;
    floats.fill(0, this.#start >>> 2, this.#end >>> 2); // padding must be zero, and another training may have been here
    this.#network.scale = scale;
    this.#split = split;
    words.set(split.validation, this.#validationOrder >>> 2);
    words.set(this.#probed.subarray(0, PROBE_ROWS), this.#probeOrder >>> 2);
    for (let i = 0; i < test.count; i++) words[(this.#testOrder >>> 2) + i] = i;

    this.#shuffle = new RandomState(seeds.shuffle);
    if (shuffle === "none") words.set(split.train, this.#trainOrder >>> 2);
    if (shuffle === "once") this.#permute();
    this.#epoch = 0;
    if (state === undefined) {
      const sizes = [features, ...hidden, classes];
      this.#network.write(this.#parameters, initialize(sizes, new RandomState(seeds.init), init));
    } else {
      this.#network.write(this.#parameters, state.parameters);
      if (this.#state && state.optimizer) this.#network.write(this.#state, state.optimizer);
      if (state.shuffle) this.#shuffle = RandomState.restore(state.shuffle);
      this.#epoch = state.epoch;
    }
  }

  /**
   * Trains on every row once.
   *
   * @returns the rows' mean cross-entropy, each before its batch's step. Where it is not finite the training has diverged: it stopped
   * at that batch and cannot go on.
   */
  trainEpoch(): number {
    const { shuffle, counts, reduction } = this.#options;
    if (shuffle === "each_epoch") this.#permute();
    let sum = 0;
    for (let first = 0; first < counts.train; first += this.#batchSize) {
      const rows = Math.min(this.#batchSize, counts.train - first);
      sum = this.#trainBatch(first, rows, { scale: reduction === "mean" ? 1 / rows : 1, sum });
      if (!Number.isFinite(sum)) return sum;
    }
    this.#epoch++;
    return sum / counts.train;
  }

  /** Evaluates on the rows held out; null where there are none. */
  validate(): Evaluation | null {
    const { validation } = this.#options.counts;
    return validation === 0 ? null : this.#evaluate(this.#data.train, this.#validationOrder, validation);
  }

  /** What flows through the network on up to 64 rows, the same each time. Changes nothing that training depends on. */
  probe(): LayerProbe[] {
    const B = Math.min(PROBE_ROWS, this.#probed.length);
    return this.#network.probe(this.#parameters, { rows: this.#data.train, order: this.#probeOrder, B });
  }

  /** Evaluates on the test part. */
  test(): Evaluation {
    return this.#evaluate(this.#data.test, this.#testOrder, this.#data.test.count);
  }

  get #probed(): Uint32Array {
    const { validation, train } = this.#split;
    return validation.length > 0 ? validation : train;
  }

  #check({ train, validation }: SplitRows, state?: TrainerState): void {
    const { counts } = this.#options;
    if (train.length !== counts.train || validation.length !== counts.validation) {
      throw new TypeError(
        `Cannot begin: the split must have ${counts.train} and ${counts.validation} rows, ` +
          `found ${train.length} and ${validation.length}`,
      );
    }
    if (state && this.#optimizer.stateful !== (state.optimizer !== null)) {
      const found = state.optimizer ? "one" : "none";
      throw new TypeError(
        `Cannot begin: the state must have what the optimizer keeps, and no more, found ${found}`,
      );
    }
  }

  #trainBatch(first: number, rows: number, { scale, sum }: { scale: number; sum: number }): number {
    const parameters = this.#parameters;
    const batch = { rows: this.#data.train, order: this.#trainOrder + 4 * first, B: rows };
    if (!this.#gradient) {
      const step = -this.#options.learningRate;
      return this.#network.train(parameters, batch, { target: parameters, step, scale, sum });
    }
    const gradient = this.#gradient, state = this.#state;
    const { blockBytes } = this.#network;
    this.#workspace.floats.fill(0, gradient >>> 2, (gradient + blockBytes) >>> 2);
    for (let from = 0; from < rows; from += PART_ROWS) {
      batch.order = this.#trainOrder + 4 * (first + from);
      batch.B = Math.min(PART_ROWS, rows - from);
      sum = this.#network.train(parameters, batch, { target: gradient, step: 1, scale, sum });
    }
    this.#optimizer.step({ parameters, gradient, state, floats: blockBytes >>> 2 });
    return sum;
  }

  #evaluate(rows: Rows, order: number, count: number): Evaluation {
    const block = this.#parameters, predictions = this.#predictions;
    return evaluateRows(this.#workspace, this.#network, { block, rows, order, count, predictions });
  }

  /** Lists the training rows by the generator's next permutation. */
  #permute(): void {
    const { train } = this.#split;
    const permutation = this.#shuffle.permutation(train.length);
    const { words } = this.#workspace;
    const order = this.#trainOrder >>> 2;
    for (let i = 0; i < train.length; i++) words[order + i] = train[permutation[i]];
  }
}
