/** A named array of float32 in row-major order: a layer's weights (K, N) or bias (N). */
export interface Tensor {
  /** W1, B1, W2, ... */
  readonly name: string;
  /** (K, N) or (N). */
  readonly shape: readonly number[];
  /** As many values as the shape says. */
  readonly data: Float32Array<ArrayBuffer>;
}

/** W1, B1, W2, B2, ... of a network with these layer sizes, all zero. `sizes` runs from the features to the classes. */
export function zeroTensors(sizes: readonly number[]): Tensor[] {
  const tensors: Tensor[] = [];
  for (let l = 1; l < sizes.length; l++) {
    const [K, N] = [sizes[l - 1], sizes[l]];
    tensors.push({ name: `W${l}`, shape: [K, N], data: new Float32Array(K * N) });
    tensors.push({ name: `B${l}`, shape: [N], data: new Float32Array(N) });
  }
  return tensors;
}
