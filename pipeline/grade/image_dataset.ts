import { decodeDataset } from "../../src/data/dataset_codec.ts";
import { type Split, splitTrainValidation } from "../../src/data/split.ts";
import type {
  GradeDataset,
  ImagesAside,
  LabelledRows,
  NetworkEvaluation,
  TrainedNetwork,
  ValidationEvaluation,
} from "../../src/grade/engine.ts";
import type { GradeTensor } from "../../src/grade/student_program.ts";
import { Arena } from "../../src/nn/arena.ts";
import { evaluateRows, EVALUATION_ROWS } from "../../src/nn/evaluate.ts";
import { Network } from "../../src/nn/network.ts";
import type { Rows } from "../../src/nn/rows.ts";
import type { Tensor } from "../../src/nn/tensor.ts";
import { type TrainingData, trainingData } from "../../src/nn/training_data.ts";
import { wasmWorkspace, type Workspace } from "../../src/nn/workspace.ts";

/** What a pixel is divided by. */
const SCALE = 255;
const PAGE = 65_536;
/** Room for the course's network; a larger one gets a memory of its own size. */
const ROOM = 16 * 1024 * 1024;

/** An encoded data set in a WebAssembly memory, with room behind it for a network to run on it. */
export class ImageDataset implements GradeDataset {
  readonly features: number;
  readonly classes: number;
  readonly #module: WebAssembly.Module;
  readonly #bytes: Uint8Array;
  readonly #count: number;
  #bench: Bench;

  /**
   * @param module kernels.wasm, compiled
   * @param bytes the encoded data set
   * @param limit how many of its first training images count
   */
  constructor(module: WebAssembly.Module, bytes: Uint8Array, limit = Infinity) {
    this.#module = module;
    this.#bytes = bytes;
    this.#bench = openBench(module, bytes, ROOM);
    const { features, classes, train } = this.#bench.data;
    this.features = features;
    this.classes = classes;
    this.#count = Math.min(limit, train.count);
  }

  get testLabels(): Uint8Array {
    return this.#bench.data.test.labels;
  }

  /** The memory's data and workspace, with room for `bytes` of somebody's own at `start`. */
  bench(bytes: number): Bench {
    if (this.#bench.room < bytes) this.#bench = openBench(this.#module, this.#bytes, bytes);
    return this.#bench;
  }

  /** Which rows train and which validate. */
  rows({ validation, seed }: { validation: number; seed: number }): Split {
    return splitTrainValidation({ count: this.#count, validation, seed });
  }

  split(options: { validation: number; seed: number }): { train: LabelledRows; validation: LabelledRows } {
    const { train, validation } = this.rows(options);
    const labelled = (order: Uint32Array): LabelledRows => {
      const { train: part } = this.#bench.data;
      const y = Float64Array.from(order, (row) => part.labels[row]);
      return { X: this.#pixels(part, order), y: { shape: [order.length], data: y } };
    };
    return { train: labelled(train), validation: labelled(validation) };
  }

  testImages(): GradeTensor {
    const { test } = this.#bench.data;
    return this.#pixels(test, Uint32Array.from({ length: test.count }, (_, row) => row));
  }

  evaluate(network: TrainedNetwork): NetworkEvaluation {
    const { count } = this.#bench.data.test;
    return this.#evaluate(network, "test", Uint32Array.from({ length: count }, (_, row) => row));
  }

  validate(network: TrainedNetwork, aside: ImagesAside): ValidationEvaluation | null {
    const rows = "rows" in aside ? Uint32Array.from(aside.rows) : this.rows(aside).validation;
    if (rows.length === 0) return null;
    const { labels } = this.#bench.data.train;
    return {
      ...this.#evaluate(network, "train", rows),
      rows,
      labels: Uint8Array.from(rows, (row) => labels[row]),
    };
  }

  #evaluate(
    { parameters, activation }: TrainedNetwork,
    part: "train" | "test",
    rows: Uint32Array,
  ): NetworkEvaluation {
    const weights: Tensor[] = Object.entries(parameters).map(([name, { shape, data }]) => ({
      name,
      shape,
      data: Float32Array.from(data),
    }));
    const sizes = [
      this.features,
      ...weights.filter(({ name }) => name.startsWith("B")).map(({ data }) => data.length),
    ];
    const place = (workspace: Workspace, arena: Arena, data: TrainingData) => {
      const { longestRow, test: { storage } } = data;
      const network = new Network(workspace, arena, {
        sizes,
        activation,
        storage,
        longestRow,
        capacity: EVALUATION_ROWS,
      });
      return {
        network,
        block: arena.allocate(network.blockBytes),
        order: arena.allocate(4 * rows.length),
        predictions: arena.allocate(rows.length),
      };
    };
    const measure = new Arena(0);
    place(NOWHERE, measure, this.#bench.data);
    const { workspace, data, start } = this.bench(measure.next);
    const { network, block, order, predictions } = place(workspace, new Arena(start), data);
    workspace.floats.fill(0, start >> 2, (start + measure.next) >> 2);
    network.scale = SCALE;
    network.write(block, weights);
    workspace.words.set(rows, order >> 2);
    return evaluateRows(workspace, network, {
      block,
      rows: data[part],
      order,
      count: rows.length,
      predictions,
    });
  }

  /** Rows as dense numbers from 0 to 1. */
  #pixels(part: Rows, order: Uint32Array): GradeTensor {
    const D = this.features;
    const data = new Float64Array(order.length * D);
    for (const [i, row] of order.entries()) {
      if (part.storage === "dense") {
        for (let j = 0; j < D; j++) data[i * D + j] = part.pixels[row * D + j] / SCALE;
      } else {
        for (let e = part.rowStarts[row]; e < part.rowStarts[row + 1]; e++) {
          data[i * D + part.columns[e]] = part.values[e] / SCALE;
        }
      }
    }
    return { shape: [order.length, D], data };
  }
}

/** A data set in memory, the kernels over it, and where room begins. */
export interface Bench {
  readonly workspace: Workspace;
  readonly data: TrainingData;
  readonly start: number;
  readonly room: number;
}

function openBench(module: WebAssembly.Module, bytes: Uint8Array, room: number): Bench {
  const start = Math.ceil(bytes.length / 64) * 64;
  const pages = Math.ceil((start + room) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  new Uint8Array(memory.buffer).set(bytes);
  const data = trainingData(decodeDataset(memory.buffer), SCALE);
  return { workspace: wasmWorkspace(module, memory), data, start, room: pages * PAGE - start };
}

/** A workspace in which nothing but room is counted. */
const NOWHERE: Workspace = {
  kernels: {} as Workspace["kernels"],
  floats: new Float32Array(),
  words: new Uint32Array(),
  bytes: new Uint8Array(),
};
