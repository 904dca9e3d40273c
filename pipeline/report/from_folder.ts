import { basename, join } from "node:path";
import { rowKind } from "../../src/report/report_model.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { parseResults, type RunRow } from "../../src/tables/results_csv.ts";
import { parseTimings } from "../../src/tables/timings_csv.ts";
import type { Language, Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import type { ImageCounts } from "../../src/report/report_model.ts";
import { changedTables } from "../results/changed_tables.ts";
import { ResultsFolder } from "../results/folder.ts";
import { MANIFEST_FILE, manifestExperiment, type ManifestHead, readManifest } from "../results/manifest.ts";
import { UserError } from "../system/errors.ts";
import { contentReason } from "../system/reasons.ts";
import { readIfPresent } from "../system/files.ts";
import { ChartDrawer } from "./chart_drawer.ts";
import type { ReportSettings } from "./render.ts";
import { renderFiles, reportInputs, reportSettings, writeReport } from "./report_step.ts";

/** Figures of earlier versions, by those that took their place. */
const FORMER_FIGURES: Readonly<Record<string, string>> = {
  "figures/misclassified.svg": "figures/misclassified.png",
};

/** What was written, and what is not in the report because a file is missing. */
interface WrittenReport {
  readonly files: readonly string[];
  readonly notes: readonly Texts[];
  /** That of what was written. */
  readonly language: Language;
}

/** From what is in the folder alone, where only results.csv must be. Throws a UserError where a table is not as a sweep wrote it. */
export async function rerenderReport(
  folder: string,
  { language }: { language?: Language | undefined } = {},
): Promise<WrittenReport> {
  const results = await readIfPresent(join(folder, "results.csv"));
  if (results === null) {
    throw new UserError(say((t) => t.errors.noReport(folder)));
  }
  using output = await ResultsFolder.reopen(folder);
  using drawer = ChartDrawer.open();
  const manifest = await readManifest(folder);
  const notes: Texts[] = [];
  const tables: Readonly<Record<string, Uint8Array | null>> = {
    "results.csv": results,
    "history.csv": await readIfPresent(join(folder, "history.csv")),
  };
  const file = async (place: string, importance: "needed" | "extra") => {
    const bytes = Object.hasOwn(tables, place) ? tables[place] : await readIfPresent(join(folder, place));
    if (bytes !== null) return bytes;
    if (importance === "needed") notes.push(say((t) => t.report.missing(place)));
  };
  try {
    const rows = parseResults(new TextDecoder().decode(results));
    if (rows.length === 0) {
      throw new UserError(say((t) => t.errors.emptyReport(join(folder, "results.csv"))));
    }
    if (manifest === null) {
      notes.push(say((t) => t.report.noManifest(MANIFEST_FILE)));
    } else notes.push(...changedTables(folder, { manifest, tables }));
    const settings = folderSettings(manifest, { folder, rows, language });
    const files = reportInputs<Uint8Array>({ rows, ...settings }, file);
    const report = await renderFiles(settings, files, { drawer, rows });
    const timings = await readIfPresent(join(folder, "timings.csv"));
    if (timings === null) notes.push(say((t) => t.report.noTimings));
    await writeReport(report, {
      folder: output,
      timings: timings === null
        ? []
        : parseTimings(new TextDecoder().decode(timings), 10_000 + 10 * rows.length),
      language: settings.language,
      rows: rowKind(settings),
    });
    const own = manifest === null ||
      settings.language === manifestExperiment(manifest, folder).report.language;
    await output.amend({
      report_language: own ? null : settings.language,
      superseded: Object.keys(report).flatMap((name) => FORMER_FIGURES[name] ?? []),
    });
    return {
      files: Object.keys(report).map((name) => join(folder, name)),
      notes,
      language: settings.language,
    };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const reason = contentReason(error);
    throw new UserError(say((t) => t.errors.cannotRender(folder, reason[t.language])), { cause: error });
  }
}

/** What a report says of an experiment besides what is in its tables; `manifest` is null where there is none. */
export function folderSettings(
  manifest: ManifestHead | null,
  place: { folder: string; rows: readonly RunRow[]; language?: Language | undefined },
): ReportSettings {
  return manifest === null
    ? tablesSettings(basename(place.folder), place.language)
    : manifestSettings(manifest, place);
}

function tablesSettings(name: string, language: Language = "en"): ReportSettings {
  return { name, language, objective: { metric: "val_accuracy", goal: "maximize" }, data: {}, versions: {} };
}

/** What of the manifest only people need may be gone: then it is left out. */
function manifestSettings(
  manifest: ManifestHead,
  { folder, rows, language }: { folder: string; rows: readonly RunRow[]; language?: Language | undefined },
): ReportSettings {
  const { command, versions, data, images } = manifest;
  const { deno } = Object(versions);
  const experiment = manifestExperiment(manifest, folder);
  return reportSettings(experiment, {
    rows,
    trials: expandSweep(experiment),
    language,
    facts: {
      ...(typeof command === "string" ? { command } : {}),
      data,
      ...(isImageCounts(images) ? { images } : {}),
      versions: typeof deno === "string" ? { Deno: deno } : {},
    },
  });
}

/** Older manifests have none. */
export function isImageCounts(value: unknown): value is ImageCounts {
  const { train, test, features, classes, class_names = [], input_names = [] } = Object(value);
  return [train, test, features, classes].every((count) => Number.isSafeInteger(count) && count > 0) &&
    // Labels are bytes.
    classes <= 256 &&
    [class_names, input_names].every((names) =>
      Array.isArray(names) && names.every((name) => typeof name === "string")
    );
}
