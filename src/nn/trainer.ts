import { type Dataset, longestRow, type Rows } from "../data/dataset.ts";
import type { Split } from "../data/split.ts";
import { fitStandardisation, type Standardise } from "../data/standardise.ts";
import { type RandomSnapshot, RandomState } from "../random/random_state.ts";
import type { Activations } from "./activation.ts";
import { type EarlyStopping, keepsBest, LossWatch } from "./early_stopping.ts";
import { evaluateRows, type Evaluation, EVALUATION_ROWS } from "./evaluate.ts";
import { initialize, type InitOptions } from "./initialize.ts";
import { type LayerProbe, PROBE_ROWS } from "./layer_probe.ts";
import { Arena, NOWHERE, type Workspace } from "./memory.ts";
import { Network } from "./network.ts";
import { isNoisy, type NoiseOptions } from "./noise.ts";
import type { Optimizer, SettingValues } from "./optimizers/optimizer.ts";
import { chosenOptimizer, type OptimizerChoice } from "./optimizers/optimizers.ts";
import { LearningRate, type Schedule, scheduleNeedsValidation } from "./schedules/schedules.ts";
import type { Tensor } from "./weights.ts";

/** A training, resolved. The members that a config has too are called as there. */
export interface TrainerOptions extends NoiseOptions {
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  /** Of the hidden layers: one for all, or one a layer. */
  readonly activation: Activations;
  /** How the first weights are drawn. */
  readonly init: InitOptions;
  /** Rows of a batch; full for all of them. */
  readonly batch_size: number | "full";
  /** What a step is scaled by. */
  readonly learning_rate: number;
  /** What the learning rate does from step to step; left out, it stays. */
  readonly schedule?: Schedule | undefined;
  /** How many epochs there are to be: of a schedule that depends on it. */
  readonly epochs?: number | undefined;
  /** When to stop before; left out or none, not at all. */
  readonly early_stopping?: EarlyStopping | "none" | undefined;
  /** What turns gradients into steps. */
  readonly optimizer: OptimizerChoice;
  /** What part of the weights and biases is added to their gradient, or, by adamw, taken away at each step apart from it. */
  readonly weight_decay?: number | undefined;
  /** The largest Euclidean norm that a batch's gradient may have: a longer one is shortened to it. */
  readonly clip_norm?: number | undefined;
  /** Whether a batch's gradient is the mean of its rows' or their sum. */
  readonly reduction: "mean" | "sum";
  /** once: one permutation for all epochs; each_epoch: the generator's next one; none: the split's order. */
  readonly shuffle: "once" | "each_epoch" | "none";
  /** What a pixel is divided by; rows of real numbers are taken as they are. */
  readonly scale: number;
  /** What is done to each input, by the rows that are trained on: see fitStandardisation(). Left out: nothing. */
  readonly standardise?: Standardise | undefined;
  /** Of the generators of the first weights and of the orders, and where there is noise of its own. */
  readonly seeds: { readonly init: number; readonly shuffle: number; readonly noise?: number };
  /** How many rows of the training part are trained on, and how many validate. */
  readonly counts: { readonly train: number; readonly validation: number };
}

/** All that a training needs to go on as if it had not stopped. */
export interface TrainerState {
  /** Epochs trained. */
  readonly epoch: number;
  /** W1, B1, W2, ... */
  readonly parameters: readonly Tensor[];
  /** What the optimizer keeps: nothing, or one block as W1, B1, ..., or those of several, each name with its block's before it: m_W1. */
  readonly optimizer: readonly Tensor[];
  /** The generator of the next epochs' orders; null where they are all the first one's. */
  readonly shuffle: RandomSnapshot | null;
  /** The generator of the next batches' noise, where there is any. */
  readonly noise?: RandomSnapshot | undefined;
  /** The validation loss after each epoch, where a schedule or early stopping goes by them. */
  readonly losses?: readonly number[] | undefined;
  /** The weights after the best epoch so far, where they are the ones to keep. */
  readonly best?: readonly Tensor[] | undefined;
}

/** The weights that a training comes to, and the epoch after which they were so. */
export interface KeptWeights {
  /** From 0, of the first weights. */
  readonly epoch: number;
  /** W1, B1, W2, ... */
  readonly weights: readonly Tensor[];
}

/** A larger batch is run in parts of this many rows, whose gradients are summed: it bounds memory and rounding. */
export const PART_ROWS = 1024;

