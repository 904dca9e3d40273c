import { hashBytes } from "../store/hash.ts";
import { runName, type RunRow } from "../../src/tables/results_csv.ts";
import type { ManifestRun } from "./manifest.ts";

/** Lines of results.csv or history.csv, ends included, by run; without those, as the header, that do not begin with two whole numbers. */
export function runLines(csv: string): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  const run = /(\d+),(\d+),/y;
  for (let start = 0, end; start < csv.length; start = end) {
    end = csv.indexOf("\n", start) + 1 || csv.length;
    run.lastIndex = start;
    const numbers = run.exec(csv);
    if (!numbers) continue;
    const name = runName({ trial: Number(numbers[1]), seed: Number(numbers[2]) });
    const line = csv.slice(start, end);
    const before = lines.get(name);
    if (before) before.push(line);
    else lines.set(name, [line]);
  }
  return lines;
}

/** SHA-256 of a run's lines, one after another; of nothing for a run that has none. */
export function hashLines(lines: readonly string[] = []): string {
  return hashBytes(lines.join(""));
}

/** What a manifest says of each run: how it ended, and the hashes of its lines in the texts of results.csv and history.csv. */
export function describeRuns(
  rows: readonly (Pick<RunRow, "trial" | "seed" | "epochs"> & Pick<ManifestRun, "status">)[],
  csv: { results: string; history: string },
): Record<string, ManifestRun> {
  const [results, history] = [runLines(csv.results), runLines(csv.history)];
  return Object.fromEntries(rows.map(({ trial, seed, status, epochs }) => {
    const name = runName({ trial, seed });
    const hashes = { results: hashLines(results.get(name)), history: hashLines(history.get(name)) };
    return [name, { status, epochs, ...hashes }];
  }));
}
