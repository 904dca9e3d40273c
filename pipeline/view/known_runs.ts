import { basename, join } from "node:path";
import { type ReportModel, reportModel } from "../../src/report/report_model.ts";
import { parseResults } from "../../src/tables/results_csv.ts";
import type { TimingRow } from "../../src/tables/timings_csv.ts";
import type { Language } from "../../src/text/language.ts";
import type { Unknown } from "../../src/view/experiment/document.tsx";
import { folderSettings } from "../report/from_folder.ts";
import { readTables } from "../report/render.ts";
import { reportInputs, reportSettings } from "../report/report_step.ts";
import { MANIFEST_FILE, parseManifestHead } from "../results/manifest.ts";
import { readInside, readResultsInside, readTimingsInside } from "./inside.ts";
import type { WatchedFolder } from "./watched_folder.ts";
import type { WatchedSweep } from "./watched_sweep.ts";
import { cannotRead } from "../system/files.ts";
import { because } from "../system/reasons.ts";

/** What there is to be drawn of an experiment. */
export interface KnownRuns {
  readonly known: ReportModel | Unknown;
  /** How long things took, once the sweep has ended. */
  readonly timings?: readonly TimingRow[];
}

/** What is known of a folder's runs, to be shown as a report shows it. Throws UserError or SyntaxError where its files are not as a sweep writes them. */
export async function knownRuns(folder: WatchedFolder, language: Language): Promise<KnownRuns> {
  const { sweep, showsResults, path } = folder;
  if (sweep !== null) return { known: runsOfSweep(sweep, language) };
  if (!showsResults) return { known: { name: basename(path), language } };
  return await runsOfFolder(path, language);
}

function runsOfSweep(sweep: WatchedSweep, language: Language): ReportModel | Unknown {
  const { experiment, trials, rows, history, underWay } = sweep;
  if (rows.length === 0) return { name: experiment.title ?? experiment.name, language };
  const settings = reportSettings(experiment, {
    rows,
    trials,
    language,
    facts: { data: {}, versions: {} },
  });
  return reportModel({
    ...settings,
    // Also of those that have not begun: a setting is one that differs, also before any has been seen to.
    trials: Array.from(trials, ({ index, swept }) => ({ trial: index, parameters: swept })),
    rows,
    history,
    underWay,
    matrices: new Map(),
    inspections: new Map(),
    diagnostics: new Map(),
  });
}

async function runsOfFolder(folder: string, language: Language): Promise<KnownRuns> {
  const { manifest, results } = await readResultsInside(folder);
  const rows = parseResults(new TextDecoder().decode(results));
  if (rows.length === 0) {
    throw cannotRead(`${folder}/results.csv`, because((t) => t.noRuns));
  }
  const settings = folderSettings(parseManifestHead(manifest, join(folder, MANIFEST_FILE)), {
    folder,
    rows,
    language,
  });
  const file = async (place: string) =>
    place === "results.csv" ? results : await readInside(folder, place) ?? undefined;
  const files = await reportInputs<Uint8Array>({ rows, ...settings }, file);
  return {
    known: reportModel(readTables(settings, files, rows)),
    timings: await readTimingsInside(folder, rows.length),
  };
}
