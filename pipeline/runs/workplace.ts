import { evaluateStep } from "../steps/evaluate.ts";
import { trainStep } from "../steps/train.ts";

/** Where runs are trained and evaluated: by the workers of this machine, or on many machines. */
export interface Workplace {
  /** The steps as they are done there: whose outcome does not tell where that was. */
  readonly train: typeof trainStep;
  readonly evaluate: typeof evaluateStep;
  /** Workers, as far as they are known. */
  readonly workers: number;
  /** How many runs may be under way at once. */
  readonly ahead: number;
  /** Is told how many runs are to come, before the first of them, and of each that has ended. */
  begin(runs: number): void;
  end(): void;
  /** Gives up what is under way, which rejects with the reason. */
  close(reason: unknown): void;
}

/** The workers of this machine, a few runs ahead of them. */
export function localWorkplace(workers: number): Workplace {
  return {
    train: trainStep,
    evaluate: evaluateStep,
    workers,
    ahead: 2 * workers + 2,
    begin() {},
    end() {},
    close() {},
  };
}
