import { datasetFacts } from "../../src/data/catalogue.ts";
import { dirname, join, resolve } from "node:path";
import type { Experiment } from "../../src/config/schema.ts";
import { experimentAdvice } from "../../src/config/advice.ts";
import { RUN_CAP } from "../../src/config/methods/methods.ts";
import { formatMetric, type Measure } from "../../src/tables/metrics.ts";
import type { Texts } from "../../src/text/language.ts";
import { rankTrials } from "../../src/analysis/ranking.ts";
import { MAX_RUNS, runName, type RunRow } from "../../src/tables/results_csv.ts";
import { parsePredictions } from "../../src/tables/predictions_csv.ts";
import { idleRuns } from "../../src/analysis/idle_runs.ts";
import { type Guessing, guessing } from "../../src/metrics/guessing.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import type { TrialSpace } from "../../src/sweep/trial.ts";
import { trialLabel } from "../../src/sweep/trial_label.ts";
import type { SweepOptions } from "./sweep_options.ts";
import { unlikeTrials } from "./unlike_trials.ts";
import { checkReferences } from "./check_references.ts";
import { textsOf, UserError } from "../system/errors.ts";
import { kernelFlags } from "../system/kernel_flags.ts";
import { recordedPath } from "../system/place.ts";
import { type Messages, say } from "../messages/messages.ts";
import { type ProgressReporter, remark } from "../progress/events.ts";
import { performRungs } from "../runs/perform_rungs.ts";
import { objectiveOf } from "../../src/sweep/objective.ts";
import { ResultsFolder } from "../results/folder.ts";
import { Journal } from "../results/journal.ts";
import { SeenFiles } from "../results/seen_files.ts";
import { writeResults } from "./write_results.ts";
import { planRuns } from "../runs/run.ts";
import { prepareData, SharedSteps } from "../runs/prepare_data.ts";
import type { StepContext } from "../steps/step.ts";
import { trainParameters } from "../steps/train.ts";
import { Store } from "../store/store.ts";
import { holdStore } from "../store/hold_store.ts";
import type { RemoteWorkplace } from "../machines/remote_workplace.ts";
import { PROJECT } from "../machines/names.ts";
import { refuseInsideStore, refuseOthersResults, resultsPlace } from "./results_place.ts";
import { Crew } from "../workers/crew.ts";
import { LazyPool } from "../workers/lazy_pool.ts";

/**
 * The whole way from a config to its results: download, preprocess, then train and evaluate every run that the store does not have, report,
 * and the files of the results folder, of which it returns where the report to look at is. Throws ConfigError or UserError for what the user can mend, and the signal's reason when it is
 * aborted; what is done by then is stored.
 */
export async function runSweep(
  options: SweepOptions,
  { signal, reporter: watcher, experiment, keepQueued }: {
    signal: AbortSignal;
    /** Is asked, when the signal is aborted, whether runs stay in the queue of machines; left out, they do. */
    keepQueued?: ((runs: number) => Promise<boolean>) | undefined;
    reporter: ProgressReporter;
    /** What the config says, as readExperiment() gives it. */
    experiment: Experiment;
  },
): Promise<{ report: string }> {
  const start = performance.now();
  const trials = expandSweep(experiment);
  announceRuns(experiment, { trials: trials.count, confirmed: options.yes ?? false, reporter: watcher });
  const out = resultsPlace(options, experiment);
  refuseInsideStore(out, options.store);
  const warn = (to: Pick<ProgressReporter, "handle">) => (message: string, ja?: string) =>
    to.handle({ type: "warning", message, ja });
  using folder = await ResultsFolder.open(out, { onWarning: warn(watcher) });
  refuseOthersResults(folder, { out, options, experiment });
  using journal = Journal.open(out, { config: recordedPath(options.config), experiment }, {
    onFailure: (error) => {
      const reason = textsOf(error);
      watcher.handle(remark("note", say((t) => t.sweep.noJournal(reason[t.language]))));
    },
  });
  const reporter: Pick<ProgressReporter, "handle"> = {
    handle(event) {
      watcher.handle(event);
      journal.handle(event);
    },
  };
  const store = await Store.open(options.store, { onWarning: warn(reporter) });
  const onWait = () => reporter.handle(remark("note", say((t) => t.sweep.waitingForGc(store.root))));
  await using _held = await holdStore(store, { signal, onWait });
  folder.remember(SeenFiles.read(store, out));
  store.recallRecords(resolve(out));
  await store.noteResults({ folder: resolve(out), config: recordedPath(options.config), experiment });
  const context: StepContext = { store, signal, emit: (event) => reporter.handle(event) };
  const { on, workers, failFast } = options;
  using crew = new Crew();
  const steps = new SharedSteps(context, (step) => {
    // Without data nothing can be trained yet, and all will have to be.
    if (step !== "report" && on === undefined) {
      crew.gather(Math.min(workers, trials.count * experiment.seeds.length));
    }
  });
  if (kernelFlags().refused) {
    reporter.handle(remark("note", say((t) => t.sweep.slowKernels)));
  }

  for (const advice of experimentAdvice(experiment)) reporter.handle(remark("warning", advice));

  const places = { mirror: options.mirror, configFolder: dirname(options.config) };
  const data = await prepareData(experiment, { places, steps });
  await using remote = on === undefined ? null : await openRemote({ ...options, on }, {
    ...context,
    measures: experiment.evaluate?.measures,
  });
  await using pool = new LazyPool({
    // Of a sweep that many machines train, this one looks at some runs for the report.
    workers: remote === null ? workers : 1,
    crew,
    dataset: data.dataset,
    trainings: () => planRuns(trials, experiment).map(({ trial, seeds }) => trainParameters(trial, seeds)),
    onNote: (note) => reporter.handle(remark("note", note)),
    signal,
  });
  const workplace = remote ?? undefined;
  const work = { context, data, pool, workplace, failFast };
  const results = await performRungs(trials, experiment, work).catch(async (error) => {
    if (signal.aborted && remote !== null && remote.queued > 0) {
      const { queued } = remote;
      if (await keepQueued?.(queued) === false) {
        await remote.withdraw().catch(({ message }: Error) => {
          reporter.handle(remark("warning", say((t) => t.machines.notWithdrawn(queued, message))));
        });
      }
    }
    throw error;
  });
  await writeResults({ experiment, trials, results, options, data }, { folder, steps, pool });
  await store.keepRecords(resolve(out));
  await journal.complete();
  const rows = results.map(({ row }) => row);
  const idle = idleRuns(rows, await readGuessing(rows, folder)).length;
  const lines = [summarize(rows, { experiment, trials })];
  const unlike = rows.some(({ status }) => status === "ok") ? unlikeTrials(experiment, trials) : null;
  if (unlike !== null) lines.push(unlike);
  if (idle > 0) {
    lines.push(
      say((t) => t.sweep.learnedNothing(idle, results.length, datasetFacts(experiment.dataset).kind)),
    );
  }
  const [summary, ja] = [lines.map((line) => line.en), lines.map((line) => line.ja)];
  const seconds = (performance.now() - start) / 1000;
  const report = join(out, "report.html");
  watcher.handle({ type: "finish", out, report, seconds, summary, learned_nothing: idle, ja });

  const failed = results.filter(({ row }) => row.status === "failed").length;
  if (failed > 0) {
    throw new UserError(say((t) => t.errors.runsFailed(failed, results.length)), { exitCode: 1 });
  }
  const agreement = checkReferences(rows, experiment);
  if (agreement) reporter.handle(remark("note", agreement));
  return { report };
}

