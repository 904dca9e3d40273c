import { type Dataset, longestRow, type Rows } from "../data/dataset.ts";
import type { Standardisation } from "../data/standardise.ts";
import { type Activations, checkActivation } from "./activation.ts";
import type { Bench } from "./bench.ts";
import { Arena, NOWHERE, type Workspace } from "./memory.ts";
import { Network } from "./network.ts";
import { Checker } from "./range.ts";
import { softmaxRows } from "./softmax.ts";
import { TRAINING_RANGES } from "./training_ranges.ts";
import type { Tensor } from "./weights.ts";

/** How a network does on some rows. */
export interface Evaluation {
  /** Mean cross-entropy. */
  readonly loss: number;
  /** Share of rows whose predicted class is their label. */
  readonly accuracy: number;
  /** A class for each row, in their order. */
  readonly predictions: Uint8Array<ArrayBuffer>;
}

/** A network that is there, and what it is to be run on. */
export interface EvaluationOptions {
  /** W1, B1, W2, ... */
  readonly weights: readonly Tensor[];
  /** Of the hidden layers. */
  readonly activation: Activations;
  /** What a pixel is divided by; rows of real numbers are taken as they are. */
  readonly scale: number;
  /** What the network's training did to each input: see fitStandardisation(). Left out: nothing. */
  readonly standardisation?: Standardisation | undefined;
  /** The part of the data set: test where it is left out. */
  readonly part?: "train" | "test";
  /** Which of its rows: all where they are left out. */
  readonly rows?: Uint32Array;
}

/** Rows of a batch in evaluation. It changes no result: losses are summed row by row. */
export const EVALUATION_ROWS = 128;

/** Evaluates the parameters of `block` on those rows that the u32[count] at `order` names; the u8[count] at `predictions` is scratch. */
export function evaluateRows(
  { bytes, words }: Workspace,
  network: Network,
  place: { block: number; rows: Rows; order: number; count: number; predictions: number },
): Evaluation {
  const { block, rows, order, count, predictions } = place;
  let sum = 0;
  for (let first = 0; first < count; first += EVALUATION_ROWS) {
    const batch = { rows, order: order + 4 * first, B: Math.min(EVALUATION_ROWS, count - first) };
    sum = network.evaluate(block, batch, { predictions: predictions + first, sum });
  }
  let correct = 0;
  for (let i = 0; i < count; i++) {
    if (bytes[predictions + i] === rows.labels[words[(order >>> 2) + i]]) correct++;
  }
  const found = new Uint8Array(bytes.subarray(predictions, predictions + count));
  return { loss: sum / count, accuracy: correct / count, predictions: found };
}

/** Bytes of room that a bench of this data set must have for evaluateWeights(). */
export function evaluationBytes(dataset: Dataset, options: EvaluationOptions): number {
  const arena = new Arena(0);
  place(NOWHERE, arena, { dataset, options });
  return arena.next;
}

/**
 * Runs a network on rows of the bench's data set.
 *
 * @throws RangeError where rows are not in the data set's part, the network's classes are not those of the data set, an option is none that
 * a training could have had, or the bench has not the room; TypeError where the shapes of the weights do not fit together
 */
export function evaluateWeights(bench: Bench, options: EvaluationOptions): Evaluation {
  const { network, ...places } = load(bench, options);
  return evaluateRows(bench.workspace, network, places);
}

/** A network's output for each row before the softmax: f32[count][C]. */
export function predictLogits(bench: Bench, options: EvaluationOptions): Float32Array<ArrayBuffer> {
  const { network, block, rows, order, count, predictions } = load(bench, options);
  const C = network.sizes[network.sizes.length - 1];
  const logits = new Float32Array(count * C);
  for (let first = 0; first < count; first += EVALUATION_ROWS) {
    const B = Math.min(EVALUATION_ROWS, count - first);
    network.evaluate(block, { rows, order: order + 4 * first, B }, { predictions, sum: 0 });
    logits.set(network.logits(B), first * C);
  }
  return logits;
}

/** The softmax of a network's output for each row: f32[count][C], the same numbers as the kernels form in training. */
export function predictProbabilities(bench: Bench, options: EvaluationOptions): Float32Array<ArrayBuffer> {
  const probabilities = predictLogits(bench, options);
  const { labels } = bench.dataset[options.part ?? "test"];
  softmaxRows(probabilities, probabilities, probabilities.length / (options.rows ?? labels).length);
  return probabilities;
}

/** Rows of a batch of predictAt(): fewer than in evaluation, so that whatever has room for a training has room for it. */
const PLACES = 64;

/**
 * The probabilities that a network gives to the classes, for rows that are in no data set: from f32[count][D] of real numbers, as many
 * features as the network takes, to f32[count][C], the softmax of its outputs. Needs no more room of the bench than a training of the
 * network.
 *
 * @throws RangeError where numbers are not rows of `features` numbers, there is no such activation, or the bench has not the room; TypeError
 * where the shapes of the weights do not fit together
 */
