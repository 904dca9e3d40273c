import { basename, join } from "node:path";
import { stringify } from "yaml";
import { bestRun, diagnosedRuns, type Objective, rankTrials } from "../../src/analysis/ranking.ts";
import { messages } from "../../src/report/messages/messages.ts";
import type { Language } from "../../src/text/language.ts";
import { parseResults, runName } from "../../src/tables/results_csv.ts";
import { fillTimings } from "../../src/report/timings_slot.ts";
import { parseTimings, type TimingRow } from "../../src/tables/timings_csv.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { UserError } from "../system/errors.ts";
import { type Manifest, MANIFEST_FILE, manifestExperiment, readManifest } from "../results/manifest.ts";
import { objectiveOf } from "../results/objective.ts";
import { renderResults, type ReportSettings } from "./render.ts";
import { ResultsLock } from "../results/lock.ts";
import { hashBytes } from "../store/hash_bytes.ts";

/** What was written, and what is not in the report because a file is missing. */
export interface WrittenReport {
  readonly files: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Renders a results folder's report again, from what is in the folder alone; results.csv is all that it needs, and what else is missing is
 * said. Throws a UserError where the folder or a table is not as a sweep wrote it.
 */
export async function rerenderReport(
  folder: string,
  { language }: { language?: Language | undefined } = {},
): Promise<WrittenReport> {
  const results = await readOptional(folder, "results.csv");
  if (results === null) {
    throw new UserError(
      `Cannot render a report: ${folder} must be a results folder, found no results.csv in it`,
    );
  }
  using _lock = await ResultsLock.take(folder);
  const notes: string[] = [];
  const manifest = await readManifest(folder);
  const settings = { ...reportSettings(manifest, { folder, language, notes }), ...await provenance(folder) };
  try {
    const files = await render(folder, { results: decode(results), settings, notes });
    const timings = await readTimings(folder, notes);
    const written: [string, Uint8Array][] = [...files].map(([name, bytes]) => [
      name,
      /^report\./.test(name)
        ? encode(fillTimings(decode(bytes), timings, messages(settings.language)))
        : bytes,
    ]);
    await write(folder, written, settings.language);
    return { files: written.map(([name]) => join(folder, name)), notes };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError(`Cannot render the report of ${folder}: ${error.message}`, { cause: error });
  }
}

async function render(
  folder: string,
  { results, settings, notes }: { results: string; settings: ReportSettings; notes: string[] },
): Promise<Map<string, Uint8Array>> {
  const ranking = rankTrials(parseResults(results), settings.objective);
  if (ranking.length === 0) {
    throw new UserError(
      `Cannot render a report: ${join(folder, "results.csv")} must have a run or more, found none`,
    );
  }
  const read = async (name: string) => {
    const bytes = await readOptional(folder, name);
    if (bytes === null) notes.push(`there is no ${name}: what it tells is left out`);
    return bytes ?? undefined;
  };
  const best = bestRun(ranking[0], settings.objective);
  const ofBest = async (name: string) => best && await read(`runs/${runName(best)}/${name}`);
  const [history, predictions, inspection] = [
    await read("history.csv"),
    await ofBest("predictions.csv"),
    await ofBest("inspection.npz"),
  ];
  const diagnostics: Record<string, string> = {};
  for (const run of diagnosedRuns(ranking, settings.objective)) {
    const bytes = await readOptional(folder, `runs/${runName(run)}/diagnostics.csv`);
    if (bytes !== null) diagnostics[runName(run)] = decode(bytes);
  }
  return await renderResults(settings, {
    results,
    history: history && decode(history),
    predictions: predictions && decode(predictions),
    inspection,
    diagnostics,
  });
}

/** What the manifest tells; without one, what can be told from the tables. */
function reportSettings(
  manifest: Manifest | null,
  { folder, language, notes }: { folder: string; language?: Language | undefined; notes: string[] },
): ReportSettings {
  if (manifest === null) {
    notes.push(
      `there is no ${MANIFEST_FILE}: trials are ranked by val_accuracy, and how they were run is left out`,
    );
    const objective: Objective = { metric: "val_accuracy", goal: "maximize" };
    return { name: basename(folder), language: language ?? "en", objective, data: {}, versions: {} };
  }
  const experiment = manifestExperiment(manifest, folder);
  return {
    name: experiment.name,
    language: language ?? experiment.report.language,
    objective: objectiveOf(experiment),
    trials: Array.from(expandSweep(experiment), ({ index, swept }) => ({ trial: index, parameters: swept })),
    dataset: typeof experiment.dataset === "string" ? experiment.dataset : "",

    config: stringify(experiment),
    data: manifest.data,
    versions: {},
  };
}

/** What else the manifest tells for people; a part that is not there is left out. */
async function provenance(folder: string): Promise<Partial<ReportSettings>> {
  const text = await readOptional(folder, MANIFEST_FILE);
  if (text === null) return {};
  const { command, versions } = JSON.parse(decode(text));
  return {
    ...(typeof command === "string" ? { command } : {}),
    ...(typeof versions?.deno === "string" ? { versions: { Deno: versions.deno } } : {}),
  };
}

async function readTimings(folder: string, notes: string[]): Promise<TimingRow[]> {
  const bytes = await readOptional(folder, "timings.csv");
  if (bytes !== null) return parseTimings(decode(bytes));
  notes.push("there is no timings.csv: how long it took is left out");
  return [];
}

/** Each file whole or not at all, and the manifest's list of them last. */
async function write(
  folder: string,
  files: readonly [string, Uint8Array][],
  language: Language,
): Promise<void> {
  await Deno.mkdir(join(folder, "figures"), { recursive: true });
  for (const [name, bytes] of files) await replace(join(folder, name), bytes);
  const text = await readOptional(folder, MANIFEST_FILE);
  if (text === null) return;
  const { report_language: _, ...manifest } = JSON.parse(decode(text));
  // A sweep sees by it that the report is not the one that it writes.
  if (language !== manifest.experiment?.report?.language) manifest.report_language = language;
  for (const [name, bytes] of files) manifest.files[name] = { sha256: hashBytes(bytes), bytes: bytes.length };
  manifest.files = Object.fromEntries(Object.entries(manifest.files).sort(([a], [b]) => a < b ? -1 : 1));
  await replace(join(folder, MANIFEST_FILE), encode(JSON.stringify(manifest, null, 2) + "\n"));
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  await Deno.writeFile(`${path}.tmp`, bytes);
  await Deno.rename(`${path}.tmp`, path);
}

async function readOptional(folder: string, name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await Deno.readFile(join(folder, name));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
