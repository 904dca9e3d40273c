import { denseIndex, sparseIndex } from "../memory.ts";
import type { SparseRows } from "../../data/dataset.ts";
import { Layer, type LayerOptions } from "./layer.ts";

/** Rows of a batch whose deltas, 64 columns of them, stay near a core while the lists of pixels are gone through. */
const BLOCK_ROWS = 128;
/** Columns of delta at once. */
const WIDEST = 64;
/** Units from which on weights are streamed through, in the pixels' order; narrower ones stay near a core. */
const STREAMED = 128;

/** The first layer on sparse rows: it touches only pixels that are not zero. Kernels: assembly/gather.ts, assembly/sparse.ts. */
export class SparseLayer extends Layer {
  /** The batch's rows, and the same by columns. */
  readonly #starts: number;
  readonly #entries: number;
  readonly #counts: number;
  readonly #touched: number;
  readonly #columnEntries: number;
  /** Pointer to f32[D * WIDEST], sums of a batch of several blocks. */
  readonly #sums: number;
  readonly #scratch: number;

  /** @param options.longestRow the most entries of a row */
  constructor(options: LayerOptions & { longestRow: number }) {
    const { arena, fanIn, capacity, longestRow } = options;
    super(options, fanIn);
    this.#scratch = options.scratch;
    this.#starts = arena.allocate(4 * (capacity + 1));
    this.#entries = arena.allocate(8 * capacity * longestRow);
    this.#counts = arena.allocate(4 * (fanIn + capacity + 2));
    const blocks = Math.ceil(capacity / BLOCK_ROWS);
    this.#touched = arena.allocate(16 * fanIn * blocks);
    this.#columnEntries = arena.allocate(8 * capacity * longestRow);
    this.#sums = arena.allocate(blocks === 1 ? 0 : 4 * fanIn * WIDEST);
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
    const w = block + this.weights;
    if (B <= BLOCK_ROWS) {
      const { touched, T, lists } = this.#transpose(0, B);
      kernels.sparseUpdate(touched, T, lists, delta, w, B, D, Np, scale, zeros, this.#scratch);
    } else {
      this.#addByBlocks(w, B, scale);
    }
    kernels.biasUpdate(delta, block + this.bias, B, Np, scale, zeros);
  }

  /** The same bits as at once: each sum is kept from block to block. */
  #addByBlocks(weights: number, B: number, scale: number): void {
    const { workspace: { kernels }, delta, fanIn: D, Np, zeros } = this;
    const sums = this.#sums, scratch = this.#scratch;
    const blocks = [];
    for (let b = 0; b < B; b += BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, B - b);
      blocks.push({ row: b, rows, ...this.#transpose(b, rows) });
    }
    for (let n = 0, width = WIDEST; n < Np; n += width) {
      while (n + width > Np) width /= 2;
      for (const { row, rows, touched, T, lists } of blocks) {
        const from = delta + 4 * denseIndex(row, n, B);
        const start = row === 0 ? 1 : 0;
        kernels.sparseSums(touched, T, lists, from, sums, B, rows, D, width, zeros, start, scratch);
      }
      kernels.sgdStep(weights + 4 * D * n, sums, D * width, -scale);
    }
  }

  /** The lists of the pixels that are touched in `rows` rows from row `first` on. */
  #transpose(first: number, rows: number): { touched: number; T: number; lists: number } {
    const { workspace: { kernels, words }, fanIn: D } = this;
    const starts = this.#starts + 4 * first;
    const touched = this.#touched + 16 * D * (first / BLOCK_ROWS);
    const lists = this.#columnEntries + 8 * words[starts >>> 2];
    const shortestFirst = this.Np < STREAMED ? 1 : 0;
    const T = kernels.transposeRows(
      starts,
      this.#entries,
      rows,
      D,
      this.#counts,
      touched,
      lists,
      shortestFirst,
    );
    return { touched, T, lists };
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
