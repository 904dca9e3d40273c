import { join } from "node:path";
import { median } from "../../src/metrics/statistics.ts";
import { parseResults, runName, type RunRow } from "../../src/tables/results_csv.ts";
import { parseTimings, type TimingRow } from "../../src/tables/timings_csv.ts";
import { type Messages, say } from "../messages/messages.ts";
import { readInputText } from "../system/read_input.ts";
import type { ExperimentStatus } from "./status.ts";
import { rowCounts } from "../steps/train.ts";

export type Estimate =
  | { seconds: number; timedRuns: number; source: string }
  | { seconds: null; reason: string; ja: string };

/** Runs of a kind take as long an image: those of the same network, batch size and optimizer. */
interface Kind {
  readonly hidden: readonly number[];
  readonly batch_size: number | "full";
  readonly optimizer: RunRow["optimizer"];
}

/**
 * How long runs take, by the timings of a results folder: each of them at the images a second of the timed runs of its own kind, or of a
 * kind that nobody timed at the median of all timed runs' multiplications a second; then divided among the workers.
 */
export async function estimateTime(
  { runs, out, dataset }: Pick<ExperimentStatus, "runs" | "out" | "dataset">,
  workers: number,
): Promise<Estimate> {
  const source = join(out, "timings.csv");
  if (dataset === null) return unknown((t) => t.notPreprocessed);
  const timed = await readTimedRuns(out);
  if (timed === null || timed.length === 0) {
    return unknown((t) => t.noTimings(source));
  }
  const { features, classes } = dataset;
  const weights = ({ hidden }: Pick<Kind, "hidden">) => countWeights([features, ...hidden, classes]);
  const kinds = Map.groupBy(timed, ({ row }) => kindName(row));
  const rates = new Map(
    Array.from(kinds, ([name, own]) => [name, median(own.map(({ rate }) => rate))] as const),
  );
  const throughput = median(timed.map(({ row, rate }) => rate * weights(row)));
  let sum = 0, longest = 0;
  for (const { trial: { model, train, preprocess }, epochsDone } of runs.epochsDone()) {
    const kind = { hidden: model.hidden, batch_size: train.batch_size, optimizer: train.optimizer };
    const rate = rates.get(kindName(kind)) ?? throughput / weights(kind);
    const seconds = (train.epochs - epochsDone) * rowCounts(preprocess, dataset.train).train / rate;
    sum += seconds;
    longest = Math.max(longest, seconds);
  }
  return { seconds: Math.max(longest, sum / workers), timedRuns: timed.length, source };
}

function unknown(why: (t: Messages["status"]) => string): Estimate {
  const { en, ja } = say(({ status }) => why(status));
  return { seconds: null, reason: en, ja };
}

/** The runs of a results folder whose training was timed, with their images a second; null where there are none to be read. */
async function readTimedRuns(out: string): Promise<{ row: RunRow; rate: number }[] | null> {
  let rows: RunRow[], timings: TimingRow[];
  try {
    rows = parseResults(await readInputText(join(out, "results.csv")));
    timings = parseTimings(await readInputText(join(out, "timings.csv")));
  } catch {
    return null;
  }
  const rowOf = new Map(rows.map((row) => [runName(row), row]));
  return timings.flatMap(({ step, trial, seed, images_per_second: rate }) => {
    if (step !== "train" || trial === null || seed === null || rate === null || rate <= 0) return [];
    const row = rowOf.get(runName({ trial, seed }));
    return row ? [{ row, rate }] : [];
  });
}

function kindName({ hidden, batch_size, optimizer }: Kind): string {
  return `${hidden.join("-")} ${batch_size} ${JSON.stringify(optimizer)}`;
}

function countWeights(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, size, i) => sum + size * sizes[i], 0);
}
