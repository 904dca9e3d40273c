import { say } from "../messages/messages.ts";
import { dirname } from "node:path";
import { formatHistory } from "../../src/tables/history_csv.ts";
import { formatResults } from "../../src/tables/results_csv.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { sweepRungs } from "../../src/sweep/sweep_rungs.ts";
import { UserError } from "../system/errors.ts";
import { fromRecorded } from "../system/place.ts";
import { performRungs, performRuns } from "../runs/perform_rungs.ts";
import { manifestExperiment } from "../results/manifest.ts";
import { type ProgressReporter, remark } from "../progress/events.ts";
import { planRuns, type Run, withEpochs } from "../runs/run.ts";
import type { RunResult } from "../runs/runner.ts";
import { prepareData, SharedSteps } from "../runs/prepare_data.ts";
import type { StepContext } from "../steps/step.ts";
import { trainParameters } from "../steps/train.ts";
import { Store } from "../store/store.ts";
import { hashBytes } from "../store/hash.ts";
import { compareRun } from "./compare_run.ts";
import { type Difference, RecordedResults } from "./recorded_results.ts";
import { LazyPool } from "../workers/lazy_pool.ts";

export interface VerifyOptions {
  results: string;
  /** All of them if left out. */
  sample?: number | undefined;
  mirror?: string | undefined;
  workers: number;
}

export interface Verification {
  readonly recomputed: readonly string[];
  readonly runs: number;
  /** Runs that had failed: whatever failed then was not the computation. */
  readonly failed: number;
  /** Of those that were recomputed: they have no weights and no predictions. */
  readonly diverged: number;
  readonly absent: number;
  readonly differences: readonly Difference[];
}

/**
 * Recomputes runs of a results folder from scratch, in an empty store that is removed afterwards, and compares every byte of theirs with
 * what its manifest says: the data set, weights, predictions, diagnostics and the rows of results.csv and history.csv. The files that are
 * there are compared with the manifest too. Throws a UserError where there are no results or the data set cannot be had, and the signal's
 * reason when it is aborted.
 */
export async function verifyResults(
  { results, sample, mirror, workers }: VerifyOptions,
  { signal, reporter }: { signal: AbortSignal; reporter: ProgressReporter },
): Promise<Verification> {
  const recorded = await RecordedResults.open(results);
  const { manifest } = recorded;
  const experiment = manifestExperiment(manifest, results);
  const trials = expandSweep(experiment);
  const planned = recordedRuns(planRuns(trials, experiment), recorded);
  const sound = [...planned.keys()].filter((name) => manifest.runs[name].status !== "failed");
  const salt = manifest.files["results.csv"]?.sha256 ?? "";
  const chosen = sample === undefined ? sound : chooseRuns(sound, { count: sample, salt });
  const runs = chosen.flatMap((name) => planned.get(name) ?? []);
  const differences = [...recorded.changed];

  await withTemporaryStore(async (store) => {
    const context: StepContext = { store, signal, emit: (event) => reporter.handle(event) };
    const places = { mirror, configFolder: dirname(fromRecorded(manifest.config)) };
    const data = await prepareData(experiment, { places, steps: new SharedSteps(context) });
    for (const [name, { sha256 }] of Object.entries(data.files)) {
      if (manifest.data[name] !== sha256) {
        differences.push({ file: name, run: null, text: say((t) => t.verify.difference.dataset) });
      }
    }
    await using pool = new LazyPool({
      workers,
      dataset: data.dataset,
      trainings: () => runs.map(({ trial, seeds }) => trainParameters(trial, seeds)),
      onNote: (note) => reporter.handle(remark("note", note)),
      signal,
    });
    const work = { context, data, pool };
    const compare = async (result: RunResult) => void differences.push(...await compareRun(recorded, result));
    let done: RunResult[];
    if (sweepRungs(experiment, trials.count).length > 1 && chosen.length === planned.size) {
      // Which trials got how far is recomputed too.
      done = await performRungs(trials, experiment, work);
      for (const result of done) await compare(result);
    } else {
      done = await performRuns(runs, {
        ...work,
        experiment,
        trials: new Set(runs.map(({ trial: { index } }) => index)).size,
        async onResult(result) {
          await compare(result);
          // A sweep's runs may be more than a temporary folder can take.
          await Promise.all(result.stored.map(({ sha256 }) => store.removeArtifact(sha256)));
        },
      });
    }
    if (chosen.length === planned.size && differences.length === 0) {
      differences.push(...compareTables(recorded, done));
    }
  });
  return {
    recomputed: chosen,
    runs: planned.size,
    failed: planned.size - sound.length,
    diverged: chosen.filter((name) => manifest.runs[name].status === "diverged").length,
    absent: recorded.absent.length,
    differences: inOrder(differences, chosen),
  };
}

/** Those of the smallest SHA-256 of `<salt> <run>`, in their order: salted by a hash of the results, so that no writer could choose. */
export function chooseRuns(
  runs: readonly string[],
  { count, salt }: { count: number; salt: string },
): string[] {
  const drawn = runs.map((run) => ({ run, lot: hashBytes(`${salt} ${run}`) }))
    .sort((a, b) => a.lot < b.lot ? -1 : 1)
    .slice(0, count);
  const chosen = new Set(drawn.map(({ run }) => run));
  return runs.filter((run) => chosen.has(run));
}

/** The experiment's runs by name, each with the epochs that it is recorded with. Throws a UserError unless they are the recorded ones. */
function recordedRuns(planned: readonly Run[], { folder, manifest }: RecordedResults): Map<string, Run> {
  const runs = new Map<string, Run>();
  for (const run of planned) {
    const { name } = run;
    const epochs = manifest.runs[name]?.epochs;
    if (epochs === undefined) {
      throw new UserError(say(({ errors: t }) => t.cannotVerify(folder, t.reasons.lacksRun(name))));
    }
    runs.set(name, { ...run, trial: withEpochs(run.trial, epochs) });
  }
  const extra = Object.keys(manifest.runs).find((name) => !runs.has(name));
  if (extra === undefined) return runs;
  throw new UserError(say(({ errors: t }) => t.cannotVerify(folder, t.reasons.foreignRun(extra))));
}

/** All rows are the same: what is left is their order, the headers, and that there are no others. */
function compareTables(
  { manifest: { files, columns } }: RecordedResults,
  done: readonly RunResult[],
): Difference[] {
  const texts = {
    "results.csv": formatResults(done.map(({ row }) => row), columns.results),
    "history.csv": formatHistory(done.flatMap(({ history }) => history), columns.history),
  };
  return Object.entries(texts)
    .filter(([file, text]) => files[file]?.sha256 !== hashBytes(text))
    .map(([file]) => ({
      file,
      run: null,
      text: say((t) => t.verify.difference.order),
    }));
}

/** Runs end in any order; what is said of them does not depend on it. */
function inOrder(differences: readonly Difference[], runs: readonly string[]): Difference[] {
  const places = new Map<string | null, number>(runs.map((name, index) => [name, index]));
  const place = ({ run }: Difference) => places.get(run) ?? -1;
  return [...differences].sort((a, b) => place(a) - place(b));
}

async function withTemporaryStore(task: (store: Store) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "verify-" });
  try {
    await task(await Store.open(folder, { counts: true, option: "the variable TMPDIR" }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
