import type { Experiment } from "../../../src/config/schema.ts";
import { expandSweep } from "../../../src/sweep/expand_sweep.ts";
import type { TrialSpace } from "../../../src/sweep/trial.ts";
import { type EpochRow, parseHistory } from "../../../src/tables/history_csv.ts";
import type { TimingRow } from "../../../src/tables/timings_csv.ts";
import { parseResults, type RunRow } from "../../../src/tables/results_csv.ts";
import { type Manifest, manifestExperiment, readManifest } from "../../results/manifest.ts";
import { readResultsInside, readTextInside, readTimingsInside } from "../inside.ts";
import type { WatchedFolder } from "../watched_folder.ts";

export interface RunPlace {
  readonly trial: number;
  readonly seed: number;
}

/** A folder's runs, whether they have ended or not. */
export interface FolderRuns {
  readonly experiment: Experiment;
  readonly trials: TrialSpace;
  readonly rows: readonly RunRow[];
  readonly history: readonly EpochRow[];
  /** Null while the sweep has not ended. */
  readonly manifest: Manifest | null;
  /** Empty while the sweep has not ended. */
  readonly timings: readonly TimingRow[];
  /** See ReportInput. */
  readonly underWay: ReadonlySet<string>;
}

/** Null where nothing is known of any run. Throws UserError or SyntaxError where the files are not as a sweep writes them. */
export async function folderRuns({ sweep, state, path }: WatchedFolder): Promise<FolderRuns | null> {
  if (sweep !== null) {
    const { experiment, trials, rows, history, underWay } = sweep;
    return { experiment, trials, rows, history, underWay, manifest: null, timings: [] };
  }
  if (state !== "finished") return null;
  // A manifest that is a link out of the folder is refused here.
  const { results } = await readResultsInside(path);
  const manifest = await readManifest(path);
  if (manifest === null) return null;
  const rows = parseResults(new TextDecoder().decode(results));
  const experiment = manifestExperiment(manifest, path);
  const history = await readTextInside(path, "history.csv");
  return {
    experiment,
    trials: expandSweep(experiment),
    rows,
    timings: await readTimingsInside(path, rows.length),
    history: history === null ? [] : parseHistory(history),
    manifest,
    underWay: new Set(),
  };
}
