import { denseIndex, padded, SCRATCH_BYTES } from "../memory.ts";
import { Layer, type LayerOptions } from "./layer.ts";

/** A layer on dense rows: another layer's activations or gathered pixels. Kernels: assembly/dense_*.ts. */
export class DenseLayer extends Layer {
  /** Pointer to f32[Kp / 16][B][16] whose columns from K on are zero. */
  input: number;
  readonly #scratch: number;
  readonly #Kp: number;

  constructor(options: LayerOptions & { input: number }) {
    super(options, padded(options.fanIn));
    this.input = options.input;
    this.#scratch = options.scratch;
    this.#Kp = padded(options.fanIn);
  }

  forward(block: number, B: number): void {
    const { kernels } = this.workspace;
    const w = block + this.weights, bias = block + this.bias, scratch = this.#scratch;
    kernels.denseForward(this.input, w, bias, this.output, B, this.fanIn, this.Np, scratch, SCRATCH_BYTES);
  }

  /** Writes the loss's derivative by the layer's input to `into`, f32[Kp / 16][B][16]. */
  backward(block: number, B: number, into: number): void {
    const { kernels } = this.workspace;
    const w = block + this.weights, Kp = this.#Kp, scratch = this.#scratch;
    kernels.denseBackward(this.delta, w, into, B, Kp, this.Np, this.zeros, scratch, SCRATCH_BYTES);
  }

  addGradient(block: number, B: number, scale: number): void {
    const { kernels } = this.workspace;
    const w = block + this.weights, bias = block + this.bias;
    kernels.denseUpdate(this.input, this.delta, w, B, this.#Kp, this.Np, scale, this.zeros);
    kernels.biasUpdate(this.delta, bias, B, this.Np, scale, this.zeros);
  }

  addSquares(block: number, sum: number): number {
    const { kernels } = this.workspace;
    const panel = 64 * this.#Kp;
    for (let p = 0; p < this.Np / 16; p++) {
      sum = kernels.addSquares(block + this.weights + p * panel, this.#Kp, 64, sum);
    }
    return this.addBiasSquares(block, sum);
  }

  weightIndex(block: number, k: number, n: number): number {
    return ((block + this.weights) >>> 2) + denseIndex(k, n, this.#Kp);
  }
}
