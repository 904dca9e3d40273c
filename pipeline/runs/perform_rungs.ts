import { datasetFacts } from "../../src/data/catalogue.ts";
import { rankTrials } from "../../src/analysis/ranking.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { needsTotal, type Settings } from "../../src/settings/settings.ts";
import { sweepRungs } from "../../src/sweep/sweep_rungs.ts";
import type { TrialSpace } from "../../src/sweep/trial.ts";
import type { RunRow } from "../../src/tables/results_csv.ts";
import type { TimingRow } from "../../src/tables/timings_csv.ts";
import { say } from "../messages/messages.ts";
import { type PipelineEvent, remark } from "../progress/events.ts";
import type { StepContext } from "../steps/step.ts";
import { rowCounts } from "../steps/train.ts";
import { ArtifactListing } from "../store/inventory.ts";
import { Limiter } from "../system/limiter.ts";
import { UserError } from "../system/errors.ts";
import type { LazyPool } from "../workers/lazy_pool.ts";
import type { PreparedData } from "./prepare_data.ts";
import { planRung, type Run, type Rung } from "./run.ts";
import { Runner, type RunResult } from "./runner.ts";
import { localWorkplace, type Workplace } from "./workplace.ts";

export interface PerformOptions {
  readonly context: StepContext;
  readonly data: PreparedData;
  /** It must stay open until the results' files have been read: what is damaged among them is trained again. */
  readonly pool: LazyPool;
  /** Left out, runs are trained by the pool's workers; otherwise those look at what is trained elsewhere. */
  readonly workplace?: Workplace | undefined;
  readonly failFast?: boolean | undefined;
}

/**
 * Performs a sweep, rung by rung: all trials for the epochs of the first rung, the best of them for those of the next, and so on; of most
 * methods there is one rung, of all trials. A run goes on from the epochs that the store has of it. Which trials go on is decided when a
 * rung has ended, from the ranking alone, so it depends on nothing but the experiment. Resolves with each trial's runs at the last rung
 * that it reached, by trial. Throws as performRuns() does.
 */
export async function performRungs(
  trials: TrialSpace,
  experiment: Experiment,
  options: PerformOptions,
): Promise<RunResult[]> {
  const rungs = sweepRungs(experiment, trials.count);
  const results = new Map<number, RunResult[]>();
  let going = Array.from({ length: trials.count }, (_, index) => index);
  for (const [i, rung] of rungs.entries()) {
    const runs = planRung(rung, going.map((index) => trials.at(index)), experiment);
    const emit = rungs.length === 1
      ? options.context.emit
      : rungReporter(i, rungs, { experiment, candidates: trials, ...options });
    const done = await performRuns(runs, {
      ...options,
      experiment,
      trials: trials.count,
      context: { ...options.context, emit },
    });
    const former = new Map(results);
    for (const index of going) results.set(index, []);
    for (const result of done) {
      const { trial, seed } = result.row;
      const before = former.get(trial)?.find(({ row }) => row.seed === seed)?.timings ?? [];
      results.get(trial)?.push({ ...result, timings: addTimings(before, result.timings) });
    }
    const next = rungs[i + 1];
    if (next !== undefined) going = survivors(done.map(({ row }) => row), next.trials, experiment);
  }
  return [...results.values()].flat();
}

/** The `count` trials that go on from a rung to the next: the first of its ranking (of equal ones the first), in the sweep's order. */
export function survivors(
  rung: readonly RunRow[],
  count: number,
  { report }: Pick<Experiment, "report">,
): number[] {
  return rankTrials(rung, report).slice(0, count).map(({ trial }) => trial).sort((a, b) => a - b);
}

