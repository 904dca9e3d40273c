import type { Weights } from "./rule.ts";
import type { Sample } from "./sample.ts";

/**
 * The weights with the least sum of (t - w x - b)^2, where the delta rule goes as its rate goes to 0; `targets` are t of class 0 and of
 * class 1. By the normal equations. Undefined where the samples do not determine them, as on one line.
 */
export function leastSquares(
  samples: readonly Sample[],
  targets: readonly [number, number],
): Weights | undefined {
  const rows = samples.map(({ x1, x2, label }) => [x1, x2, 1, targets[label]]);
  const system = [0, 1, 2].map((i) =>
    [0, 1, 2, 3].map((k) => rows.reduce((sum, row) => sum + row[i] * row[k], 0))
  );
  for (let i = 0; i < 3; i++) {
    // Positive definite where they are determined: no rows need to be exchanged.
    if (!(system[i][i] > 1e-9)) return undefined;
    for (let k = 0; k < 3; k++) {
      if (k === i) continue;
      const factor = system[k][i] / system[i][i];
      system[k] = system[k].map((value, column) => value - factor * system[i][column]);
    }
  }
  const [w1, w2, b] = system.map((row, i) => row[3] / row[i]);
  return { w1, w2, b };
}
