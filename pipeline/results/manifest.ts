import { Buffer } from "node:buffer";
import { join } from "node:path";
import { parseExperiment } from "../../src/config/parse.ts";
import type { Experiment } from "../../src/config/schema.ts";
import type { ImageCounts } from "../../src/report/report_model.ts";
import { DIAGNOSTICS_COLUMNS, type DiagnosticsColumn } from "../../src/tables/diagnostics_csv.ts";
import { HISTORY_COLUMNS, type HistoryColumn } from "../../src/tables/history_csv.ts";
import {
  MAX_RUNS,
  RESULTS_COLUMNS,
  type ResultsColumn,
  RUN_STATUSES,
  type RunStatus,
} from "../../src/tables/results_csv.ts";
import type { Language, Texts } from "../../src/text/language.ts";
import { ParseError } from "../../src/text/parse_error.ts";
import { SHA256 } from "../../src/text/codecs.ts";
import { isCount, isMapping } from "../../src/text/show_value.ts";
import { say } from "../messages/messages.ts";
import { textsOf, UserError } from "../system/errors.ts";
import { cannotRead, isMissing } from "../system/files.ts";
import { readInputText } from "../system/read_input.ts";
import { hashFile } from "../store/hash.ts";
import { because, systemCode } from "../system/reasons.ts";

export const MANIFEST_FILE = "manifest.json";

export interface FileEntry {
  readonly sha256: string;
  readonly bytes: number;
}

export interface ManifestRun {
  readonly status: RunStatus;
  readonly epochs: number;
  /** SHA-256 of the run's line in results.csv, its end included. */
  readonly results: string;
  /** The same of its lines in history.csv, one after another. */
  readonly history: string;
}

/** The form of manifest.json: raised when a member changes its meaning or goes; what readers of 1 find is the same but for this. */
export const MANIFEST_FORMAT = 2;

/** The columns of the tables that a verification writes again. */
interface TableColumns {
  readonly results: readonly ResultsColumn[];
  readonly history: readonly HistoryColumn[];
  /** Of each run's. What was written before its histograms does not name them. */
  readonly diagnostics?: readonly DiagnosticsColumn[];
}

/** Format 1 names none: its tables all have these. */
const FORMAT_1_COLUMNS: TableColumns = {
  // deno-fmt-ignore
  results: [
    "trial", "seed", "status", "hidden", "activation", "init", "sigma", "bias", "epochs", "batch_size", "learning_rate", "optimizer",
    "reduction", "shuffle", "split_seed", "init_seed", "shuffle_seed", "train_loss", "val_loss", "val_accuracy", "test_loss",
    "test_accuracy", "weights_sha256",
  ],
  history: ["trial", "seed", "epoch", "train_loss", "val_loss", "val_accuracy"],
};

/** What a sweep says of its results, in the order of manifest.json; between the format and the list of files. */
export interface SweepRecord {
  readonly tool: string;
  /** What the results were computed with: it changes no byte of them. */
  readonly versions: Readonly<Record<string, string>>;
  readonly v8_flags: readonly string[];
  /** The config's file, from the root unless its whole path was given; a data set's paths are relative to it. */
  readonly config: string;
  /** What gives the results again. */
  readonly command: string;
  /** The whole experiment, overrides and defaults filled in. */
  readonly experiment: Experiment;
  /** SHA-256 of each of the data set's files, uncompressed. */
  readonly data: Readonly<Record<string, string>>;
  /** How many images the data set has, of how many pixels and classes: what a report says of a data set that is not known by name. */
  readonly images: ImageCounts;
  readonly steps: Readonly<Record<string, number>>;
  readonly columns: TableColumns;
  /** By runName(). */
  readonly runs: Readonly<Record<string, ManifestRun>>;
}

/** By paths relative to the folder. */
type FileList = Readonly<Record<string, FileEntry>>;

/** A manifest.json of which only the format and the list of files are known to be right. */
export interface RecordedManifest extends Readonly<Record<string, unknown>> {
  /** As it was written. */
  readonly format: number;
  readonly files: FileList;
}

/** A manifest.json as it is read: what only people need is not known to be right. See manifestExperiment(). */
export interface Manifest
  extends
    Pick<SweepRecord, "config" | "data" | "steps" | "columns" | "runs">,
    Pick<RecordedManifest, "format" | "files">,
    Readonly<Partial<Record<"tool" | "versions" | "command" | "experiment" | "images", unknown>>> {
  /** Of a report that was rendered again in another language than the experiment's: that language. A sweep sees by it what to do. */
  readonly report_language?: unknown;
}

