import { join } from "node:path";
import { rankTrials } from "../../src/analysis/ranking.ts";
import { type Sweep, sweepMethodOf } from "../../src/config/methods/methods.ts";
import type { objectiveOf } from "../../src/sweep/objective.ts";
import { METRICS } from "../../src/tables/metrics.ts";
import { parseResults } from "../../src/tables/results_csv.ts";
import { isMapping } from "../../src/text/show_value.ts";
import { datasetOf, type ExperimentSummary } from "../../src/view/list/summary.ts";
import { MANIFEST_FILE, parseManifestHead } from "../results/manifest.ts";
import { readResultsInside } from "./inside.ts";
import { cannotRead } from "../system/files.ts";
import { because } from "../system/reasons.ts";

type Objective = ReturnType<typeof objectiveOf>;

/** What a manifest and results.csv say of an experiment that has ended. Throws UserError or SyntaxError where they are not as a sweep writes them. */
export async function finishedSummary(
  folder: string,
): Promise<Omit<ExperimentSummary, "id" | "place" | "problem" | "fraction" | "secondsLeft" | "at">> {
  const { manifest, results } = await readResultsInside(folder);
  // In a list of a thousand not every experiment is checked whole: what is shown of it is.
  const experiment = Object(parseManifestHead(manifest, join(folder, MANIFEST_FILE)).experiment);
  if (typeof experiment.name !== "string") {
    throw cannotRead(`${folder}/${MANIFEST_FILE}`, because((t) => t.nameless));
  }
  const rows = parseResults(new TextDecoder().decode(results));
  const objective = objectiveIn(experiment);
  const [first] = objective === null ? [] : rankTrials(rows, objective);
  const value = objective === null ? null : first?.means[objective.metric] ?? null;
  const count = (wanted: "diverged" | "failed") => rows.filter(({ status }) => status === wanted).length;
  const failed = count("failed");
  return {
    name: experiment.name,
    title: typeof experiment.title === "string" ? experiment.title : null,
    state: failed > 0 ? "failed" : "finished",
    dataset: datasetOf(experiment.dataset),
    done: rows.length,
    all: rows.length,
    diverged: count("diverged"),
    failed,
    best: objective === null || value === null
      ? null
      : { metric: objective.metric, value, trial: first.trial },
  };
}

function objectiveIn({ report, sweep }: { report?: unknown; sweep?: unknown }): Objective | null {
  const { metric, goal } = Object(report);
  if (!METRICS.includes(metric) || (goal !== "minimize" && goal !== "maximize")) return null;
  // Of a method that this version does not know the trials are ranked as of any other.
  const method = isMapping(sweep) ? sweepMethodOf(sweep as unknown as Sweep) : undefined;
  return { metric, goal, ...method?.ranksByEpochs ? { by_epochs: true } : {} };
}
