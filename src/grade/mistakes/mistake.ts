import type { Method } from "../reference/method.ts";

/** The part of the work that a mistake belongs to. Checks of another part do not charge for it again. */
export type Home = "initialize" | "forward" | "loss" | "backward" | "update" | "fit" | "batches" | "history";

/** A mistake that students really make. */
export interface Diagnosis {
  /** Stable, for programs: snake_case. */
  readonly id: string;
  /** Where it costs points. */
  readonly home: Home;
  /** What was done, a sentence without its full stop. */
  readonly title: string;
  /** How to find and mend it. */
  readonly hint: string;
  /** The mistake, done to our own functions: in each way that it is made. Empty for one that is known by other signs. */
  readonly variants: readonly Partial<Method>[];
}
