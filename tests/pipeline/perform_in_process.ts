import { parseExperiment } from "../../src/config/parse.ts";
import { formatHistory } from "../../src/tables/history_csv.ts";
import { formatResults } from "../../src/tables/results_csv.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { type PerformOptions, performRungs } from "../../pipeline/runs/perform_rungs.ts";
import { planRuns } from "../../pipeline/runs/run.ts";
import type { RunResult } from "../../pipeline/runs/runner.ts";
import { prepareData } from "../../pipeline/runs/prepare_data.ts";
import type { PipelineEvent } from "../../pipeline/progress/events.ts";
import { performStep } from "../../pipeline/steps/perform_step.ts";
import { trainParameters } from "../../pipeline/steps/train.ts";
import { LazyPool, type LazyPoolOptions } from "../../pipeline/workers/lazy_pool.ts";
import { openContext } from "./steps/step_fixture.ts";

/** What came out of runs, without a results folder. */
export interface Performed {
  results: RunResult[];
  /** The texts of results.csv and history.csv. */
  tables: string[];
  /** Notes and warnings. */
  messages: string[];
  events: PipelineEvent[];
}

/** Performs all runs of a config whose data files are in `folder`, with a store below it: a sweep without its report. */
export async function performIn(
  folder: string,
  { config, store, workers = 1, worker, failFast }:
    & { config: object; store: string; workers?: number }
    & Pick<LazyPoolOptions, "worker">
    & Pick<PerformOptions, "failFast">,
): Promise<Performed> {
  const experiment = parseExperiment(JSON.stringify(config), { file: "x.json" });
  const context = await openContext(`${folder}/${store}`);
  const data = await prepareData(experiment, {
    places: { configFolder: folder },
    steps: { context, perform: performStep },
  });
  const trials = expandSweep(experiment);
  await using pool = new LazyPool({
    workers,
    dataset: data.dataset,
    trainings: () => planRuns(trials, experiment).map(({ trial, seeds }) => trainParameters(trial, seeds)),
    signal: context.signal,
    worker,
  });
  const results = await performRungs(trials, experiment, { context, data, pool, failFast });
  const tables = [
    formatResults(results.map(({ row }) => row)),
    formatHistory(results.flatMap(({ history }) => history)),
  ];
  return { results, tables, messages: context.messages(), events: context.events };
}
