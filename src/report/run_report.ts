import { bestRunSection, type TestPredictions } from "./best_run_section.ts";
import { formatCounted, formatLoss, formatPercent, MISSING } from "./format_number.ts";
import { codeBlock, escapeMarkdown, markdownTable } from "./markdown.ts";
import { bestRun, type Metric, type Objective, type RankedTrial, rankTrials } from "./rank_trials.ts";
import type { RunRow } from "./results_csv.ts";
import { describeParameters, sweptParameters, type TrialParameters } from "./trial_parameters.ts";
import { countStatuses, trialsSection, unfinishedSection } from "./trials_section.ts";

/** What a report is made of; all of it lies in the results folder. */
export interface RunReport {
  /** The experiment's name. */
  readonly name: string;
  /** The resolved config, YAML. */
  readonly config: string;
  /** The command that gives these results again. */
  readonly command: string;
  readonly objective: Objective;
  /** The rows of `results.csv`, one or more. */
  readonly rows: readonly RunRow[];
  /** What the sweep set in each trial. Default: the columns in which the rows differ. */
  readonly trials?: readonly TrialParameters[];
  /** Of the run that `bestRun` gives for the first trial of `rankTrials`; left out, its section is too. */
  readonly predictions?: TestPredictions;
  /** The learning-curve figure, relative to the report; left out, its section is too. */
  readonly learningCurves?: string;
  /** What else it takes to get the same results, by name: `{ Deno: "2.9.6" }`. */
  readonly versions?: Readonly<Record<string, string>>;
}

const METRIC_WORDS: Readonly<Record<Metric, string>> = {
  train_loss: "training loss",
  val_loss: "validation loss",
  val_accuracy: "validation accuracy",
  test_loss: "test loss",
  test_accuracy: "test accuracy",
};

/**
 * `report.md`: the answer first, then the ranked trials, the curves, the best run in detail and how to get it all again.
 * Same values in, same text out: it adds no time, host or path.
 * @throws RangeError if there are no rows
 */
export function renderReport(report: RunReport): string {
  const { rows, objective, predictions } = report;
  const ranking = rankTrials(rows, objective);
  if (ranking.length === 0) throw new RangeError("Cannot render a report: rows must be 1 or more, found 0");
  const trials = report.trials ?? sweptParameters(rows);
  const parameters = new Map(trials.map((trial) => [trial.trial, trial.parameters]));
  const best = bestRun(ranking[0], objective);
  const sections = [
    `# ${escapeMarkdown(report.name)}`,
    introduction(report, ranking),
    answer(ranking, parameters.get(ranking[0].trial) ?? {}),
    trialsSection(ranking, parameters),
    unfinishedSection(rows),
    report.learningCurves === undefined ? "" : curvesSection(report.learningCurves, ranking),
    best === undefined || predictions === undefined ? "" : bestRunSection(best, predictions),
    reproduction(report, best),
    SOURCES,
  ];
  return sections.filter((section) => section !== "").join("\n\n") + "\n";
}

function introduction(
  { rows, objective: { metric, goal } }: RunReport,
  ranking: readonly RankedTrial[],
): string {
  const runs = `${formatCounted(ranking.length, "trial")}, ${formatCounted(rows.length, "run")}: ${
    countStatuses(rows)
  }.`;
  if (ranking.length === 1) return runs;
  const value = rows.length > ranking.length
    ? `mean ${METRIC_WORDS[metric]} over seeds`
    : METRIC_WORDS[metric];
  const by = `Trials are ranked by ${value}, ${goal === "maximize" ? "highest" : "lowest"} first`;
  const honesty = metric.startsWith("test_")
    ? ". **The test set made the choice**, so the best trial's test figures flatter it."
    : "; the test set had no part in the choice.";
  return `${runs} ${by}${honesty}`;
}

function answer(ranking: readonly RankedTrial[], parameters: Readonly<Record<string, unknown>>): string {
  const [{ trial, rank, runs, ok, means }] = ranking;
  if (rank === null) return "**There is no best trial: no run ended ok with a value of the metric.**";
  const described = describeParameters(parameters);
  const title = `${ranking.length === 1 ? "Trial" : "Best: trial"} ${trial}${described && ` (${described})`}`;
  const over = ok === 1 ? "" : `, mean over ${formatCounted(ok, "seed")}`;
  const broken = ok < runs.length ? ` (${countStatuses(runs)})` : "";
  const table = markdownTable(
    [
      { title: "" },
      ...["training", "validation", "test"].map((set) => ({ title: set, align: "right" as const })),
    ],
    [
      ["accuracy", MISSING, formatPercent(means.val_accuracy), formatPercent(means.test_accuracy)],
      ["loss", ...[means.train_loss, means.val_loss, means.test_loss].map(formatLoss)],
    ],
  );
  return `**${escapeMarkdown(title)}**, after its last epoch${over}${broken}:\n\n${table}`;
}

function curvesSection(figure: string, ranking: readonly RankedTrial[]): string {
  const lines = ranking.length === 1
    ? ""
    : "The thick line is the best trial, the other colours are the next best, grey is the rest. ";
  const means = ranking.some(({ runs }) => runs.length > 1) ? "Losses are means over the seeds. " : "";
  const diverged = ranking.some(({ runs }) => runs.some((run) => run.status === "diverged"))
    ? "A cross marks the epoch at which a run's loss was no longer finite. "
    : "";
  return `## Learning curves\n\n![Training and validation loss by epoch](${figure})\n\n${lines}${means}${diverged}` +
    "Training loss is averaged over an epoch's batches while the weights change; validation loss is taken after it.";
}

function reproduction({ command, config, versions = {} }: RunReport, best: RunRow | undefined): string {
  const pinned = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const parts = ["## How to get this again", codeBlock(command, "sh")];
  if (pinned.length > 0) parts.push(escapeMarkdown(`Made with ${pinned.join(", ")}.`));
  if (best !== undefined && best.weights_sha256 !== null) {
    parts.push(
      `The weights of trial ${best.trial}, seed ${best.seed}, must then have SHA-256 \`${best.weights_sha256}\`.`,
    );
  }
  parts.push(
    `<details>\n<summary>The experiment, every default written out</summary>\n\n${
      codeBlock(config, "yaml")
    }\n\n</details>`,
  );
  return parts.join("\n\n");
}

const SOURCES = `## Where the numbers come from

- [results.csv](results.csv): every run, its hyperparameters and metrics, in full precision.
- [history.csv](history.csv): losses and validation accuracy of every run after each epoch.
- \`runs/TRIAL-SEED/\`: a run's weights and its predictions on the test set.
- [manifest.json](manifest.json): the config, the data's and these files' SHA-256, versions.

Loss is the mean cross-entropy (natural logarithm), accuracy the share of images predicted right.`;
