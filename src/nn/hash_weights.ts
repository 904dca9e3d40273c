import { createHash } from "node:crypto";
import type { Tensor } from "./weights.ts";

/**
 * SHA-256, in hex, of the float32 values of W1, B1, W2, ..., row by row, little-endian, one after another. In NumPy:
 * `hashlib.sha256(b"".join(w[k].tobytes() for k in w.files)).hexdigest()` with `w = np.load("weights.npz")`.
 */
export function hashWeights(tensors: readonly Tensor[]): string {
  const hash = createHash("sha256");
  for (const { data } of tensors) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest("hex");
}