/** As many runs at once as workers, a few ahead. Throws a UserError at the first that fails with `failFast`, or the signal's reason. */
export async function performRuns(
  runs: readonly Run[],
  { experiment, trials, context, data: { dataset, facts }, pool, failFast = false, onResult, ...options }:
    & PerformOptions
    & {
      readonly experiment: Pick<Experiment, "name" | "report" | "dataset" | "evaluate">;
      readonly trials: number;
      /** Is told of each run that was performed, when it has ended. */
      onResult?(result: RunResult): Promise<void>;
    },
): Promise<RunResult[]> {
  const workplace = options.workplace ?? localWorkplace(pool.workers);
  const pending: Run[] = [];
  const runner = new Runner({
    context,
    workplace,
    dataset,
    trainCount: facts.train,
    testCount: facts.test,
    evaluate: experiment.evaluate,
    pool: () => pool.get(pending.length),
  });
  const artifacts = new ArtifactListing(context.store);
  const found = runs.map((run) => runner.find(run, artifacts));
  runs.forEach((run, i) => found[i] ?? pending.push(run));
  const images = runner.planImages(runs);
  const { kind } = datasetFacts(experiment.dataset);
  if (pending.length > 0 && options.workplace === undefined) await pool.plan();
  context.emit({
    type: "plan",
    name: experiment.name,
    trials,
    runs: runs.length,
    legs: runs.length,
    cached: runs.length - pending.length,
    workers: Math.min((options.workplace ?? pool).workers, pending.length),
    metric: experiment.report.metric,
    images: images.left,
    images_stored: images.stored,
    ...(kind === "images" ? {} : { rows: kind }),
  });
  for (const [i, result] of found.entries()) {
    if (result) runner.tellStored(runs[i], result);
  }

  workplace.begin(pending.length);
  const ahead = new Limiter(workplace.ahead);
  // What ends one run in another way than its own failure (a full disk, an interruption) ends all, for the same reason.
  const end = new AbortController();
  const perform = async (run: Run) => {
    end.signal.throwIfAborted();
    try {
      const result = await runner.perform(run).finally(() => workplace.end());
      if (failFast && result.row.status === "failed") throw firstFailure(run);
      await onResult?.(result);
      return result;
    } catch (error) {
      end.abort(error);
      workplace.close(error);
      await pool.close(error);
      throw error;
    }
  };
  return await Promise.all(runs.map((run, i) => found[i] ?? ahead.run(() => perform(run))));
}

function firstFailure({ name }: Run): UserError {
  return new UserError(say((t) => t.errors.failFast(name)), { exitCode: 1 });
}

/** Whoever watches sees one sweep: the first rung's plan is that of all rungs, and a later one is a note. */
function rungReporter(
  index: number,
  rungs: readonly Rung[],
  { experiment, candidates, context: { emit }, data, pool, workplace }: PerformOptions & {
    experiment: Experiment;
    candidates: TrialSpace;
  },
): (event: PipelineEvent) => void {
  const { trials, epochs } = rungs[index];
  /** Of one run at a later rung, as if the store had it at the rung before; one that needs the total begins anew. */
  const imagesAt = (rung: number, settings: Settings) =>
    (rungs[rung].epochs - (needsTotal(settings) ? 0 : rungs[rung - 1].epochs)) *
    rowCounts(settings.preprocess, data.facts.train).train;
  return (event) => {
    // The plan was made when nobody knew which trials get so far, and what the store has of them.
    if (event.type === "run_start" && index > 0) {
      return emit({ ...event, images: imagesAt(index, candidates.at(event.trial)) });
    }
    if (event.type !== "plan") return emit(event);
    if (index === 0) {
      const seeds = experiment.seeds.length;
      // Which trials get so far nobody knows: as many images as the mean of all would train.
      const trialLater = (settings: Settings) =>
        rungs.slice(1).reduce((sum, rung, i) => sum + rung.trials * seeds * imagesAt(i + 1, settings), 0);
      const later = Iterator.from(candidates).reduce((sum, trial) => sum + trialLater(trial), 0) /
        candidates.count;
      const legs = rungs.reduce((sum, rung) => sum + rung.trials * seeds, 0);
      emit({
        ...event,
        legs,
        images: event.images + Math.round(later),
        workers: Math.min((workplace ?? pool).workers, trials * seeds),
      });
    }
    const place = { rung: index + 1, rungs: rungs.length };
    emit(remark("note", say((t) => t.sweep.rung({ ...place, trials, epochs }))));
  };
}

/** The time that a run took in this rung and those before it, step by step. */
function addTimings(before: readonly TimingRow[], now: readonly TimingRow[]): TimingRow[] {
  const sums = new Map(before.map((row) => [row.step, row]));
  for (const row of now) {
    const sum = sums.get(row.step);
    sums.set(row.step, sum === undefined ? row : add(sum, row));
  }
  return [...sums.values()];
}

function add(a: TimingRow, b: TimingRow): TimingRow {
  const seconds = a.seconds + b.seconds;
  const images = [a, b].reduce((sum, row) => sum + (row.images_per_second ?? 0) * row.seconds, 0);
  return { ...a, seconds, images_per_second: seconds > 0 ? images / seconds : null };
}