/** A training in a workspace: begun or restored, then an epoch at a time. */
export class Trainer {
  readonly #options: TrainerOptions;
  readonly #dataset: Dataset;
  readonly #workspace: Workspace;
  readonly #network: Network;
  readonly #optimizer: Optimizer;
  readonly #settings: SettingValues;
  /** The memory that is the trainer's: bytes from start to end. */
  readonly #start: number;
  readonly #end: number;
  readonly #parameters: number;
  /** A block, or 0 where there is none: SGD on whole batches moves the parameters directly. */
  readonly #gradient: number = 0;
  /** Blocks that the optimizer keeps, and their names. */
  readonly #state: readonly number[];
  readonly #stateNames: readonly string[];
  readonly #trainOrder: number;
  readonly #validationOrder: number;
  readonly #testOrder: number;
  readonly #predictions: number;
  /** The first rows held out, or to train on where none are: always the same. */
  readonly #probeOrder: number;
  readonly #batchSize: number;
  #split: Split = { train: new Uint32Array(), validation: new Uint32Array() };
  #shuffle: RandomState;
  /** Null where there is no noise. */
  #noise: RandomState | null = null;
  #rate: LearningRate;
  #lastRate = 0;
  /** Null where no early stopping is set. */
  #watch: LossWatch | null = null;
  /** Null unless the best weights are kept and an epoch is over. */
  #best: readonly Tensor[] | null = null;
  /** The validation losses of the epochs; null where nothing goes by them. */
  #losses: number[] | null = null;
  /** Of the weights as they are, where they have been evaluated on the way. */
  #validation: Evaluation | null = null;
  #epoch = 0;
  /** The first row of the next batch, in the epoch's order, and the summed losses of those before it. */
  #next = 0;
  #sum = 0;