/** The format first, the files last and by name. */
export function formatManifest(record: object, files: FileList): string {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => a < b ? -1 : 1));
  return JSON.stringify({ format: MANIFEST_FORMAT, ...record, files: sorted }, null, 2) + "\n";
}

/** The manifest of a results folder; null where there is none. Throws a UserError where it cannot be read or is not what a sweep wrote. */
export function readManifest(folder: string): Promise<Manifest | null> {
  return read(folder, checkManifest);
}

/** What a manifest says of the experiment, and not of each of its runs and files. */
export type ManifestHead = Pick<Manifest, "data" | "versions" | "command" | "experiment" | "images">;

/** Where the lists begin, as formatManifest() writes them: of ten thousand runs they are 99 % of it, and no text has an unescaped line end. */
const LISTS = '\n  "runs": {';

/** The head of the manifest whose bytes were read from `path`; its lists are not looked at. Throws a UserError where it is not what a sweep wrote. */
export function parseManifestHead(bytes: Uint8Array<ArrayBuffer>, path: string): ManifestHead {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(LISTS);
  const text = new TextDecoder().decode(at < 0 ? bytes : bytes.subarray(0, at));
  return parse(at < 0 ? text : text.replace(/,$/, "}"), path, (manifest) => {
    checkEach(manifest.data, "data", isHash, MAX_NAMES);
    return manifest as unknown as ManifestHead;
  });
}

/** As readManifest(), but only the format and the list of files need be right. */
export function readRecorded(folder: string): Promise<RecordedManifest | null> {
  return read(folder, (manifest) => ({ ...manifest, files: checkFiles(manifest) }));
}

/** The experiment of a folder's manifest. Throws a UserError where this version of the program does not know such a one. */
export function manifestExperiment({ experiment }: Pick<Manifest, "experiment">, folder: string): Experiment {
  const path = join(folder, MANIFEST_FILE);
  try {
    return parseExperiment(JSON.stringify(experiment ?? null), { file: path, recorded: true });
  } catch (error) {
    throw damage(path, error);
  }
}

async function read<Result>(folder: string, check: (manifest: Migrated) => Result): Promise<Result | null> {
  const path = join(folder, MANIFEST_FILE);
  let text: string;
  try {
    text = await readInputText(path);
  } catch (error) {
    if (error instanceof UserError && isMissing(error.cause)) return null;
    throw error;
  }
  return parse(text, path, check);
}

function parse<Result>(text: string, path: string, check: (manifest: Migrated) => Result): Result {
  try {
    return check(migrate(JSON.parse(text)));
  } catch (error) {
    throw damage(path, error);
  }
}

/** Whether the system did not let a manifest be read, so that nobody knows what it says: it need not be damaged. */
export function isUnreadable(error: UserError): boolean {
  return systemCode(error.cause) !== null;
}

function damage(path: string, error: unknown): UserError {
  const found = textsOf(error);
  return cannotRead(path, say((t) => t.errors.reasons.notAsSwept(found[t.language])), { cause: error });
}

// By hand and not by zod: a large sweep's manifest has tens of thousands of entries, and status reads it each time. What is right
// is taken as it is.

/** Of members, of the data set's files, of steps: several times what there are. */
const MAX_NAMES = 100;

type Migrated = Record<string, unknown> & { format: number };

/** A manifest of any format as the present one has it. Format 1 names neither itself nor its tables' columns. */
function migrate(value: unknown): Migrated {
  const manifest = mapping(value, null);
  const count = Object.keys(manifest).length;
  if (count > MAX_NAMES) throw tooMany(null, count, MAX_NAMES);
  const { format = 1 } = manifest;
  if (format === 1) return { ...manifest, format, columns: FORMAT_1_COLUMNS };
  if (format === MANIFEST_FORMAT) return { ...manifest, format };
  throw wrong("format", format, because((t) => t.knownFormats(MANIFEST_FORMAT)));
}

function checkManifest(manifest: Migrated): Manifest {
  const { config, data, steps, columns, runs } = manifest;
  if (typeof config !== "string") throw wrong("config", config);
  checkEach(data, "data", isHash, MAX_NAMES);
  checkEach(steps, "steps", isCount, MAX_NAMES);
  checkColumns(columns);
  checkEach(runs, "runs", (run, name) => /^\d+-\d+$/.test(name) && isRun(run), MAX_RUNS);
  checkFiles(manifest);
  return manifest as unknown as Manifest;
}

