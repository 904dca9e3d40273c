import { join, resolve } from "node:path";
import { parseExperiment } from "../../src/config/parse.ts";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { isFolder, listIfPresent, lstatIfPresent, readTextIfPresent } from "../system/files.ts";
import { isUnreadable, MANIFEST_FILE, readRecorded } from "../results/manifest.ts";
import { readResultsLock } from "../results/lock.ts";
import type { Store } from "../store/store.ts";

/** How far below the folder that is searched a results folder may lie. */
const MAX_DEPTH = 3;

export interface Reference {
  readonly folder: string;
  /** Whether a sweep into it was begun and has not ended. */
  readonly unfinished: boolean;
  /** The one that its manifest tells of, and the one that the last sweep into it was about. */
  readonly experiments: readonly Experiment[];
  readonly files: readonly string[];
}

/**
 * The results folders that there are: those that the store has notes of, and those below `places`. Throws a UserError where a place is no
 * folder, as of one that was misspelled, or a manifest cannot be read, for then nobody knows what is needed. `onWarning` is told of
 * experiments that this version does not know.
 */
export async function findReferences(
  store: Store,
  { places, onWarning }: { places: readonly string[]; onWarning: (message: string, ja?: string) => void },
): Promise<{ references: Reference[]; forgotten: string[] }> {
  for (const place of places.filter((place) => !isFolder(place))) {
    const found = lstatIfPresent(place) === null ? "nothing" : "file";
    throw new UserError(say((t) => t.errors.noResultsFolder(place, found)));
  }
  const noted = new Map(store.listResults().map(({ folder, experiment }) => [folder, experiment]));
  const forgotten = [...noted.keys()].filter((folder) => !isFolder(folder));
  const folders = new Set([
    ...noted.keys(),
    ...places.flatMap((place) => findResults(place)).map((path) => resolve(path)),
  ]);
  const references: Reference[] = [];
  for (const folder of [...folders].sort()) {
    if (!isFolder(folder)) continue;
    const manifest = await readRawManifest(folder);
    const written = [manifest?.experiment, noted.get(folder)].filter((experiment) =>
      experiment !== undefined
    );
    const distinct = new Map(written.map((experiment) => [JSON.stringify(experiment), experiment]));
    references.push({
      folder,
      unfinished: (await readResultsLock(folder)).unfinished,
      experiments: [...distinct.keys()].flatMap((text) => readExperiment(text, { folder, onWarning })),
      files: manifest?.files ?? [],
    });
  }
  return { references, forgotten };
}

/** The folders with a manifest.json: `folder` itself or, if it has none, those below it; in the order of their paths. */
function findResults(folder: string, depth = MAX_DEPTH): string[] {
  const entries = listIfPresent(folder);
  if (entries.some(({ name, isFile }) => isFile && name === MANIFEST_FILE)) return [folder];
  if (depth === 0) return [];
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort()
    .flatMap((name) => findResults(join(folder, name), depth - 1));
}

/** Null where there is no manifest, or another program's. */
async function readRawManifest(folder: string): Promise<{ experiment: unknown; files: string[] } | null> {
  const path = join(folder, MANIFEST_FILE);
  try {
    const text = await readTextIfPresent(path);
    if (text === null) return null;
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("experiment" in value)) return null;
    const files = Object.values((await readRecorded(folder))?.files ?? {}).map(({ sha256 }) => sha256);
    return { experiment: value.experiment, files };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof UserError)) throw error;
    if (error instanceof UserError && isUnreadable(error)) throw error;
    throw new UserError(say((t) => t.errors.unknownReferences(path)), { cause: error });
  }
}

function readExperiment(
  text: string,
  { folder, onWarning }: { folder: string; onWarning: (message: string, ja?: string) => void },
): Experiment[] {
  try {
    return [parseExperiment(text, { file: join(folder, MANIFEST_FILE), recorded: true })];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { en, ja } = say((t) => t.gc.otherVersion(folder));
    onWarning(en, ja);
    return [];
  }
}
