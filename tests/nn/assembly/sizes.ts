/** Rows of a batch: every remainder of the kernels' tiles of 4 and of 2, and more than one tile. */
export const BATCHES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 33];

/** Units of a layer: every remainder of panels of 16 and of 32, and larger ones. */
export const UNITS = [...Array.from({ length: 35 }, (_, i) => i + 1), 48, 64, 100];

/** Units padded to whole panels: Np / 16 is 1, 2, 3, 4 and 7, odd and even. */
export const PADDED = [16, 32, 48, 64, 112];
