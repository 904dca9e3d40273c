import { dirname } from "node:path";
import { Document, isSeq, visit } from "yaml";
import { minimalConfig } from "../../src/config/minimal_config.ts";
import { PORTABLE_YAML } from "../../src/config/yaml/portable_yaml.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { withoutControls } from "../../src/text/controls.ts";
import { formatMetric } from "../../src/tables/metrics.ts";
import type { Settings } from "../../src/settings/settings.ts";
import { trialLabel } from "../../src/sweep/trial_label.ts";
import type { Language, Texts } from "../../src/text/language.ts";
import { type Messages, messages } from "../messages/messages.ts";
import { writeOutput } from "../system/write_output.ts";
import { because } from "../system/reasons.ts";
import { hasRelativePaths, movedDataset } from "./data_paths.ts";
import { resultsLanguage } from "./manifest.ts";
import { readTrialResults, type TrialResults } from "./read.ts";

const MAX_NAME = 100;

/**
 * YAML of no defaults that gives a trial's weights again, and the language that its results ask for, if any. `DIR#3` is a trial, `DIR`
 * the best; throws a UserError where there is none. Its comments are in that language or the one that is `asked` for, whoever's
 * terminal it is. Paths of data are right for the file that it is to be; where none is named they stay as the sweep's config has them,
 * and a comment says in which folder they are right.
 */
export async function trialConfig(
  place: string,
  { asked, file }: { asked?: Language | undefined; file?: string | undefined } = {},
): Promise<{ text: string; language: Language | undefined; notes: readonly Texts[] }> {
  const results = await readTrialResults(place);
  const { experiment, trial, isBest } = results;
  const language = resultsLanguage(results.manifest);
  const t = messages(asked ?? language ?? "en");
  const { config } = results.manifest;
  const single = trialExperiment(experiment, trial, isBest ? "best" : String(trial.index));
  const { dataset } = single;
  const placed = file === undefined
    ? { experiment: single, comments: pathsComment(single, config, t) }
    : { experiment: { ...single, dataset: movedDataset(dataset, { config, file }) }, comments: [] };
  const text = formatConfig(placed.experiment, [...describe(results, t), ...placed.comments], t.language);
  return { text, language, notes: results.changed };
}

/** A trial as an experiment of its own. @param suffix what its name ends in, so that its results do not take the place of the sweep's */
export function trialExperiment(
  experiment: Experiment,
  { preprocess, model, train }: Settings,
  suffix: string,
): Experiment {
  // What was said of the sweep need not be true of one of its trials.
  const { sweep: _, title: __, description: ___, ...rest } = experiment;
  const end = `-${suffix}`;
  return { ...rest, name: experiment.name.slice(0, MAX_NAME - end.length) + end, preprocess, model, train };
}

/** An experiment as a config of no defaults. @param comments a line each, above it */
export function formatConfig(
  experiment: Experiment,
  comments: readonly string[],
  language: Language,
): string {
  const schema = language === "ja" ? "./schema.ja.json" : "./schema.json";
  const lines = [`yaml-language-server: $schema=${schema}`, "", ...comments];
  return `${lines.map((line) => `# ${line}`.trimEnd()).join("\n")}\n\n${toYaml(minimalConfig(experiment))}`;
}

/** Where a config of these results must lie, for the paths of its data to be right; none where it has no such paths. */
export function pathsComment(
  { dataset }: Pick<Experiment, "dataset">,
  config: string,
  { best: t }: Messages,
): string[] {
  return hasRelativePaths(dataset) ? [t.paths(withoutControls(dirname(config)))] : [];
}

/** Throws a UserError where another config is there already, or nothing can be written. */
export async function saveConfig(text: string, path: string): Promise<void> {
  await writeOutput(text, {
    path,
    option: "--save FILE",
    mayReplace: () => false,
    otherwise: because((t) => t.otherConfig),
  });
}

function describe(
  { experiment, trial, ranked, isBest, trials }: TrialResults,
  t: Messages,
): string[] {
  const { name, report: { metric } } = experiment;
  const said = t.best;
  const label = trialLabel(trial);
  const seeds = ranked.ok === 1 ? "" : said.overSeeds(ranked.ok);
  const numbers = ([metric, "test_accuracy"] as const)
    .map((column) => said.metric(column, formatMetric(column, ranked.means[column])));
  return [
    said.trial({ trial: trial.index, name, best: isBest ? { trials, metric } : null, label }),
    `${[...new Set(numbers)].join(t.comma)}${seeds}`,
    ...ranked.runs.flatMap(({ seed, weights_sha256 }) =>
      weights_sha256 === null ? [] : [said.weights(seed, weights_sha256)]
    ),
  ];
}

/** YAML with lists on one line, as `hidden: [400, 200]`. */
function toYaml(config: Record<string, unknown>): string {
  const document = new Document(config, PORTABLE_YAML);
  visit(document, (_, node) => {
    if (isSeq(node)) node.flow = true;
  });
  return document.toString({ flowCollectionPadding: false, lineWidth: 0 });
}
