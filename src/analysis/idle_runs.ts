import { type Guessing, learnedNothing } from "../metrics/guessing.ts";
import type { RunRow } from "../tables/results_csv.ts";

/** The runs that ended ok and are no better on the test images than always guessing the largest class; none where nobody knows. */
export function idleRuns(rows: readonly RunRow[], guessed: Guessing | undefined): RunRow[] {
  if (guessed === undefined) return [];
  // Of ten thousand runs many get as many right, and each test is a long sum.
  const known = new Map<number, boolean>();
  const isIdle = (right: number) => {
    const idle = known.get(right) ?? learnedNothing(right, guessed);
    known.set(right, idle);
    return idle;
  };
  return rows.filter(({ status, test_accuracy }) =>
    status === "ok" && test_accuracy !== null && isIdle(Math.round(test_accuracy * guessed.images))
  );
}