export function predictAt(
  { workspace, room: { start, end } }: Bench,
  { weights, activation, standardisation, features }:
    & Pick<EvaluationOptions, "weights" | "activation" | "standardisation">
    & { features: number },
  numbers: Float32Array,
): Float32Array<ArrayBuffer> {
  check.number("features", features, { min: 1, integer: true });
  if (numbers.length % features !== 0) {
    check.refuse("numbers", `rows of ${features}`, `${numbers.length} numbers`);
  }
  checkNetwork({ weights, activation, standardisation }, features);
  const arena = new Arena(start, end);
  const network = new Network(workspace, arena, {
    sizes: sizesOf(features, weights),
    activation,
    storage: "real",
    longestRow: 0,
    standardised: standardisation !== undefined,
    capacity: PLACES,
  });
  const block = arena.allocate(network.blockBytes);
  const order = arena.allocate(4 * PLACES), predictions = arena.allocate(PLACES);
  const labels = arena.allocate(PLACES), places = arena.allocate(4 * PLACES * features);
  const { buffer } = workspace.bytes;
  workspace.bytes.fill(0, start, arena.next);
  workspace.floats.fill(0, start >>> 2, arena.next >>> 2);
  network.write(block, weights);
  if (standardisation !== undefined) network.standardisation = standardisation;
  for (let i = 0; i < PLACES; i++) workspace.words[(order >>> 2) + i] = i;
  const rows: Rows = {
    storage: "real",
    count: PLACES,
    labels: new Uint8Array(buffer, labels, PLACES),
    numbers: new Float32Array(buffer, places, PLACES * features),
  };
  const C = network.sizes[network.sizes.length - 1];
  const count = numbers.length / features;
  const probabilities = new Float32Array(count * C);
  for (let first = 0; first < count; first += PLACES) {
    const B = Math.min(PLACES, count - first);
    rows.numbers.set(numbers.subarray(first * features, (first + B) * features));
    network.evaluate(block, { rows, order, B }, { predictions, sum: 0 });
    softmaxRows(network.logits(B), probabilities.subarray(first * C, (first + B) * C), C);
  }
  return probabilities;
}

function sizesOf(features: number, weights: readonly Tensor[]): number[] {
  return [features, ...weights.filter((_, i) => i % 2 === 1).map(({ data }) => data.length)];
}

/** What each layer gives for each row: f32[count][N] of every hidden layer's activations, then of the logits, as the kernels form them. */
export function layerOutputs(bench: Bench, options: EvaluationOptions): Float32Array<ArrayBuffer>[] {
  const { network, block, rows, order, count, predictions } = load(bench, options);
  const found = network.sizes.slice(1).map((N) => new Float32Array(count * N));
  for (let first = 0; first < count; first += EVALUATION_ROWS) {
    const B = Math.min(EVALUATION_ROWS, count - first);
    network.evaluate(block, { rows, order: order + 4 * first, B }, { predictions, sum: 0 });
    network.outputs(B).forEach((values, l) => found[l].set(values, first * network.sizes[l + 1]));
  }
  return found;
}

function place(
  workspace: Workspace,
  arena: Arena,
  { dataset, options }: { dataset: Dataset; options: EvaluationOptions },
) {
  const { weights, activation, part = "test" } = options;
  const rows = dataset[part];
  const count = options.rows?.length ?? rows.count;
  const network = new Network(workspace, arena, {
    sizes: sizesOf(dataset.features, weights),
    activation,
    storage: rows.storage,
    longestRow: longestRow(rows),
    standardised: options.standardisation !== undefined,
    capacity: EVALUATION_ROWS,
  });
  const block = arena.allocate(network.blockBytes);
  const order = arena.allocate(4 * count);
  const predictions = arena.allocate(count);
  return { network, block, rows, order, count, predictions };
}

const check: Checker = new Checker("run a network");

/** Throws RangeError unless it is a network of so many inputs; whether its weights fit together is seen when they are set. */
function checkNetwork(
  { weights, activation, standardisation }: Pick<
    EvaluationOptions,
    "weights" | "activation" | "standardisation"
  >,
  features: number,
): void {
  if (weights.length < 2 || weights.length % 2 !== 0) {
    check.refuse("weights", "W1, B1, W2, ...", `${weights.length} arrays`);
  }
  checkActivation(check, activation);
  const fitted = standardisation?.centre.length ?? features;
  if (fitted !== features) check.refuse("standardisation", `of ${features} inputs`, `that of ${fitted}`);
}

/** Throws RangeError unless the rows and the classes are the data set's. */
function checkEvaluation(dataset: Dataset, options: EvaluationOptions): void {
  const { weights, scale, part = "test", rows } = options;
  check.choice("part", part, ["train", "test"]);
  if (rows !== undefined) check.rows("rows", rows, dataset[part].count);
  check.number("scale", scale, TRAINING_RANGES.scale);
  checkNetwork(options, dataset.features);
  const { length: classes } = weights[weights.length - 1].data;
  if (classes !== dataset.classes) {
    check.refuse("weights", `of ${dataset.classes} classes`, `those of ${classes}`);
  }
}

/** The network at the beginning of the bench's room, which may be full of what was there before. */
function load({ workspace, dataset, room: { start, end } }: Bench, options: EvaluationOptions) {
  checkEvaluation(dataset, options);
  const arena = new Arena(start, end);
  const placed = place(workspace, arena, { dataset, options });
  workspace.floats.fill(0, start >>> 2, arena.next >>> 2);
  placed.network.scale = options.scale;
  if (options.standardisation !== undefined) placed.network.standardisation = options.standardisation;
  placed.network.write(placed.block, options.weights);
  const order = placed.order >>> 2;
  if (options.rows) workspace.words.set(options.rows, order);
  else for (let i = 0; i < placed.count; i++) workspace.words[order + i] = i;
  return placed;
}
