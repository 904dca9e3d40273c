/** One round of successive halving. */
export interface Rung {
  /** Epochs that each of its trials has in all, those of earlier rungs included. */
  readonly epochs: number;
  /** How many trials take part. */
  readonly trials: number;
}

/** What the rungs follow from. */
export interface HalvingPlan {
  /** How many trials there are to begin with. */
  readonly candidates: number;
  /** From one rung to the next, epochs are multiplied and trials divided by this: a whole number of 2 or more. */
  readonly factor: number;
  /** Epochs of the first rung; undefined for as many as let the last rung come as near to `maxEpochs` as it can. */
  readonly minEpochs?: number | undefined;
  /** Epochs that no rung exceeds. */
  readonly maxEpochs: number;
}

/**
 * The rungs of successive halving, as scikit-learn's HalvingGridSearchCV has them with `resource` epochs, `min_resources` a number or
 * "exhaust", and `aggressive_elimination` off: the trials of a rung are ceil(those before / factor), and it ends where one trial is
 * left or the next rung would exceed `maxEpochs`.
 *
 * Throws RangeError unless there is a candidate, factor is a whole number of 2 or more, and 1 <= minEpochs <= maxEpochs.
 */
export function planRungs({ candidates, factor, minEpochs, maxEpochs }: HalvingPlan): Rung[] {
  checkWhole("candidates", candidates, 1);
  checkWhole("factor", factor, 2);
  checkWhole("maxEpochs", maxEpochs, 1);
  const needed = 1 + wholeLog(candidates, factor);
  const first = minEpochs ?? Math.max(1, Math.floor(maxEpochs / factor ** (needed - 1)));
  checkWhole("minEpochs", first, 1);
  if (first > maxEpochs) {
    throw new RangeError(
      `Cannot plan rungs: minEpochs must be at most maxEpochs, ${maxEpochs}, found ${minEpochs}`,
    );
  }
  const possible = 1 + wholeLog(Math.floor(maxEpochs / first), factor);
  const rungs: Rung[] = [];
  let epochs = first;
  let trials = candidates;
  for (let i = 0; i < Math.min(needed, possible); i++) {
    rungs.push({ epochs, trials });
    epochs *= factor;
    trials = Math.ceil(trials / factor);
  }
  return rungs;
}

/** How many times `factor` goes into `value`: the floor of its logarithm, by whole numbers. */
function wholeLog(value: number, factor: number): number {
  let power = 0;
  for (let rest = value; rest >= factor; rest = Math.floor(rest / factor)) power++;
  return power;
}

function checkWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(
    `Cannot plan rungs: ${name} must be a whole number of ${least} or more, found ${value}`,
  );
}