  /** Plans the training in an arena that has room for `Trainer.bytes()`; no memory is touched before begin(). */
  constructor(workspace: Workspace, arena: Arena, dataset: Dataset, options: TrainerOptions) {
    const { counts, batch_size } = options;
    this.#options = options;
    this.#dataset = dataset;
    this.#workspace = workspace;
    const { optimizer, settings } = chosenOptimizer(options.optimizer);
    this.#optimizer = optimizer;
    this.#settings = settings;
    this.#batchSize = batch_size === "full" ? counts.train : Math.min(batch_size, counts.train);
    this.#shuffle = new RandomState(options.seeds.shuffle);
    this.#rate = this.#openRate();
    this.#start = arena.next;
    this.#network = new Network(workspace, arena, {
      dropout: options.dropout,
      input_noise: options.input_noise,
      sizes: [dataset.features, ...options.hidden, dataset.classes],
      activation: options.activation,
      storage: dataset.train.storage,
      longestRow: Math.max(longestRow(dataset.train), longestRow(dataset.test)),
      standardised: (options.standardise ?? false) !== false,
      capacity: Math.max(Math.min(this.#batchSize, PART_ROWS), EVALUATION_ROWS),
    });
    const { blockBytes } = this.#network;
    this.#parameters = arena.allocate(blockBytes);
    const { weight_decay = 0, clip_norm } = options;
    const direct = optimizer.direct && weight_decay === 0 && clip_norm === undefined;
    if (!direct || this.#batchSize > PART_ROWS) this.#gradient = arena.allocate(blockBytes);
    this.#stateNames = optimizer.state(settings);
    this.#state = this.#stateNames.map(() => arena.allocate(blockBytes));
    this.#trainOrder = arena.allocate(4 * counts.train);
    this.#validationOrder = arena.allocate(4 * counts.validation);
    this.#testOrder = arena.allocate(4 * dataset.test.count);
    this.#predictions = arena.allocate(Math.max(counts.validation, dataset.test.count));
    this.#probeOrder = arena.allocate(4 * PROBE_ROWS);
    this.#end = arena.next;
  }

  /** Bytes of memory that such a training takes. */
  static bytes(dataset: Dataset, options: TrainerOptions): number {
    const arena = new Arena(0);
    new Trainer(NOWHERE, arena, dataset, options);
    return arena.next;
  }

  /** Whether all weights are finite. Where they are not, training has diverged, even if no loss has shown it yet. */
  get finite(): boolean {
    return this.weights.every(({ data }) => {
      // It is asked after each epoch, and takes a sixth of data.every(Number.isFinite): 0 times what is not finite is NaN.
      let sum = 0;
      for (let i = 0; i < data.length; i++) sum += 0 * data[i];
      return sum === 0;
    });
  }

  /** Epochs trained so far. */
  get epoch(): number {
    return this.#epoch;
  }

  /** W1, B1, W2, ... as they are after the last step. */
  get weights(): Tensor[] {
    return this.#network.read(this.#parameters);
  }

  /** The weights to keep: the last ones, or with `restore_best` those after the epoch with the best validation loss. */
  get kept(): KeptWeights {
    return this.#best !== null && this.#watch !== null
      ? { epoch: this.#watch.bestEpoch, weights: this.#best }
      : { epoch: this.#epoch, weights: this.weights };
  }

  /** Whether early stopping is set. */
  get watches(): boolean {
    return this.#watch !== null;
  }

  /** Whether early stopping has ended the training: whoever asks for more epochs of it looks here first. */
  get stopped(): boolean {
    return this.#watch?.stopped ?? false;
  }

  /** What the last step since begin() was scaled by; before it, the learning rate that is set. */
  get rate(): number {
    return this.#lastRate;
  }

  /** All that begin() needs to go on from here. Throws RangeError within an epoch. */
  get state(): TrainerState {
    if (this.#next !== 0) {
      throw new RangeError(
        `Cannot give the state: the epoch must be over, found ${this.batch} batches of it trained`,
      );
    }
    return {
      epoch: this.#epoch,
      parameters: this.weights,
      optimizer: this.#state.flatMap((block, i) =>
        this.#network.read(block).map((tensor) => ({ ...tensor, name: this.#prefix(i) + tensor.name }))
      ),
      shuffle: this.#options.shuffle === "each_epoch" ? this.#shuffle.snapshot() : null,
      ...this.#noise && { noise: this.#noise.snapshot() },
      ...this.#losses && { losses: [...this.#losses] },
      ...this.#best && { best: this.#best },
    };
  }

  /**
   * Draws the first weights, or goes on from `state`, on these rows of the training part. Throws TypeError where there are not as many
   * rows as the options count, or the state is not of such a training.
   */
  begin(split: Split, state?: TrainerState): void {
    const { init, seeds, shuffle, scale, standardise, counts } = this.#options;
    const { train, validation } = split;
    if (train.length !== counts.train || validation.length !== counts.validation) {
      throw new TypeError(
        `Cannot begin: the split must have ${counts.train} and ${counts.validation} rows, ` +
          `found ${train.length} and ${validation.length}`,
      );
    }
    const { floats, words } = this.#workspace;
    floats.fill(0, this.#start >>> 2, this.#end >>> 2); // padding must be zero, and another training may have been here
    this.#network.scale = scale;
    const { train: rows, features } = this.#dataset;
    if (standardise !== undefined && standardise !== false) {
      this.#network.standardisation = fitStandardisation(rows, train, { features, scale, standardise });
    }
    this.#split = split;
    words.set(validation, this.#validationOrder >>> 2);
    words.set(this.#probed.subarray(0, PROBE_ROWS), this.#probeOrder >>> 2);
    for (let i = 0; i < this.#dataset.test.count; i++) words[(this.#testOrder >>> 2) + i] = i;

    this.#shuffle = new RandomState(seeds.shuffle);
    if (shuffle === "none") words.set(train, this.#trainOrder >>> 2);
    if (shuffle === "once") this.#permute();
    this.#noise = isNoisy(this.#options) ? new RandomState(this.#noiseSeed) : null;
    this.#rate = this.#openRate();
    this.#lastRate = this.#options.learning_rate;
    const { early_stopping: stopping = "none" } = this.#options;
    this.#watch = stopping === "none" ? null : new LossWatch(stopping);
    this.#losses = this.#goesByLosses ? [] : null;
    this.#best = null;
    this.#validation = null;
    this.#epoch = 0;
    this.#next = 0;
    if (state === undefined) {
      const weights = initialize(this.#network.sizes, new RandomState(seeds.init), init);
      this.#network.write(this.#parameters, weights);
    } else this.#load(state);
  }

  /** Begins anew on the same rows, or goes on from `state` on them. */
  restore(state?: TrainerState): void {
    this.begin(this.#split, state);
  }

  /**
   * Trains on every row once, or on those that are left of an epoch begun by trainBatches(), and gives the mean cross-entropy of the
   * epoch's rows, each before its batch's step. Where it is not finite the training has diverged: it stopped at that batch and cannot go on.
   */
  trainEpoch(): number {
    return this.trainBatches(Infinity);
  }

  /** Batches of an epoch. */
  get batches(): number {
    return Math.ceil(this.#options.counts.train / this.#batchSize);
  }

  /** Batches trained of the epoch that is under way; 0 between epochs. */
  get batch(): number {
    return this.#next / this.#batchSize;
  }

  /**
   * Trains on the next `count` batches, or on those that are left of the epoch: the same steps as trainEpoch()'s, which gives the same.
   *
   * @throws RangeError unless `count` is a whole number of 1 or more, or Infinity
   */
  trainBatches(count: number): number {
    if (!(count >= 1 && (count === Infinity || Number.isInteger(count)))) {
      throw new RangeError(
        `Cannot train: count must be a whole number of batches, 1 or more, or Infinity, found ${count}`,
      );
    }
    const { shuffle, counts, reduction } = this.#options;
    if (this.#next === 0) {
      if (shuffle === "each_epoch") this.#permute();
      this.#sum = 0;
      this.#validation = null;
    }
    const until = Math.min(counts.train, this.#next + count * this.#batchSize);
    let first = this.#next;
    let sum = this.#sum;
    for (; first < until; first += this.#batchSize) {
      const rows = Math.min(this.#batchSize, counts.train - first);
      sum = this.#trainBatch(first, rows, { scale: reduction === "mean" ? 1 / rows : 1, sum });
      if (!Number.isFinite(sum)) return sum;
    }
    this.#sum = sum;
    this.#next = first < counts.train ? first : 0;
    if (first < counts.train) return sum / first;
    this.#epoch++;
    if (this.#losses !== null) {
      this.#validation = this.validate();
      if (this.#look(this.#epoch, this.#validation?.loss ?? NaN) && this.#keepsBest) {
        this.#best = this.weights;
      }
    }
    return sum / counts.train;
  }

  /** Evaluates on the rows held out; null where there are none. */
  validate(): Evaluation | null {
    if (this.#validation !== null && this.#next === 0) return this.#validation;
    const { validation } = this.#options.counts;
    return validation === 0 ? null : this.#evaluate(this.#dataset.train, this.#validationOrder, validation);
  }

  /** What flows through the network on up to 64 rows, the same each time. Changes nothing that training depends on. */
  probe(): LayerProbe[] {
    const B = Math.min(PROBE_ROWS, this.#probed.length);
    return this.#network.probe(this.#parameters, { rows: this.#dataset.train, order: this.#probeOrder, B });
  }

  /** Evaluates on the test part. */
  test(): Evaluation {
    return this.#evaluate(this.#dataset.test, this.#testOrder, this.#dataset.test.count);
  }

  get #probed(): Uint32Array {
    const { validation, train } = this.#split;
    return validation.length > 0 ? validation : train;
  }

  #openRate(): LearningRate {
    return new LearningRate({ ...this.#options, batches: this.batches });
  }

  get #noiseSeed(): number {
    const { noise } = this.#options.seeds;
    if (noise === undefined) throw new TypeError("Cannot begin: seeds must have one for noise, found none");
    return noise;
  }

  get #goesByLosses(): boolean {
    const { schedule, early_stopping = "none", counts } = this.#options;
    const goes = early_stopping !== "none" || schedule !== undefined && scheduleNeedsValidation(schedule);
    if (goes && counts.validation === 0) {
      throw new TypeError(
        `Cannot begin: ${
          early_stopping === "none" ? "this schedule" : "early_stopping"
        } needs rows to validate on, found none`,
      );
    }
    return goes;
  }

  get #keepsBest(): boolean {
    return keepsBest(this.#options.early_stopping);
  }

  /** Takes the validation loss after an epoch; gives whether it is the best so far. */
  #look(epoch: number, loss: number): boolean {
    this.#losses?.push(loss);
    this.#rate.see(epoch, loss);
    return this.#watch?.see(loss) ?? false;
  }

  /** What stands before the names of a block's tensors where there are several blocks. */
  #prefix(block: number): string {
    return this.#state.length > 1 ? `${this.#stateNames[block]}_` : "";
  }

  #load({ epoch, parameters, optimizer, shuffle, noise, losses, best }: TrainerState): void {
    this.#network.write(this.#parameters, parameters);
    const size = parameters.length;
    const names = this.#state.flatMap((_, i) => parameters.map(({ name }) => this.#prefix(i) + name));
    if (names.join() !== optimizer.map(({ name }) => name).join()) {
      const found = optimizer.map(({ name }) => name).join(", ") || "none";
      throw new TypeError(
        `Cannot begin: the state must have what the optimizer keeps, and no more, found ${found}`,
      );
    }
    this.#state.forEach((block, i) => this.#network.write(block, optimizer.slice(i * size, (i + 1) * size)));
    if (shuffle) this.#shuffle = RandomState.restore(shuffle);
    this.#epoch = epoch;
    const missing = [
      this.#noise !== null && noise === undefined ? "noise" : "",
      this.#losses !== null && losses?.length !== epoch ? "losses" : "",
      this.#keepsBest && epoch > 0 && best === undefined ? "best" : "",
    ].find((name) => name !== "");
    if (missing !== undefined) {
      throw new TypeError(
        `Cannot begin: the state must have the ${missing} of its ${epoch} epochs, found none`,
      );
    }
    if (this.#noise !== null && noise !== undefined) this.#noise = RandomState.restore(noise);
    if (this.#losses !== null) losses?.forEach((loss, i) => this.#look(i + 1, loss));
    if (this.#keepsBest) this.#best = best ?? null;
  }

  #trainBatch(first: number, rows: number, { scale, sum }: { scale: number; sum: number }): number {
    const parameters = this.#parameters;
    const batch = { rows: this.#dataset.train, order: this.#trainOrder + 4 * first, B: rows };
    // Counts the steps from 1. Every epoch has the same number of them, so that the count need not be kept.
    const t = this.#epoch * this.batches + first / this.#batchSize + 1;
    const rate = this.#lastRate = this.#rate.at(t), random = this.#noise ?? undefined;
    if (!this.#gradient) {
      return this.#network.train(parameters, batch, { target: parameters, step: -rate, scale, sum, random });
    }
    const gradient = this.#gradient;
    const { blockBytes } = this.#network;
    this.#workspace.floats.fill(0, gradient >>> 2, (gradient + blockBytes) >>> 2);
    for (let from = 0; from < rows; from += PART_ROWS) {
      batch.order = this.#trainOrder + 4 * (first + from);
      batch.B = Math.min(PART_ROWS, rows - from);
      sum = this.#network.train(parameters, batch, { target: gradient, step: 1, scale, sum, random });
    }
    this.#move(rate, t);
    return sum;
  }

  /** Moves the parameters by the gradient: clipped, then with weight decay, then as the optimizer does it at its t-th step. */
  #move(rate: number, t: number): void {
    const { kernels } = this.#workspace;
    const gradient = this.#gradient, parameters = this.#parameters, state = this.#state;
    const floats = this.#network.blockBytes >>> 2;
    const { decoupledDecay } = this.#optimizer;
    const { weight_decay = decoupledDecay ?? 0 } = this.#options;
    const decay = decoupledDecay === undefined ? 0 : weight_decay;
    const [shrink, added] = [this.#clipping(gradient), weight_decay - decay];
    if (shrink < 1 || added > 0) kernels.adjustGradient(gradient, parameters, floats, shrink, added);
    const blocks = { parameters, gradient, state, floats, rate, t, decay };
    this.#optimizer.step(kernels, blocks, this.#settings);
  }

  /** What the gradient is multiplied by to be no longer than clip_norm: as torch.nn.utils.clip_grad_norm_ has it, with its 1e-6. */
  #clipping(gradient: number): number {
    const { clip_norm } = this.#options;
    return clip_norm === undefined ? 1 : Math.min(1, clip_norm / (this.#network.norm(gradient) + 1e-6));
  }

  #evaluate(rows: Rows, order: number, count: number): Evaluation {
    const block = this.#parameters, predictions = this.#predictions;
    return evaluateRows(this.#workspace, this.#network, { block, rows, order, count, predictions });
  }

  /** Lists the training rows by the generator's next permutation. */
  #permute(): void {
    const { train } = this.#split;
    const permutation = this.#shuffle.permutation(train.length);
    this.#workspace.words.set(permutation.map((i) => train[i]), this.#trainOrder >>> 2);
  }
}