/** The machines that take their work from a server. */
async function openRemote(
  { on, detach, creds, ca, project = PROJECT }: SweepOptions & { on: string },
  { signal, emit, measures }: Pick<StepContext, "signal" | "emit"> & { measures: Measure[] | undefined },
): Promise<RemoteWorkplace> {
  // Not loaded where a sweep runs on this machine.
  const [{ parseAddress }, { RemoteWorkplace }] = await Promise.all([
    import("../machines/address.ts"),
    import("../machines/remote_workplace.ts"),
  ]);
  return await RemoteWorkplace.open({ address: parseAddress(on), creds, ca, project }, {
    signal,
    detach,
    measures,
    emit,
  });
}

/** What guessing the largest class gets right, by the labels of the test images, which every run's predictions have. */
async function readGuessing(rows: readonly RunRow[], folder: ResultsFolder): Promise<Guessing | undefined> {
  const ended = rows.find(({ status }) => status === "ok");
  const text = ended === undefined ? null : await folder.read(`runs/${runName(ended)}/predictions.csv`);
  return text === null ? undefined : guessing(parsePredictions(text).labels);
}

/** Throws a UserError where several runs are more than the sweep's `run_cap` and nobody confirmed that. */
function announceRuns(
  { name, seeds, sweep }: Experiment,
  { trials, confirmed, reporter }: { trials: number; confirmed: boolean; reporter: ProgressReporter },
): void {
  const runs = trials * seeds.length;
  const cap = sweep?.run_cap ?? RUN_CAP;
  const text = (t: Messages) => t.sweep.runs(trials, seeds.length);
  if (runs > MAX_RUNS) {
    throw new UserError(say((t) => t.errors.mostRuns({ name, most: MAX_RUNS, found: text(t) })));
  }
  if (runs > cap && !confirmed) {
    throw new UserError(say((t) => t.errors.runCap({ name, cap, found: text(t) })));
  }
  if (runs > 1) reporter.handle(remark("note", say(text)));
}

function summarize(
  rows: readonly RunRow[],
  { experiment, trials }: { experiment: Experiment; trials: TrialSpace },
): Texts {
  const [best] = rankTrials(rows, objectiveOf(experiment));
  if (best.rank === null) return say((t) => t.sweep.noResult);
  const label = trialLabel(trials.at(best.trial));
  const shown = new Set([experiment.report.metric, "val_accuracy", "test_accuracy"] as const);
  return say(({ sweep, comma }) => {
    const metrics = [...shown].filter((metric) => best.means[metric] !== null)
      .map((metric) => sweep.metric(metric, formatMetric(metric, best.means[metric]))).join(comma);
    return trials.count === 1 ? metrics : sweep.best(best.trial, label, metrics);
  });
}
