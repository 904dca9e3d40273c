import { readNpz, writeNpz } from "./npz.ts";

/** A network's weights or biases: Tensor of src/nn. */
interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** weights.npz of W1, B1, W2, ...: what `numpy.load` opens. No tensors give an empty archive. */
export function writeWeights(tensors: readonly Tensor[]): Uint8Array<ArrayBuffer> {
  return writeNpz(Object.fromEntries(tensors.map((tensor) => [tensor.name, tensor])));
}

/** Reads what writeWeights() wrote. Throws SyntaxError where an array is not of float32. */
export function readWeights(npz: Uint8Array): Tensor[] {
  return Object.entries(readNpz(npz)).map(([name, { shape, data }]) => {
    if (!(data instanceof Float32Array)) {
      throw new SyntaxError(
        `Cannot read weights: ${name} must be of float32, found ${data.constructor.name}`,
      );
    }
    return { name, shape, data: new Float32Array(data) };
  });
}
