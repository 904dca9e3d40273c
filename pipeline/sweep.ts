import { dirname, join } from "node:path";
import { stringify } from "yaml";
import tool from "../deno.json" with { type: "json" };
import { parseExperiment } from "../src/config/parse.ts";
import type { Experiment } from "../src/config/schema.ts";
import { formatPercent } from "../src/report/format_number.ts";
import { formatHistory } from "../src/report/history_csv.ts";
import { bestRun, rankTrials } from "../src/report/rank_trials.ts";
import { formatResults, type RunRow } from "../src/report/results_csv.ts";
import { formatTimings, parseTimings, type TimingRow } from "../src/report/timings_csv.ts";
import { expandSweep } from "../src/sweep/expand_sweep.ts";
import type { TrialSpace } from "../src/sweep/trial.ts";
import { trialLabel } from "../src/sweep/trial_label.ts";
import type { SweepOptions } from "./commands/sweep.ts";
import { UserError } from "./errors.ts";
import { kernelFlags } from "./kernel_flags.ts";
import type { ProgressReporter, StepName } from "./progress/events.ts";
import { ResultsFolder } from "./results_folder.ts";
import { planRuns, type Run, Runner, type RunResult } from "./runner.ts";
import { downloadStep, planDownload } from "./steps/download.ts";
import { DEFAULT_PATIENCE } from "./steps/download/transfer.ts";
import { memoryArtifact } from "./steps/memory_artifact.ts";
import { findStepResult, performStep } from "./steps/perform_step.ts";
import { type PreprocessFacts, preprocessStep } from "./steps/preprocess.ts";
import { reportStep } from "./steps/report.ts";
import type { Artifact, Step, StepCall, StepContext, StepResult } from "./steps/step.ts";
import { trainParameters } from "./steps/train.ts";
import { Store } from "./store.ts";
import { Limiter } from "./store/limiter.ts";
import { openPool } from "./workers/open_pool.ts";
import type { WorkerPool } from "./workers/pool.ts";

/**
 * The whole way from a config to its results: download, preprocess, then train and evaluate every run that the store does not have,
 * report, and the files of the results folder.
 *
 * Throws ConfigError or UserError for what the user can mend, and the signal's reason when it is aborted; what is done by then is stored.
 */
export async function runSweep(
  options: SweepOptions,
  { signal, reporter }: { signal: AbortSignal; reporter: ProgressReporter },
): Promise<void> {
  const start = performance.now();
  const experiment = parseExperiment(await readConfig(options.config), {
    file: options.config,
    set: options.set,
  });
  const trials = expandSweep(experiment);
  const out = options.out ?? join("results", experiment.name);
  const folder = await ResultsFolder.open(out);
  const store = await Store.open(options.store, {
    onWarning: (message) => reporter.handle({ type: "warning", message }),
  });
  const context: StepContext = { store, signal, emit: (event) => reporter.handle(event) };
  const steps = new SharedSteps(context);
  if (kernelFlags().refused) {
    const message =
      "This V8 does not know the flags that make the kernels fast: training is slower, its results are the same.";
    reporter.handle({ type: "note", message });
  }

  const { data, facts, files } = await prepareData(experiment, { options, steps });
  const results = await performRuns(planRuns(trials, experiment), {
    experiment,
    trials,
    context,
    workers: options.workers,
    dataset: data,
    facts,
  });
  const summary = await writeResults({ experiment, trials, results, options, folder, steps, facts, files });
  reporter.handle({ type: "finish", out, seconds: (performance.now() - start) / 1000, summary });

  const failed = results.filter(({ row }) => row.status === "failed").length;
  if (failed > 0) throw new UserError(`${failed} of ${results.length} runs failed`, { exitCode: 1 });
}

