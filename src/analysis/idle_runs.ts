import { type Guessing, learnedNothing } from "../metrics/guessing.ts";
import type { RunRow } from "../tables/results_csv.ts";

/** The runs that ended ok and are no better on the test images than always guessing the largest class; none where nobody knows. */
export function idleRuns(rows: readonly RunRow[], guessed: Guessing | undefined): RunRow[] {
  if (guessed === undefined) return [];
  return rows.filter(({ status, test_accuracy }) =>
    status === "ok" && test_accuracy !== null &&
    learnedNothing(Math.round(test_accuracy * guessed.images), guessed)
  );
}
