import type { Activations } from "../../src/nn/activation.ts";
import type { Arena } from "../../src/nn/arena.ts";
import { Network } from "../../src/nn/network.ts";
import type { Tensor } from "../../src/nn/tensor.ts";
import type { TrainingData } from "../../src/nn/training_data.ts";
import type { Workspace } from "../../src/nn/workspace.ts";

/** A network of its own beside a trainer's, to look into single batches. */
export class BatchGradients {
  readonly #workspace: Workspace;
  readonly #network: Network;
  readonly #data: TrainingData;
  readonly #block: number;
  readonly #gradient: number;
  readonly #order: number;

  constructor(
    workspace: Workspace,
    arena: Arena,
    { data, hidden, activation, weights, capacity }: {
      data: TrainingData;
      hidden: readonly number[];
      activation: Activations;
      weights: readonly Tensor[];
      /** The most rows of a batch. */
      capacity: number;
    },
  ) {
    const { features, classes, longestRow, scale, train: { storage } } = data;
    const sizes = [features, ...hidden, classes];
    this.#workspace = workspace;
    this.#data = data;
    this.#network = new Network(workspace, arena, { sizes, activation, storage, longestRow, capacity });
    this.#network.scale = scale;
    this.#block = arena.allocate(this.#network.blockBytes);
    this.#gradient = arena.allocate(this.#network.blockBytes);
    this.#order = arena.allocate(4 * capacity);
    this.#network.write(this.#block, weights);
  }

  /** The mean loss of these training rows, and the gradient by W1, B1, ... of their mean or summed loss. */
  gradient(rows: Uint32Array, reduction: "mean" | "sum"): { loss: number; gradient: Tensor[] } {
    const { floats } = this.#workspace;
    floats.fill(0, this.#gradient >> 2, (this.#gradient + this.#network.blockBytes) >> 2);
    const scale = reduction === "mean" ? 1 / rows.length : 1;
    const sum = this.#train(rows, { target: this.#gradient, step: 1, scale });
    return { loss: sum / rows.length, gradient: this.#network.read(this.#gradient) };
  }

  /** A step of SGD on the mean loss of these training rows. Returns the mean loss before it. */
  step(rows: Uint32Array, learningRate: number): number {
    const options = { target: this.#block, step: -learningRate, scale: 1 / rows.length };
    return this.#train(rows, options) / rows.length;
  }

  #train(rows: Uint32Array, options: { target: number; step: number; scale: number }): number {
    this.#workspace.words.set(rows, this.#order >> 2);
    const batch = { rows: this.#data.train, order: this.#order, B: rows.length };
    return this.#network.train(this.#block, batch, { ...options, sum: 0 });
  }
}
