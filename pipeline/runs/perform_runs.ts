import type { Experiment } from "../../src/config/schema.ts";
import { UserError } from "../system/errors.ts";
import { type Run, Runner, type RunResult } from "./runner.ts";
import type { PreparedData } from "./prepare_data.ts";
import type { StepContext } from "../steps/step.ts";
import { Limiter } from "../store/limiter.ts";
import type { LazyPool } from "../workers/lazy_pool.ts";

/** What performRuns() works with. */
export interface PerformRunsOptions {
  readonly experiment: Pick<Experiment, "name">;
  /** How many trials the runs are of. */
  readonly trials: number;
  readonly context: StepContext;
  readonly data: PreparedData;
  readonly pool: LazyPool;
  readonly workers: number;
  /** Whether the first run that fails ends it all. */
  readonly failFast?: boolean | undefined;
  /** Is told of each run that was performed, when it has ended. */
  onResult?(result: RunResult): Promise<void>;
}

/**
 * Trains and evaluates what the store does not have, as many runs at once as there are workers, and a few ahead. The pool must
 * stay open until the results' files have been read: what is damaged among them is trained again.
 *
 * Throws a UserError at the first run that fails where `failFast` says so, and the signal's reason when it is aborted.
 */
export async function performRuns(
  runs: readonly Run[],
  { experiment, trials, context, data: { dataset, facts }, pool, workers, failFast = false, onResult }:
    PerformRunsOptions,
): Promise<RunResult[]> {
  const pending: Run[] = [];
  const runner = new Runner({
    context,
    dataset,
    trainCount: facts.train,
    testCount: facts.test,
    pool: () => pool.get(pending.length),
  });
  const found = runs.map((run) => runner.find(run));
  runs.forEach((run, i) => found[i] ?? pending.push(run));
  context.emit({
    type: "plan",
    name: experiment.name,
    trials,
    runs: runs.length,
    cached: runs.length - pending.length,
    workers: Math.min(workers, pending.length),
    images: pending.reduce((images, run) => images + runner.imagesLeft(run), 0),
  });
  for (const [i, result] of found.entries()) {
    if (!result) continue;
    const { test_accuracy } = result.row;
    const { trial: { index: trial }, seed } = runs[i];
    context.emit({ type: "run_end", worker: null, trial, seed, status: "cached", test_accuracy, seconds: 0 });
  }

  const ahead = new Limiter(2 * workers + 2);
  // What ends one run in another way than its own failure (a full disk, an interruption) ends all, for the same reason.
  const end = new AbortController();
  const perform = async (run: Run) => {
    end.signal.throwIfAborted();
    try {
      const result = await runner.perform(run);
      if (failFast && result.row.status === "failed") throw firstFailure(run);
      await onResult?.(result);
      return result;
    } catch (error) {
      end.abort(error);
      await pool.close(error);
      throw error;
    }
  };
  return await Promise.all(runs.map((run, i) => found[i] ?? ahead.run(() => perform(run))));
}

function firstFailure({ trial, seed }: Run): UserError {
  return new UserError(
    `run ${trial.index}-${seed} failed, and --fail-fast ends the sweep; what is done is stored: ` +
      "the same command goes on from there",
    { exitCode: 1 },
  );
}
