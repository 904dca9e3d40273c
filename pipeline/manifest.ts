import { join } from "node:path";
import { parseExperiment } from "../src/config/parse.ts";
import type { Experiment } from "../src/config/schema.ts";
import { UserError } from "./errors.ts";

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
  return read(folder, parseManifest);
}

/** The files that the manifest of a results folder lists, as readManifest() reads it. */
export function readListing(folder: string): Promise<Record<string, FileEntry> | null> {
  return read(folder, (value) => parseFiles(mapping(value, "the whole").files));
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

// By hand and not by zod: a large sweep's manifest has tens of thousands of entries, and status reads it each time.

function parseManifest(value: unknown): Manifest {
  const { config, experiment, data, steps, runs, files } = mapping(value, "the whole");
  if (typeof config !== "string") throw wrong("config", config);
  return {
    config,
    experiment,
    data: entries(data, "data", (hash, place) => parseHash(hash, place)),
    steps: entries(steps, "steps", (version, place) => parseCount(version, place)),
    runs: entries(runs, "runs", parseRun),
    files: parseFiles(files),
  };
}

function parseFiles(value: unknown): Record<string, FileEntry> {
  return entries(value, "files", (entry, place, name) => {
    if (!isInside(name)) throw wrong("a name in files", name);
    const { sha256, bytes } = mapping(entry, place);
    return { sha256: parseHash(sha256, place), bytes: parseCount(bytes, place) };
  });
}

function parseRun(value: unknown, place: string, name: string): ManifestRun {
  const { status, epochs, results, history } = mapping(value, place);
  if (!/^\d+-\d+$/.test(name)) throw wrong("a name in runs", name);
  if (status !== "ok" && status !== "diverged" && status !== "failed") throw wrong(place, status);
  const hashes = { results: parseHash(results, place), history: parseHash(history, place) };
  return { status, epochs: parseCount(epochs, place), ...hashes };
}

function entries<Entry>(
  value: unknown,
  place: string,
  parse: (entry: unknown, place: string, name: string) => Entry,
): Record<string, Entry> {
  return Object.fromEntries(
    Object.entries(mapping(value, place)).map((
      [name, entry],
    ) => [name, parse(entry, `${place}.${name}`, name)]),
  );
}

function mapping(value: unknown, place: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(place, value);
  return value as Record<string, unknown>;
}

function parseHash(value: unknown, place: string): string {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) throw wrong(place, value);
  return value;
}

function parseCount(value: unknown, place: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw wrong(place, value);
  return value;
}

/** Whether a name leads to a file in the folder or below it. */
function isInside(name: string): boolean {
  return name.split("/").every((part) => !["", ".", ".."].includes(part) && !/[\\\0]/.test(part));
}

function wrong(place: string, found: unknown): SyntaxError {
  return new SyntaxError(`${JSON.stringify(found) ?? "nothing"} in the place of ${place}`);
}
