import { padded, sparseIndex, type Workspace } from "../memory.ts";
import type { SparseRows } from "../../data/dataset.ts";
import type { Layer, LayerOptions } from "./layer.ts";

/** The first layer on sparse rows: it touches only pixels that are not zero. Kernels: assembly/gather.ts, assembly/sparse.ts. */
export class SparseLayer implements Layer {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly size: number;
  readonly output: number;
  readonly delta: number;
  readonly #workspace: Workspace;
  readonly #weights: number;
  readonly #bias: number;
  readonly #Np: number;
  readonly #zeros: number;
  /** The batch's rows, and the same by columns. */
  readonly #starts: number;
  readonly #entries: number;
  readonly #counts: number;
  readonly #touched: number;
  readonly #columnEntries: number;

  /**
   * A layer with room for a batch's rows.
   *
   * @param options.longestRow the most entries of a row
   */
  constructor(options: LayerOptions & { longestRow: number }) {
    const { workspace, arena, fanIn, fanOut, offset, capacity, longestRow } = options;
    this.#Np = padded(fanOut);
    this.fanIn = fanIn;
    this.fanOut = fanOut;
    this.size = 4 * (fanIn + 1) * this.#Np;
    this.output = arena.allocate(4 * capacity * this.#Np);
    this.delta = options.last ? this.output : arena.allocate(4 * capacity * this.#Np);
    this.#workspace = workspace;
    this.#weights = offset;
    this.#bias = offset + 4 * fanIn * this.#Np;
    this.#zeros = options.zeros;
    this.#starts = arena.allocate(4 * (capacity + 1));
    this.#entries = arena.allocate(8 * capacity * longestRow);
    this.#counts = arena.allocate(4 * (fanIn + 2 * (capacity + 2)));
    this.#touched = arena.allocate(16 * fanIn);
    this.#columnEntries = arena.allocate(8 * capacity * longestRow);
  }

  /** Takes B rows, those that the u32[B] at `order` names, as the batch. `table` points to the 256 values a pixel is scaled to. */
  gather(rows: SparseRows, { table, order, B }: { table: number; order: number; B: number }): void {
    const { kernels } = this.#workspace;
    const { rowStarts, columns, values } = rows;
    kernels.gatherRows(
      rowStarts.byteOffset,
      columns.byteOffset,
      values.byteOffset,
      table,
      order,
      B,
      this.#starts,
      this.#entries,
    );
  }

  forward(block: number, B: number): void {
    const { kernels } = this.#workspace;
    kernels.sparseForward(
      this.#starts,
      this.#entries,
      block + this.#weights,
      block + this.#bias,
      this.output,
      B,
      this.fanIn,
      this.#Np,
    );
  }

  addGradient(block: number, B: number, scale: number): void {
    const { kernels } = this.#workspace;
    const T = kernels.transposeRows(
      this.#starts,
      this.#entries,
      B,
      this.fanIn,
      this.#counts,
      this.#touched,
      this.#columnEntries,
    );
    kernels.sparseUpdate(
      this.#touched,
      T,
      this.#columnEntries,
      this.delta,
      block + this.#weights,
      B,
      this.fanIn,
      this.#Np,
      scale,
      this.#zeros,
    );
    kernels.biasUpdate(this.delta, block + this.#bias, B, this.#Np, scale, this.#zeros);
  }

  weightIndex(block: number, k: number, n: number): number {
    return ((block + this.#weights) >>> 2) + sparseIndex(k, n, this.fanIn, this.#Np);
  }

  biasIndex(block: number, n: number): number {
    return ((block + this.#bias) >>> 2) + n;
  }
}
