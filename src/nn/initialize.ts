import type { RandomState } from "../random/random_state.ts";
import { type Tensor, zeroTensors } from "./weights.ts";

/** How the first weights are drawn. */
export interface InitOptions {
  /** gaussian: standard deviation sigma; xavier: 1 / sqrt(K); he: sqrt(2 / K). */
  method: "gaussian" | "xavier" | "he";
  /** For gaussian alone. */
  sigma?: number;
  /** gaussian: drawn like the layer's weights; a number: all of them that. */
  bias: "zero" | "gaussian" | number;
}

/**
 * First weights and biases, as a student draws them in NumPy: in the order W1, B1, W2, B2, ... from one generator,
 * `sigma * random_state.randn(K, N)`, then `sigma * random_state.randn(N)`, rounded to float32. Biases that are not gaussian draw nothing.
 *
 * @param sizes from the features to the classes
 */
export function initialize(sizes: readonly number[], random: RandomState, init: InitOptions): Tensor[] {
  const tensors = zeroTensors(sizes);
  tensors.forEach(({ data }, i) => {
    const scale = standardDeviation(init, sizes[i >>> 1]);
    const isBias = i % 2 === 1;
    if (isBias && typeof init.bias === "number") data.fill(init.bias);
    else if (!isBias || init.bias === "gaussian") random.fillStandardNormal(data, { scale });
  });
  return tensors;
}

/** `K` is the layer's number of inputs. */
function standardDeviation({ method, sigma }: InitOptions, K: number): number {
  switch (method) {
    case "gaussian":
      if (sigma === undefined) {
        throw new TypeError("Cannot initialize: sigma must be given for method gaussian, found none");
      }
      return sigma;
    case "xavier":
      return 1 / Math.sqrt(K);
    case "he":
      return Math.sqrt(2 / K);
  }
}
