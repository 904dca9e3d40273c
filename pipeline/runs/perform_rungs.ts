import type { Experiment } from "../../src/config/schema.ts";
import { formatCounted } from "../../src/text/numbers.ts";
import type { TimingRow } from "../../src/tables/timings_csv.ts";
import { type Rung, sweepRungs } from "../../src/sweep/sweep_rungs.ts";
import type { Trial, TrialSpace } from "../../src/sweep/trial.ts";
import { performRuns, type PerformRunsOptions } from "./perform_runs.ts";
import type { PipelineEvent } from "../progress/events.ts";
import { planRuns, type RunResult } from "./runner.ts";
import { rowCounts } from "../steps/train.ts";
import { survivors } from "./survivors.ts";

/**
 * Performs a sweep by successive halving: all trials for the epochs of the first rung, the best of them for those of the next, and so
 * on. A run goes on from the epochs that the store has of it. Which trials go on is decided when a rung has ended, from the ranking
 * alone (see rankTrials: of equal ones the first), so it depends on nothing but the experiment.
 *
 * Resolves with each trial's runs at the last rung that it reached, by trial.
 */
export async function performHalving(
  trials: TrialSpace,
  experiment: Experiment,
  options: Omit<PerformRunsOptions, "experiment" | "trials">,
): Promise<RunResult[]> {
  const rungs = sweepRungs(experiment, trials.count);
  const results = new Map<number, RunResult[]>();
  let going = Array.from({ length: trials.count }, (_, index) => index);
  for (const [i, rung] of rungs.entries()) {
    const runs = planRuns(going.map((index) => withEpochs(trials.at(index), rung.epochs)), experiment);
    const emit = rungReporter(i, rungs, { experiment, options });
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
    if (next === undefined) break;
    going = survivors(done.map(({ row }) => row), next.trials, experiment);
  }
  return [...results.values()].flat();
}

function withEpochs(trial: Trial, epochs: number): Trial {
  return { ...trial, train: { ...trial.train, epochs } };
}

/** Whoever watches sees one sweep: the first rung's plan is that of all rungs, and a later one is a note. */
function rungReporter(
  index: number,
  rungs: readonly Rung[],
  { experiment, options }: {
    experiment: Experiment;
    options: Pick<PerformRunsOptions, "context" | "workers" | "data">;
  },
): (event: PipelineEvent) => void {
  const { emit } = options.context;
  const { epochs, trials } = rungs[index];
  return (event) => {
    if (event.type !== "plan") return emit(event);
    if (index === 0) {
      const seeds = experiment.seeds.length;
      const { train } = rowCounts(experiment.preprocess, options.data.facts.train);
      const later = rungs.slice(1).reduce(
        (sum, rung, i) => sum + rung.trials * seeds * (rung.epochs - rungs[i].epochs) * train,
        0,
      );
      const runs = rungs.reduce((sum, rung) => sum + rung.trials * seeds, 0);
      emit({
        ...event,
        runs,
        images: event.images + later,
        workers: Math.min(options.workers, trials * seeds),
      });
    }
    const text = `${formatCounted(trials, "trial")} of ${formatCounted(epochs, "epoch")}`;
    emit({ type: "note", message: `rung ${index + 1} of ${rungs.length}: ${text}` });
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
