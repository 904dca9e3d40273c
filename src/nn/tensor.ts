/** A named array of float32 in row-major order: a layer's weights (K, N) or bias (N). */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
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
