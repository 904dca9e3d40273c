import { type Dataset, rowPixels, type Rows } from "../data/dataset.ts";
import { type Split, splitTrainValidation } from "../data/split.ts";
import type {
  GradeDataset,
  ImagesAside,
  LabelledRows,
  NetworkEvaluation,
  TrainedNetwork,
  ValidationEvaluation,
} from "./engine.ts";
import type { GradeTensor } from "./student_program.ts";
import { type Bench, openBench } from "../nn/bench.ts";
import { evaluateWeights, evaluationBytes, type EvaluationOptions, predictLogits } from "../nn/evaluate.ts";

/** What a pixel is divided by. */
const SCALE = 255;
/** Room for the course's network; a larger one gets a memory of its own size. */
const ROOM = 16 * 1024 * 1024;

/** A data set to draw rows from and to run networks on. */
export class ImageDataset implements GradeDataset {
  readonly features: number;
  readonly classes: number;
  readonly images: Dataset;
  readonly kernels: WebAssembly.Module;
  readonly #count: number;
  /** Made when a network is to be run, and anew for one that is larger than all before it. */
  #bench: Bench | null = null;

  /**
   * @param kernels see loadKernels()
   * @param limit how many of its first training images count
   */
  constructor(kernels: WebAssembly.Module, images: Dataset, limit = Infinity) {
    this.kernels = kernels;
    this.images = images;
    this.features = images.features;
    this.classes = images.classes;
    this.#count = Math.min(limit, images.train.count);
  }

  get testLabels(): Uint8Array {
    return this.images.test.labels;
  }

  /** Which rows train and which validate. */
  rows({ validation, seed }: { validation: number; seed: number }): Split {
    return splitTrainValidation({ count: this.#count, validation, seed });
  }

  split(options: { validation: number; seed: number }): { train: LabelledRows; validation: LabelledRows } {
    const { train, validation } = this.rows(options);
    const labelled = (order: Uint32Array): LabelledRows => {
      const { train: part } = this.images;
      const y = Float64Array.from(order, (row) => part.labels[row]);
      return { X: this.#pixels(part, order), y: { shape: [order.length], data: y } };
    };
    return { train: labelled(train), validation: labelled(validation) };
  }

  testImages(): GradeTensor {
    const { test } = this.images;
    return this.#pixels(test, Uint32Array.from({ length: test.count }, (_, row) => row));
  }

  testImage(index: number): Uint8Array {
    const { data } = this.#pixels(this.images.test, Uint32Array.of(index));
    return Uint8Array.from(data, (pixel) => Math.round(SCALE * pixel));
  }

  evaluate(network: TrainedNetwork): NetworkEvaluation {
    return this.#evaluate(network, { part: "test" });
  }

  validate(network: TrainedNetwork, aside: ImagesAside): ValidationEvaluation | null {
    const rows = this.#aside(aside);
    if (rows.length === 0) return null;
    const { labels } = this.images.train;
    return {
      ...this.#evaluate(network, { part: "train", rows }),
      rows,
      labels: Uint8Array.from(rows, (row) => labels[row]),
    };
  }

  logits(network: TrainedNetwork, images: ImagesAside | "test"): GradeTensor {
    const { bench, options } = this.#place(
      network,
      images === "test" ? { part: "test" } : { part: "train", rows: this.#aside(images) },
    );
    const data = Float64Array.from(predictLogits(bench, options));
    return { shape: [data.length / this.classes, this.classes], data };
  }

  pixelStatistics(aside: ImagesAside | null): { mean: Float64Array; deviation: Float64Array } {
    const left = new Set(aside === null ? [] : this.#aside(aside));
    const rows = Array.from({ length: this.#count }, (_, row) => row).filter((row) => !left.has(row));
    return statisticsOf(this.images.train, rows, this.features);
  }

  #aside(images: ImagesAside): Uint32Array {
    return "rows" in images ? Uint32Array.from(images.rows) : this.rows(images).validation;
  }

  #evaluate(
    network: TrainedNetwork,
    where: { part: "train" | "test"; rows?: Uint32Array },
  ): NetworkEvaluation {
    const { bench, options } = this.#place(network, where);
    return evaluateWeights(bench, options);
  }

  #place(
    { parameters, activation }: TrainedNetwork,
    where: { part: "train" | "test"; rows?: Uint32Array },
  ): { bench: Bench; options: EvaluationOptions } {
    const weights = Object.entries(parameters).map(([name, { shape, data }]) => ({
      name,
      shape,
      data: Float32Array.from(data),
    }));
    const options = { weights, activation, scale: SCALE, ...where };
    const bytes = evaluationBytes(this.images, options);
    const room = this.#bench?.room ?? { start: 0, end: 0 };
    if (this.#bench === null || room.end - room.start < bytes) {
      this.#bench = openBench(this.images, { kernels: this.kernels, bytes: Math.max(bytes, ROOM) });
    }
    return { bench: this.#bench, options };
  }

  /** Rows as dense numbers from 0 to 1. */
  #pixels(part: Rows, order: Uint32Array): GradeTensor {
    const D = this.features;
    const data = new Float64Array(order.length * D);
    for (const [i, row] of order.entries()) {
      const pixels = rowPixels(part, row, D);
      for (let j = 0; j < D; j++) data[i * D + j] = pixels[j] / SCALE;
    }
    return { shape: [order.length, D], data };
  }
}

/** Of pixels divided by 255. */
function statisticsOf(
  part: Rows,
  rows: readonly number[],
  D: number,
): { mean: Float64Array; deviation: Float64Array } {
  const [sum, squares] = [new Float64Array(D), new Float64Array(D)];
  for (const row of rows) {
    for (const [j, pixel] of rowPixels(part, row, D).entries()) {
      if (pixel === 0) continue;
      sum[j] += pixel / SCALE;
      squares[j] += (pixel / SCALE) ** 2;
    }
  }
  const count = rows.length;
  const mean = sum.map((total) => total / count);
  return { mean, deviation: squares.map((total, j) => Math.sqrt(Math.max(0, total / count - mean[j] ** 2))) };
}
