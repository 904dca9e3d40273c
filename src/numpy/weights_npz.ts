import { readNpz, writeNpz } from "./npz.ts";

/** A named array of float32, row by row: a layer's weights or bias. */
export interface NamedArray {
  /** Letters, digits and `_`. */
  readonly name: string;
  /** Of weights (K, N), of a bias (N). */
  readonly shape: readonly number[];
  /** As many values as the shape says. */
  readonly data: Float32Array<ArrayBuffer>;
}

/** weights.npz of W1, B1, W2, ...: what `numpy.load` opens. No tensors give an empty archive. */
export function writeWeights(tensors: readonly NamedArray[]): Uint8Array<ArrayBuffer> {
  return writeNpz(Object.fromEntries(tensors.map((tensor) => [tensor.name, tensor])));
}

/** Reads what writeWeights() wrote. Throws SyntaxError where an array is not of float32. */
export function readWeights(npz: Uint8Array): NamedArray[] {
  return Object.entries(readNpz(npz)).map(([name, { shape, data }]) => {
    if (!(data instanceof Float32Array)) {
      throw new SyntaxError(
        `Cannot read weights: ${name} must be of float32, found ${data.constructor.name}`,
      );
    }
    return { name, shape, data: new Float32Array(data) };
  });
}
