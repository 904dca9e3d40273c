import type { Experiment } from "../../src/config/schema.ts";
import { trialLabel } from "../../src/sweep/trial_label.ts";
import type { Trial } from "../../src/sweep/trial.ts";
import { formatMetric } from "../../src/tables/metrics.ts";
import { runName, type RunRow } from "../../src/tables/results_csv.ts";
import type { Language } from "../../src/text/language.ts";
import { messages } from "../messages/messages.ts";
import { formatConfig, pathsComment, trialExperiment } from "./best.ts";

interface ConfiguredRun {
  readonly experiment: Experiment;
  /** With the epochs that the run is trained for. */
  readonly trial: Trial;
  readonly row: Pick<RunRow, "seed" | "status" | "test_accuracy" | "val_accuracy" | "weights_sha256">;
  /** The experiment's config, to which the paths of its data are relative; null where that is not known. */
  readonly config: string | null;
}

/** YAML of no defaults that gives the weights of one run again. */
export function runConfig({ experiment, trial, row, config }: ConfiguredRun, language: Language): string {
  const t = messages(language);
  const { seed, weights_sha256 } = row;
  const single = trialExperiment(experiment, trial, runName({ trial: trial.index, seed }));
  const numbers = (["val_accuracy", "test_accuracy"] as const)
    .filter((metric) => row[metric] !== null)
    .map((metric) => t.best.metric(metric, formatMetric(metric, row[metric])));
  return formatConfig({ ...single, seeds: [seed] }, [
    t.best.trial({ trial: trial.index, name: experiment.name, best: null, label: trialLabel(trial) }),
    ...numbers.length === 0 ? [] : [numbers.join(t.comma)],
    ...weights_sha256 === null ? [] : [t.best.weights(seed, weights_sha256)],
    ...config === null ? [] : pathsComment(experiment, config, t),
  ], language);
}
