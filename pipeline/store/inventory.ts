import { join } from "node:path";
import { storeFailure } from "./store_failure.ts";

/** A store, as far as its files are concerned: where it lies, and as the user typed it. */
export interface StoreFolder {
  readonly folder: string;
  readonly root: string;
}

/** A file of the store. */
export interface StoredFile {
  readonly path: string;
  readonly bytes: number;
  /** When it was written, in milliseconds since 1970. */
  readonly modified: number;
}

/** An artifact's file, by the hash that its bytes should have. */
export interface StoredArtifact extends StoredFile {
  readonly sha256: string;
}

/** A record's file. */
export interface StoredRecord extends StoredFile {
  readonly step: string;
  readonly key: string;
  readonly stage?: number;
}

const HEAD = /^[0-9a-f]{2}$/;
const REST = /^[0-9a-f]{62}$/;
const UNSTAGED = /^([0-9a-f]{62})\.json$/;
const STAGED = /^(\d+)\.json$/;

/** All artifacts, in the order of their hashes. What else may lie in the store's folders is passed over, here and below. */
export function* listArtifacts(store: StoreFolder): Generator<StoredArtifact> {
  const folder = join(store.folder, "artifacts");
  for (const head of names(store, folder, HEAD)) {
    for (const rest of names(store, join(folder, head), REST)) {
      const file = look(store, join(folder, head, rest));
      if (file) yield { ...file, sha256: head + rest };
    }
  }
}

/** The files of all records, or of one step's: in the order of steps, fingerprints and stages. */
export function* listRecordFiles(store: StoreFolder, step?: string): Generator<StoredRecord> {
  const all = join(store.folder, "steps");
  for (const name of step === undefined ? names(store, all, /^\w+$/) : [step]) {
    for (const head of names(store, join(all, name), HEAD)) {
      const folder = join(all, name, head);
      for (const entry of names(store, folder, /./)) {
        const rest = UNSTAGED.exec(entry)?.[1];
        if (rest !== undefined) {
          const file = look(store, join(folder, entry));
          if (file) yield { ...file, step: name, key: head + rest };
        } else if (REST.test(entry)) {
          for (const stage of recordStages(store, join(folder, entry))) {
            const file = look(store, join(folder, entry, `${stage}.json`));
            if (file) yield { ...file, step: name, key: head + entry, stage };
          }
        }
      }
    }
  }
}

/** The stages of which there are records in the folder of a fingerprint, in ascending order. */
export function recordStages(store: StoreFolder, folder: string): number[] {
  return names(store, folder, STAGED).map((name) => parseInt(name)).sort((a, b) => a - b);
}

/** The files in `tmp/`. */
export function* listTemporaries(store: StoreFolder): Generator<StoredFile> {
  const folder = join(store.folder, "tmp");
  for (const name of names(store, folder, /./)) {
    const file = look(store, join(folder, name));
    if (file) yield file;
  }
}

/** The names in a folder that are of a pattern, sorted; none where there is no such folder. */
function names(store: StoreFolder, folder: string, pattern: RegExp): string[] {
  const found = find(store, () => Array.from(Deno.readDirSync(folder), ({ name }) => name));
  return found?.filter((name) => pattern.test(name)).sort() ?? [];
}

/** Null where the file has gone by now. */
function look(store: StoreFolder, path: string): StoredFile | null {
  const info = find(store, () => Deno.statSync(path));
  if (!info?.isFile) return null;
  return { path, bytes: info.size, modified: info.mtime?.getTime() ?? 0 };
}

function find<Result>({ root }: StoreFolder, task: () => Result): Result | null {
  try {
    return task();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    throw storeFailure(error, { action: "look into", root });
  }
}
