import { type Arena, padded, type Workspace } from "../memory.ts";

/** What a layer of K inputs and N outputs is made with. */
export interface LayerOptions {
  readonly workspace: Workspace;
  /** Where its activations and deltas are allocated. */
  readonly arena: Arena;
  readonly fanIn: number;
  readonly fanOut: number;
  /** Bytes from the beginning of a block to this layer's weights. */
  readonly offset: number;
  /** The most rows of a batch. */
  readonly capacity: number;
  /** The last layer's delta is written in place of its logits. */
  readonly last: boolean;
  /** Pointer to 128 bytes of zeros. */
  readonly zeros: number;
  /** Pointer to SCRATCH_BYTES, which every layer may overwrite. */
  readonly scratch: number;
}

/**
 * A fully connected layer: z = x W + b. The weights and the bias of all layers lie in one block; gradients and the optimizer's state
 * are blocks of the same layout. `block` is a pointer to one, in which the layer knows its own place.
 */
export abstract class Layer {
  readonly fanIn: number;
  readonly fanOut: number;
  /** Bytes that the layer takes in a block. */
  readonly size: number;
  /** Pointer to f32[Np / 16][B][16]: z, which the network turns into activations in place. */
  readonly output: number;
  /** Pointer to f32[Np / 16][B][16]: the loss's derivative by z. */
  readonly delta: number;
  protected readonly workspace: Workspace;
  /** Bytes from the beginning of a block. */
  protected readonly weights: number;
  protected readonly bias: number;
  protected readonly Np: number;
  protected readonly zeros: number;

  /** @param inputs rows of the weights as they are stored: K, padded where the inputs are */
  constructor(
    { workspace, arena, fanIn, fanOut, offset, capacity, last, zeros }: LayerOptions,
    inputs: number,
  ) {
    this.workspace = workspace;
    this.fanIn = fanIn;
    this.fanOut = fanOut;
    this.zeros = zeros;
    this.Np = padded(fanOut);
    this.size = 4 * (inputs + 1) * this.Np;
    this.output = arena.allocate(4 * capacity * this.Np);
    this.delta = last ? this.output : arena.allocate(4 * capacity * this.Np);
    this.weights = offset;
    this.bias = offset + 4 * inputs * this.Np;
  }

  /** Writes z of the batch's B rows to `output`. */
  abstract forward(block: number, B: number): void;
  /** block += scale * the gradient by weights and bias, from the batch's input and `delta`. */
  abstract addGradient(block: number, B: number, scale: number): void;
  /** sum + the squares of the layer's numbers in `block`, added in an order that does not depend on how weights lie in memory. */
  abstract addSquares(block: number, sum: number): number;
  /** Where weight (k, n) stands in `block`: an index into the workspace's floats. */
  abstract weightIndex(block: number, k: number, n: number): number;

  /** The same of the bias alone: a row of its 16 columns at a time. */
  protected addBiasSquares(block: number, sum: number): number {
    const { kernels } = this.workspace;
    for (let n = 0; n < this.Np; n += 16) sum = kernels.addSquares(block + this.bias + 4 * n, 1, 64, sum);
    return sum;
  }

  /** Where bias n stands. */
  biasIndex(block: number, n: number): number {
    return ((block + this.bias) >>> 2) + n;
  }
}
