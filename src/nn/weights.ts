import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex } from "@noble/hashes/utils";

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

/** A hash that takes its input in pieces, such as one of `node:crypto`'s. */
export interface Hash {
  /** Takes more of the input. */
  update(data: Uint8Array): unknown;
  /** The hash of all of it. */
  digest(): Uint8Array;
}

/**
 * SHA-256, in hex, of the float32 values of W1, B1, W2, ..., row by row, little-endian, one after another. In NumPy:
 * `hashlib.sha256(b"".join(w[k].tobytes() for k in w.files)).hexdigest()` with `w = np.load("weights.npz")`.
 *
 * @param hash a faster SHA-256 that the engine may have; this one runs anywhere, at some 160 MB a second
 */
export function hashWeights(tensors: readonly Tensor[], hash: Hash = sha256.create()): string {
  for (const { data } of tensors) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return bytesToHex(hash.digest());
}
