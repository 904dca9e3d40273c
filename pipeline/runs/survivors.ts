import type { Experiment } from "../../src/config/schema.ts";
import { rankTrials } from "../../src/analysis/ranking.ts";
import type { RunRow } from "../../src/tables/results_csv.ts";

/** The `count` trials that go on from a rung of successive halving to the next: the first of its ranking, in the sweep's order. */
export function survivors(
  rung: readonly RunRow[],
  count: number,
  { report }: Pick<Experiment, "report">,
): number[] {
  return rankTrials(rung, report).slice(0, count).map(({ trial }) => trial).sort((a, b) => a - b);
}
