/** n rounded up to a multiple of 16, the width of a panel. */
export function padded(n: number): number {
  return (n + 15) & ~15;
}

/** What the kernels on dense rows pack a batch's rows in: about a core's second cache, so that they stay there. */
export const SCRATCH_BYTES = 1 << 19;

/**
 * Where column n of row r stands in panels of 16 columns, [columns / 16][rows][16]: how activations (a row a sample) and the weights
 * of a layer on dense inputs (a row an input) lie in memory, so that a kernel streams through them.
 */
export function denseIndex(r: number, n: number, rows: number): number {
  return ((n >> 4) * rows + r) * 16 + (n & 15);
}

/** Where weight (j, n) of the layer on D sparse inputs stands: panels [Np / 32][D][32], the last [D][16] if Np / 16 is odd. */
export function sparseIndex(j: number, n: number, D: number, Np: number): number {
  const panel = n & ~31;
  const width = panel + 32 <= Np ? 32 : 16;
  return panel * D + j * width + (n - panel);
}
