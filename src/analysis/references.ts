import { compareReference, type ReferenceComparison } from "../metrics/compare_reference.ts";
import type { Metric } from "../tables/metrics.ts";
import { type Objective, rankTrials } from "./ranking.ts";
import type { RunRow } from "../tables/results_csv.ts";

/** A metric that an experiment's results should come near to; of the best trial, unless one is named. */
export interface TrialReference {
  readonly metric: Metric;
  readonly value: number;
  readonly tolerance: number;
  readonly trial?: number | undefined;
}

export interface TrialComparison extends ReferenceComparison {
  /** The trial that was compared; null where there is none of this number. */
  readonly trial: number | null;
}

/** Compares means over a trial's seeds. A trial of which a run did not end well has none to compare: the other seeds would flatter it. */
export function compareWithReferences(
  rows: readonly RunRow[],
  { references, objective }: { references: readonly TrialReference[]; objective: Objective },
): TrialComparison[] {
  const ranking = rankTrials(rows, objective);
  return references.map(({ trial, ...target }) => {
    const compared = trial === undefined ? ranking.at(0) : ranking.find((ranked) => ranked.trial === trial);
    const complete = compared !== undefined && compared.ok === compared.runs.length;
    const found = complete ? compared.means[target.metric] : null;
    return { ...compareReference(found, target), trial: compared?.trial ?? null };
  });
}
