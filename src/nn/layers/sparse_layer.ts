import { sparseIndex } from "../memory.ts";
import type { SparseRows } from "../../data/dataset.ts";
import { Layer, type LayerOptions } from "./layer.ts";

/** The first layer on sparse rows: it touches only pixels that are not zero. Kernels: assembly/gather.ts, assembly/sparse.ts. */
export class SparseLayer extends Layer {
  /** The batch's rows, and the same by columns. */
  readonly #starts: number;
  readonly #entries: number;
  readonly #counts: number;
  readonly #touched: number;
  readonly #columnEntries: number;

  /** @param options.longestRow the most entries of a row */
  constructor(options: LayerOptions & { longestRow: number }) {
    const { arena, fanIn, capacity, longestRow } = options;
    super(options, fanIn);
    this.#starts = arena.allocate(4 * (capacity + 1));
    this.#entries = arena.allocate(8 * capacity * longestRow);
    this.#counts = arena.allocate(4 * (fanIn + 2 * (capacity + 2)));
    this.#touched = arena.allocate(16 * fanIn);
    this.#columnEntries = arena.allocate(8 * capacity * longestRow);
  }

  /** Takes B rows, those that the u32[B] at `order` names, as the batch. `table` points to the 256 values a pixel is scaled to. */
  gather(rows: SparseRows, { table, order, B }: { table: number; order: number; B: number }): void {
    const { kernels } = this.workspace;
    const [rowStarts, columns, values] = [rows.rowStarts, rows.columns, rows.values].map((a) => a.byteOffset);
    kernels.gatherRows(rowStarts, columns, values, table, order, B, this.#starts, this.#entries);
  }

  forward(block: number, B: number): void {
    const { kernels } = this.workspace;
    const w = block + this.weights, bias = block + this.bias;
    kernels.sparseForward(this.#starts, this.#entries, w, bias, this.output, B, this.fanIn, this.Np);
  }

  addGradient(block: number, B: number, scale: number): void {
    const { workspace: { kernels }, delta, fanIn: D, Np, zeros } = this;
    const w = block + this.weights, touched = this.#touched, lists = this.#columnEntries;
    const T = kernels.transposeRows(this.#starts, this.#entries, B, D, this.#counts, touched, lists);
    kernels.sparseUpdate(touched, T, lists, delta, w, B, D, Np, scale, zeros);
    kernels.biasUpdate(delta, block + this.bias, B, Np, scale, zeros);
  }

  addSquares(block: number, sum: number): number {
    const { workspace: { kernels }, fanIn: D, Np } = this;
    for (let n = 0; n < Np; n += 16) {
      const stride = (n & ~31) + 32 <= Np ? 128 : 64;
      sum = kernels.addSquares(block + this.weights + 4 * sparseIndex(0, n, D, Np), D, stride, sum);
    }
    return this.addBiasSquares(block, sum);
  }

  weightIndex(block: number, k: number, n: number): number {
    return ((block + this.weights) >>> 2) + sparseIndex(k, n, this.fanIn, this.Np);
  }
}
