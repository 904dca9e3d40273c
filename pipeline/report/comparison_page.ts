import { compareTrials } from "../../src/analysis/comparison.ts";
import { datasetFacts, DATASETS } from "../../src/data/catalogue.ts";
import { compareMessages } from "../../src/report/messages/compare.ts";
import { messages } from "../../src/report/messages/messages.ts";
import type { Messages } from "../../src/report/messages/en.ts";
import { GENERATOR, renderComparisonPage } from "../../src/report/page/compare/comparison_page.tsx";
import { statusCounts } from "../../src/report/sections/answer_data.ts";
import { objectiveOf } from "../../src/sweep/objective.ts";
import { METRIC } from "../../src/tables/metrics.ts";
import { withoutControls } from "../../src/text/controls.ts";
import type { Language, Texts } from "../../src/text/language.ts";
import { changedOf, toCompared } from "../results/compare.ts";
import { readTrialResults, readTrialTimings, type TrialResults } from "../results/read.ts";
import { shellCommand } from "../results/recorded_command.ts";
import { writeOutput } from "../system/write_output.ts";
import { because } from "../system/reasons.ts";
import { rowCounts } from "../steps/train.ts";
import { chartScripts } from "./chart_scripts.ts";
import { isImageCounts } from "./from_folder.ts";

/** Where such a page says by what it was made, within so many characters. */
const HEAD = 4000;

interface ComparisonOptions {
  readonly file: string;
  /** Whether another file may be in its place. */
  readonly replace: boolean;
  /** Default: that of the first trial's report. */
  readonly language?: Language | undefined;
  /** The command line, the verb first. */
  readonly args: readonly string[];
}

/** Writes trials compared with the first as one page, and returns its language and what is to be said of its tables. Throws a UserError where there are no such results, or something else is in its place. */
export async function writeComparisonPage(
  places: readonly string[],
  { file, replace, language, args }: ComparisonOptions,
): Promise<{ language: Language; notes: readonly Texts[] }> {
  const trials = await Promise.all(places.map(readTrialResults));
  const written = language ?? trials[0].experiment.report.language;
  const page = renderComparisonPage({
    language: written,
    comparison: compareTrials(trials.map(toCompared)),
    choices: trials.map(({ experiment, isBest, trials }) => ({
      bestOf: isBest ? trials : 1,
      objective: objectiveOf(experiment),
    })),
    about: trials.map((trial) => describeTrial(trial, messages(written))),
    runs: trials.map(({ ranked }) => ranked.runs),
    history: trials.map(({ history }) => history),
    kinds: trials.map(({ experiment }) => datasetFacts(experiment.dataset).kind),
    trainingImages: trials.map(countTrained),
    timings: await Promise.all(trials.map(readTrialTimings)),
    how: { said: compareMessages(written).again, command: shellCommand(args) },
  }, await chartScripts());
  await writeOutput(page, {
    path: file,
    option: "--html FILE",
    mayReplace: (present) => replace || isSuchPage(present),
    otherwise: because((t) => t.otherPage),
  });
  return { language: written, notes: changedOf(trials) };
}

function isSuchPage(text: string): boolean {
  return text.slice(0, HEAD).includes(`<meta name="generator" content="${GENERATOR}"/>`);
}

/** How many images a trial trains on; undefined where only the data say it, and no manifest has it. */
export function countTrained(
  { experiment, trial, manifest }: Pick<TrialResults, "experiment" | "trial"> & {
    readonly manifest: { readonly images?: unknown } | null;
  },
): number | undefined {
  const images = manifest?.images;
  const count = datasetFacts(experiment.dataset).counts?.train ??
    (isImageCounts(images) ? images.train : undefined);
  return count === undefined ? undefined : rowCounts(trial.preprocess, count).train;
}

/** What is known of a trial besides its settings, in words. */
export function describeTrial(
  { experiment, ranked, isBest, trials }: Pick<TrialResults, "experiment" | "ranked" | "isBest" | "trials">,
  t: Messages,
): string[] {
  const { name, dataset } = experiment;
  const said = compareMessages(t.language);
  const metric = METRIC[objectiveOf(experiment).metric].label[t.language];
  return [
    said.experiment(withoutControls(name)),
    ...typeof dataset === "string" ? [said.data(DATASETS[dataset].title[t.language])] : [],
    ...trials === 1 ? [] : [isBest ? said.bestOf(trials, metric) : said.oneOf(ranked.trial, trials)],
    `${t.runs(ranked.runs.length)}${t.colon}${statusCounts({ t }, ranked.runs)}`,
  ];
}
