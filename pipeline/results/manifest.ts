import { join } from "node:path";
import { parseExperiment } from "../../src/config/parse.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { UserError } from "../system/errors.ts";

export const MANIFEST_FILE = "manifest.json";

/** What manifest.json says of a file beside it. */
export interface FileEntry {
  readonly sha256: string;
  readonly bytes: number;
}

/** What manifest.json says of a run. */
export interface ManifestRun {
  readonly status: "ok" | "diverged" | "failed";
  readonly epochs: number;
  /** SHA-256 of the run's line in results.csv, its end included. */
  readonly results: string;
  /** The same of its lines in history.csv, one after another. */
  readonly history: string;
}

/** What verify, status and gc need of a manifest.json; there is more in it for people. */
export interface Manifest {
  /** The config's file as it was given; a data set's paths are relative to it. */
  readonly config: string;
  /** The program's version. */
  readonly tool?: unknown;
  /** What gives the results again. */
  readonly command?: unknown | undefined;
  /** Of a report that was rendered again in another language than the experiment's: that language. */
  readonly report_language?: unknown;
  /** The whole experiment, overrides and defaults filled in. See manifestExperiment(). */
  readonly experiment?: unknown;
  /** SHA-256 of each of the data set's files, uncompressed. */
  readonly data: Record<string, string>;
  /** The version of each step that took part. */
  readonly steps: Record<string, number>;
  /** By `<trial>-<seed>`. */
  readonly runs: Record<string, ManifestRun>;
  /** By paths relative to the folder. */
  readonly files: Record<string, FileEntry>;
}

/** The manifest of a results folder; null where there is none. Throws a UserError where it is not what a sweep wrote. */
export function readManifest(folder: string): Promise<Manifest | null> {
  return read(folder, checkManifest);
}

/** The files that the manifest of a results folder lists, as readManifest() reads it. */
export async function readListing(folder: string): Promise<Record<string, FileEntry> | null> {
  return (await readRecorded(folder))?.files ?? null;
}

/** The manifest of a results folder of which only the list of files need be right. */
export function readRecorded(
  folder: string,
): Promise<Pick<Manifest, "files"> & Record<string, unknown> | null> {
  return read(folder, (value) => {
    const manifest = mapping(value, "the whole");
    return { ...manifest, files: checkFiles(manifest.files) };
  });
}

/** The experiment of a folder's manifest. Throws a UserError where this version of the program does not know such a one. */
export function manifestExperiment({ experiment }: Manifest, folder: string): Experiment {
  const path = join(folder, MANIFEST_FILE);
  try {
    return parseExperiment(JSON.stringify(experiment ?? null), { file: path });
  } catch (error) {
    throw damage(path, error);
  }
}

async function read<Result>(folder: string, parse: (value: unknown) => Result): Promise<Result | null> {
  const path = join(folder, MANIFEST_FILE);
  try {
    return parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    throw damage(path, error);
  }
}

function damage(path: string, error: unknown): UserError {
  const found = error instanceof Error ? error.message : String(error);
  return new UserError(`Cannot read ${path}: it must be as a sweep wrote it, found ${found}`, {
    cause: error,
  });
}

// By hand and not by zod: a large sweep's manifest has tens of thousands of entries, and status reads it each time. What is right
// is taken as it is.

function checkManifest(value: unknown): Manifest {
  const { config, data, steps, runs, files } = mapping(value, "the whole");
  if (typeof config !== "string") throw wrong("config", config);
  checkEach(data, "data", isHash);
  checkEach(steps, "steps", isCount);
  checkEach(runs, "runs", (run, name) => /^\d+-\d+$/.test(name) && isRun(run));
  checkFiles(files);
  return value as Manifest;
}

function checkFiles(value: unknown): Record<string, FileEntry> {
  checkEach(value, "files", (file, name) => isInside(name) && isFileEntry(file));
  return value as Record<string, FileEntry>;
}

function checkEach(value: unknown, place: string, isRight: (entry: unknown, name: string) => boolean): void {
  const entries = mapping(value, place);
  for (const name of Object.keys(entries)) {
    if (!isRight(entries[name], name)) throw wrong(`${place}.${name}`, entries[name]);
  }
}

function isFileEntry(value: unknown): boolean {
  return isMapping(value) && isHash(value.sha256) && isCount(value.bytes);
}

function isRun(value: unknown): boolean {
  return isMapping(value) &&
    (value.status === "ok" || value.status === "diverged" || value.status === "failed") &&
    isCount(value.epochs) && isHash(value.results) && isHash(value.history);
}

function isHash(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** Whether a name leads to a file in the folder or below it. */
function isInside(name: string): boolean {
  return /^[^/\\\0]+(?:\/[^/\\\0]+)*$/.test(name) && !/(?:^|\/)\.\.?(?:\/|$)/.test(name);
}

function mapping(value: unknown, place: string): Record<string, unknown> {
  if (!isMapping(value)) throw wrong(place, value);
  return value;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(place: string, found: unknown): SyntaxError {
  const text = JSON.stringify(found) ?? "nothing";
  return new SyntaxError(`${text.length > 100 ? `${text.slice(0, 97)}...` : text} in the place of ${place}`);
}
