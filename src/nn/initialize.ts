import type { RandomState } from "../random/random_state.ts";
import { Checker } from "./range.ts";
import { BIASES, INIT_METHODS, TRAINING_RANGES } from "./training_ranges.ts";
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

/** Throws RangeError unless weights can be drawn so, and TypeError where gaussian has no sigma. */
export function checkInit({ method, sigma, bias }: InitOptions, check: Checker): void {
  check.choice("init.method", method, INIT_METHODS);
  if (method === "gaussian") {
    if (sigma === undefined) {
      throw new TypeError("Cannot initialize: sigma must be given for method gaussian, found none");
    }
    check.number("init.sigma", sigma, TRAINING_RANGES.sigma);
  }
  if (typeof bias === "number") check.number("init.bias", bias, {});
  else check.choice("init.bias", bias, BIASES);
}

const check: Checker = new Checker("initialize");

/**
 * First weights and biases, as a student draws them in NumPy: in the order W1, B1, W2, B2, ... from one generator,
 * `sigma * random_state.randn(K, N)`, then `sigma * random_state.randn(N)`, rounded to float32. Biases that are not gaussian draw nothing.
 *
 * @param sizes from the features to the classes
 * @throws TypeError where `init` has no sigma for gaussian, and RangeError unless sizes are whole numbers of 1 or more, and the members of
 * `init` are such as a config may have
 */
export function initialize(sizes: readonly number[], random: RandomState, init: InitOptions): Tensor[] {
  if (sizes.length < 2) check.refuse("sizes", "two or more", sizes);
  for (const size of sizes) check.number("sizes", size, { min: 1, integer: true });
  checkInit(init, check);
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
function standardDeviation({ method, sigma = NaN }: InitOptions, K: number): number {
  switch (method) {
    case "gaussian":
      return sigma;
    case "xavier":
      return 1 / Math.sqrt(K);
    case "he":
      return Math.sqrt(2 / K);
  }
}
