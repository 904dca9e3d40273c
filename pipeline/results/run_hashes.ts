import { runName, type RunRow } from "../../src/tables/results_csv.ts";
import type { ManifestRun } from "./manifest.ts";
import { hashLines, runLines } from "./run_lines.ts";

/** What a manifest says of each run: how it ended, and the hashes of its lines in the texts of results.csv and history.csv. */
export function describeRuns(
  rows: readonly Pick<RunRow, "trial" | "seed" | "status" | "epochs">[],
  csv: { results: string; history: string },
): Record<string, ManifestRun> {
  const [results, history] = [runLines(csv.results), runLines(csv.history)];
  return Object.fromEntries(rows.map(({ trial, seed, status, epochs }) => {
    const name = runName({ trial, seed });
    const hashes = { results: hashLines(results.get(name)), history: hashLines(history.get(name)) };
    return [name, { status, epochs, ...hashes }];
  }));
}