/** A column that this version does not know, it could not write again. */
function checkColumns(value: unknown): void {
  const { results, history, diagnostics = [] } = mapping(value, "columns");
  const tables = [
    ["results", results, RESULTS_COLUMNS],
    ["history", history, HISTORY_COLUMNS],
    ["diagnostics", diagnostics, DIAGNOSTICS_COLUMNS],
  ] as const;
  for (const [table, found, known] of tables) {
    if (!Array.isArray(found)) throw wrong(`columns.${table}`, found);
    const unknown = found.find((name) => !known.some((column) => column === name));
    if (unknown !== undefined) {
      throw wrong(`columns.${table}`, unknown, because((t) => t.knownColumns(known)));
    }
    if (found.length > known.length) throw tooMany(`columns.${table}`, found.length, known.length);
  }
}

/** As many as a sweep writes of so many runs, and more: each of them is looked at. */
function checkFiles({ files, runs }: Migrated): FileList {
  const most = 1000 + 10 * Object.keys(Object(runs)).length;
  checkEach(files, "files", (file, name) => isInside(name) && isFileEntry(file), most);
  return files as FileList;
}

function checkEach(
  value: unknown,
  place: string,
  isRight: (entry: unknown, name: string) => boolean,
  most: number,
): void {
  const entries = mapping(value, place);
  const names = Object.keys(entries);
  if (names.length > most) throw tooMany(place, names.length, most);
  for (const name of names) {
    if (!isRight(entries[name], name)) throw wrong(`${place}.${name}`, entries[name]);
  }
}

function isFileEntry(value: unknown): boolean {
  return isMapping(value) && isHash(value.sha256) && isCount(value.bytes);
}

function isRun(value: unknown): boolean {
  return isMapping(value) && RUN_STATUSES.some((status) => status === value.status) &&
    isCount(value.epochs) && isHash(value.results) && isHash(value.history);
}

function isHash(value: unknown): boolean {
  return typeof value === "string" && SHA256.test(value);
}

function isInside(name: string): boolean {
  return /^[^/\\\0]+(?:\/[^/\\\0]+)*$/.test(name) && !/(?:^|\/)\.\.?(?:\/|$)/.test(name);
}

function mapping(value: unknown, place: string | null): Record<string, unknown> {
  if (!isMapping(value)) throw wrong(place, value);
  return value;
}

/** A null `place` is the whole manifest. */
function tooMany(place: string | null, found: number, most: number): SyntaxError {
  return new ParseError(because((t) => t.manyEntries({ place, found, most })));
}

/** `known` is what there may be, to be added to the place. */
function wrong(place: string | null, found: unknown, known: Texts = { en: "", ja: "" }): SyntaxError {
  const text = JSON.stringify(found);
  const shown = text?.length > 100 ? `${text.slice(0, 97)}...` : text;
  return new ParseError(
    say(({ language, errors }) => errors.reasons.wrongPart(place, shown, known[language])),
  );
}

/** Whether a file has the bytes that a manifest lists; one that cannot be read has not. */
export async function isAsListed(path: string, { sha256, bytes }: FileEntry): Promise<boolean> {
  if (sizeOf(path) !== bytes) return false;
  try {
    return await hashFile(path) === sha256;
  } catch (error) {
    if (systemCode(error) === null) throw error;
    return false;
  }
}

/** Null where there is no file. */
export function sizeOf(path: string): number | null {
  try {
    const { isFile, size } = Deno.statSync(path);
    return isFile ? size : null;
  } catch (error) {
    if (systemCode(error) === null) throw error;
    return null;
  }
}

/** The language that results ask for; undefined where it is English, which nobody need have chosen. */
export function resultsLanguage({ experiment, report_language }: Manifest): Language | undefined {
  const report = isMapping(experiment) && isMapping(experiment.report) ? experiment.report : {};
  return (report_language ?? report.language) === "ja" ? "ja" : undefined;
}

/** The same of a folder; undefined too where there is no manifest that can be read. */
export async function resultsLanguageOf(folder: string): Promise<Language | undefined> {
  try {
    const manifest = await readManifest(folder);
    return manifest === null ? undefined : resultsLanguage(manifest);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return undefined;
  }
}
