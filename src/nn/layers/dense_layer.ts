import { denseIndex, padded, SCRATCH_BYTES, type Workspace } from "../memory.ts";
import type { Layer, LayerOptions } from "./layer.ts";

/** A layer on dense rows: another layer's activations or gathered pixels. Kernels: assembly/dense_*.ts. */
export class DenseLayer implements Layer {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly size: number;
  readonly output: number;
  readonly delta: number;
  readonly #workspace: Workspace;
  readonly #input: number;
  readonly #weights: number;
  readonly #bias: number;
  readonly #Kp: number;
  readonly #Np: number;
  readonly #zeros: number;
  readonly #scratch: number;

  /**
   * A layer that reads its rows where another one, or gatherPixels(), puts them.
   *
   * @param options.input pointer to f32[Kp / 16][B][16] whose columns from K on are zero
   */
  constructor(options: LayerOptions & { input: number }) {
    const { workspace, arena, fanIn, fanOut, offset, capacity } = options;
    this.#Kp = padded(fanIn);
    this.#Np = padded(fanOut);
    this.fanIn = fanIn;
    this.fanOut = fanOut;
    this.size = 4 * (this.#Kp + 1) * this.#Np;
    this.output = arena.allocate(4 * capacity * this.#Np);
    this.delta = options.last ? this.output : arena.allocate(4 * capacity * this.#Np);
    this.#workspace = workspace;
    this.#input = options.input;
    this.#weights = offset;
    this.#bias = offset + 4 * this.#Kp * this.#Np;
    this.#zeros = options.zeros;
    this.#scratch = options.scratch;
  }

  forward(block: number, B: number): void {
    const { kernels } = this.#workspace;
    kernels.denseForward(
      this.#input,
      block + this.#weights,
      block + this.#bias,
      this.output,
      B,
      this.fanIn,
      this.#Np,
      this.#scratch,
      SCRATCH_BYTES,
    );
  }

  /** Writes the loss's derivative by the layer's input to `into`, f32[Kp / 16][B][16]. */
  backward(block: number, B: number, into: number): void {
    const { kernels } = this.#workspace;
    kernels.denseBackward(
      this.delta,
      block + this.#weights,
      into,
      B,
      this.#Kp,
      this.#Np,
      this.#zeros,
      this.#scratch,
      SCRATCH_BYTES,
    );
  }

  addGradient(block: number, B: number, scale: number): void {
    const { kernels } = this.#workspace;
    kernels.denseUpdate(
      this.#input,
      this.delta,
      block + this.#weights,
      B,
      this.#Kp,
      this.#Np,
      scale,
      this.#zeros,
    );
    kernels.biasUpdate(this.delta, block + this.#bias, B, this.#Np, scale, this.#zeros);
  }

  weightIndex(block: number, k: number, n: number): number {
    return ((block + this.#weights) >>> 2) + denseIndex(k, n, this.#Kp);
  }

  biasIndex(block: number, n: number): number {
    return ((block + this.#bias) >>> 2) + n;
  }
}
