import { type ComparedTrial, compareTrials } from "../../src/analysis/comparison.ts";
import { formatComparisonCsv } from "../../src/report/comparison_csv.ts";
import { formatComparison } from "../../src/report/comparison_text.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { flatten } from "../../src/text/show_value.ts";
import type { Language, Texts } from "../../src/text/language.ts";
import { resultsLanguage } from "./manifest.ts";
import { readTrialResults, type TrialResults } from "./read.ts";

type ComparisonFormat = "text" | "markdown" | "csv";

/**
 * Compares trials, each `DIR#3` or `DIR` for its best, with the first. `choose` says in which language, by the one that the first's results
 * ask for, if any; CSV is for programs. Throws a UserError where there are no such results.
 */
export async function comparePlaces(
  places: readonly string[],
  format: ComparisonFormat,
  choose: (results: Language | undefined) => Language,
): Promise<{ text: string; language: Language; notes: readonly Texts[] }> {
  const trials = await Promise.all(places.map(readTrialResults));
  const comparison = compareTrials(trials.map(toCompared));
  const language = choose(resultsLanguage(trials[0].manifest));
  const text = format === "csv"
    ? formatComparisonCsv(comparison)
    : formatComparison(comparison, { markdown: format === "markdown", language });
  return { text, language, notes: changedOf(trials) };
}

/** What is to be said of the tables of compared trials, once each. */
export function changedOf(trials: readonly Pick<TrialResults, "changed">[]): Texts[] {
  const changed = trials.flatMap(({ changed }) => changed);
  return changed.filter(({ en }, i) => changed.findIndex((other) => other.en === en) === i);
}

type Comparable =
  & Pick<TrialResults, "name" | "experiment" | "trial" | "ranked" | "history">
  & { readonly manifest: Pick<TrialResults["manifest"], "data"> };

/** A trial's results as a comparison takes them. */
export function toCompared(
  { name, manifest, experiment, trial, ranked, history }: Comparable,
): ComparedTrial {
  const { dataset, seeds, rng } = experiment;
  const { preprocess, model, train } = trial;
  const settings = Object.fromEntries(flatten({ preprocess, model, train, seeds, rng }));
  const hashes = Object.entries(manifest.data).map(([file, sha256]) => [`data.${file}`, sha256.slice(0, 12)]);
  return {
    name,
    settings: {
      ...datasetSettings(dataset),
      ...settings,
      ...Object.fromEntries(hashes),
    },
    runs: ranked.runs,
    history,
  };
}

/** What tells data sets apart in words; that they are the same, their hashes tell. */
function datasetSettings(dataset: Experiment["dataset"]): Record<string, string | number> {
  if (typeof dataset === "string") return { dataset };
  if (!("points" in dataset)) return { dataset: Object.keys(dataset)[0] };
  const { shape, ...points } = dataset.points;
  const drawn = Object.entries(points).filter(([_, value]) => typeof value === "number");
  return {
    dataset: "points",
    "dataset.points.shape": shape,
    ...Object.fromEntries(drawn.map(([key, value]) => [`dataset.points.${key}`, value as number])),
  };
}
