import { sweptPaths } from "../../src/config/methods/methods.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { datasetFacts } from "../../src/data/catalogue.ts";
import { unlikeSplits } from "../../src/data/unlike_splits.ts";
import type { TrialSpace } from "../../src/sweep/trial.ts";
import { METRIC } from "../../src/tables/metrics.ts";
import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";

/** That trials are ranked by what is measured on other rows in one than in another; null where it is on the same, or on the test's. */
export function unlikeTrials(
  { dataset, sweep, report: { metric } }: Pick<Experiment, "dataset" | "sweep" | "report">,
  trials: TrialSpace,
): Texts | null {
  if (METRIC[metric].on === "test" || sweep === undefined) return null;
  // Trials are many, and made one by one.
  if (!sweptPaths(sweep).some((path) => path.startsWith("preprocess."))) return null;
  const { kind, counts } = datasetFacts(dataset);
  const paths = unlikeSplits(Array.from(trials, ({ preprocess }) => preprocess), counts?.train);
  return paths.length === 0 ? null : say((t) => t.sweep.unlikeRows(paths.join(t.comma), kind));
}