async function readConfig(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new UserError(`Cannot read the config ${path}: there is no such file`);
    }
    throw new UserError(`Cannot read the config ${path}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/** Performs the steps that all runs share, tells of them and takes their time. */
class SharedSteps {
  readonly context: StepContext;
  readonly timings: TimingRow[] = [];

  constructor(context: StepContext) {
    this.context = context;
  }

  async perform<P, I extends string, O extends string, F, C extends StepContext>(
    step: Step<P, I, O, F, C> & { name: string },
    call: StepCall<P, I, C>,
  ): Promise<StepResult<O, F>> {
    const name = step.name as StepName;
    const { emit } = this.context;
    const stored = findStepResult(step, call);
    if (stored) {
      emit({ type: "step", step: name, status: "cached" });
      return stored;
    }
    emit({ type: "step", step: name, status: "started" });
    const start = performance.now();
    const result = await performStep(step, call);
    const seconds = (performance.now() - start) / 1000;
    this.timings.push({ step: name, trial: null, seed: null, seconds, images_per_second: null });
    emit({ type: "step", step: name, status: "done", seconds });
    return result;
  }
}

/** Download and preprocess. */
async function prepareData(
  { dataset }: Experiment,
  { options, steps }: { options: SweepOptions; steps: SharedSteps },
): Promise<{ data: Artifact; facts: PreprocessFacts; files: Record<string, Artifact> }> {
  const { context } = steps;
  const { parameters, origin } = planDownload(dataset, {
    mirror: options.mirror,
    configFolder: dirname(options.config),
  });
  const downloaded = await steps.perform(downloadStep, {
    parameters,
    inputs: {},
    context: { ...context, origin, patience: DEFAULT_PATIENCE },
  });
  const preprocessed = await steps.perform(preprocessStep, {
    parameters: null,
    inputs: downloaded.outputs,
    context,
  });
  return { data: preprocessed.outputs.dataset, facts: preprocessed.facts, files: downloaded.outputs };
}

/** Trains and evaluates what the store does not have, as many runs at once as there are workers, and a few ahead. */
async function performRuns(runs: readonly Run[], options: {
  experiment: Experiment;
  trials: TrialSpace;
  context: StepContext;
  workers: number;
  dataset: Artifact;
  facts: PreprocessFacts;
}): Promise<RunResult[]> {
  const { experiment, trials, context, dataset, facts } = options;
  let pool = null as Promise<WorkerPool> | null;
  const pending: Run[] = [];
  const runner = new Runner({
    context,
    dataset,
    trainCount: facts.train,
    testCount: facts.test,
    pool: () =>
      pool ??= openPool({
        workers: Math.min(options.workers, pending.length),
        dataset,
        trainings: pending.map(({ trial, seeds }) => trainParameters(trial, seeds)),
      }),
  });
  const found = runs.map((run) => runner.find(run));
  runs.forEach((run, i) => found[i] ?? pending.push(run));
  context.emit({
    type: "plan",
    name: experiment.name,
    trials: trials.count,
    runs: runs.length,
    cached: runs.length - pending.length,
    workers: Math.min(options.workers, pending.length),
    images: pending.reduce((images, run) => images + runner.imagesLeft(run), 0),
  });
  for (const [i, result] of found.entries()) {
    if (!result) continue;
    const { test_accuracy } = result.row;
    const { trial: { index: trial }, seed } = runs[i];
    context.emit({ type: "run_end", worker: null, trial, seed, status: "cached", test_accuracy, seconds: 0 });
  }

  const stop = async () => (await pool)?.close(context.signal.reason);
  context.signal.addEventListener("abort", stop, { once: true });
  const ahead = new Limiter(2 * options.workers + 2);
  try {
    return await Promise.all(
      runs.map((run, i) => found[i] ?? ahead.run(() => runner.perform(run))),
    );
  } finally {
    context.signal.removeEventListener("abort", stop);
    (await pool)?.close();
  }
}

/** Writes every file of the results folder. Returns the lines that sum them up. */
async function writeResults({ experiment, trials, results, options, folder, steps, facts, files }: {
  experiment: Experiment;
  trials: TrialSpace;
  results: readonly RunResult[];
  options: SweepOptions;
  folder: ResultsFolder;
  steps: SharedSteps;
  facts: PreprocessFacts;
  files: Record<string, Artifact>;
}): Promise<string[]> {
  const rows = results.map(({ row }) => row);
  const resultsCsv = formatResults(rows);
  const historyCsv = formatHistory(results.flatMap(({ history }) => history));
  const [leader] = rankTrials(rows, experiment.report);
  const best = bestRun(leader, experiment.report);
  const bestFiles = results.find(({ row }) => row === best)?.files;
  const swept = Array.from(trials, ({ index, swept }) => ({ trial: index, parameters: swept }));
  const sets = options.set.map((set) => ` --set '${set}'`).join("");
  const report = await steps.perform(reportStep, {
    parameters: {
      name: experiment.name,
      config: stringify(experiment),
      command: `deno task sweep ${options.config}${sets}`,
      objective: experiment.report,
      trials: swept,
      versions: { Deno: Deno.version.deno },
      classes: facts.classes,
    },
    inputs: {
      results: memoryArtifact(resultsCsv),
      history: memoryArtifact(historyCsv),
      predictions: bestFiles?.predictions ?? memoryArtifact(""),
    },
    context: steps.context,
  });

  await folder.write("results.csv", resultsCsv);
  await folder.write("history.csv", historyCsv);
  for (const [name, artifact] of Object.entries(report.outputs)) await folder.copy(name, artifact);
  for (const { row: { trial, seed }, files: { weights, predictions } } of results) {
    if (weights) await folder.copy(`runs/${trial}-${seed}/weights.npz`, weights);
    if (predictions) await folder.copy(`runs/${trial}-${seed}/predictions.csv`, predictions);
  }
  const timings = [...steps.timings, ...results.flatMap(({ timings }) => timings)];
  await folder.write("timings.csv", formatTimings(await withFormerTimings(timings, folder)));
  await folder.finish({
    tool: tool.version,
    versions: Deno.version,
    v8_flags: kernelFlags().flags,
    experiment,
    data: Object.fromEntries(Object.entries(files).map(([name, { sha256 }]) => [name, sha256])),
  });
  return summarize(rows, { experiment, trials });
}

/** Steps that were not performed this time keep the time that they took when they were. */
async function withFormerTimings(timings: TimingRow[], folder: ResultsFolder): Promise<TimingRow[]> {
  const text = await folder.read("timings.csv");
  if (text === null) return timings;
  const key = ({ step, trial, seed }: TimingRow) => `${step} ${trial} ${seed}`;
  const now = new Set(timings.map(key));
  try {
    return [...timings, ...parseTimings(text).filter((row) => !now.has(key(row)))];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return timings; // timings are for people: a file that somebody changed is written anew
  }
}

function summarize(
  rows: readonly RunRow[],
  { experiment, trials }: { experiment: Experiment; trials: TrialSpace },
): string[] {
  const [best] = rankTrials(rows, experiment.report);
  if (best.rank === null) return ["No run ended with a finite loss."];
  const label = trialLabel(trials.at(best.trial));
  const { val_accuracy, test_accuracy } = best.means;
  const accuracies = [
    val_accuracy === null ? "" : `validation accuracy ${formatPercent(val_accuracy)}, `,
    `test accuracy ${formatPercent(test_accuracy)}`,
  ].join("");
  return [
    trials.count === 1 ? accuracies : `best trial ${best.trial}${label && ` (${label})`}: ${accuracies}`,
  ];
}
