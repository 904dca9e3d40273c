import { bestRun, type Objective, type RankedTrial } from "./ranking.ts";
import { sample } from "./sample.ts";

/** How many trials' diagnostics a report holds. */
export const MAX_DIAGNOSED = 40;

/** The runs whose diagnostics a report shows, best first: of an even sample of the trials by rank, the best run or else the first. */
export function diagnosedRuns(
  ranking: readonly RankedTrial[],
  objective: Objective,
): { trial: number; seed: number }[] {
  return sample(ranking, MAX_DIAGNOSED).map((ranked) => {
    const { trial, seed } = bestRun(ranked, objective) ?? ranked.runs[0];
    return { trial, seed };
  });
}
