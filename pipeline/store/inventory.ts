import { join } from "node:path";
import { isMissing } from "../system/files.ts";
import { storeFailure, type StorePlace } from "./store_failure.ts";

/** A store, as far as its files are concerned: where it lies, and as the user typed it. */
export interface StoreFolder extends StorePlace {
  readonly folder: string;
}

export interface StoredFile {
  readonly path: string;
  readonly bytes: number;
  /** When it was written, in milliseconds since 1970. */
  readonly modified: number;
}

/** By the hash that its bytes should have. */
interface StoredArtifact extends StoredFile {
  readonly sha256: string;
}

interface StoredRecord extends StoredFile {
  readonly step: string;
  readonly key: string;
  readonly stage?: number | undefined;
}

const HEAD = /^[0-9a-f]{2}$/;
const REST = /^[0-9a-f]{62}$/;
const RECORD = /^([0-9a-f]{62})(?:\.(\d+))?\.json$/;

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
      for (const { rest, stage } of recordNames(store, folder)) {
        const file = look(store, join(folder, recordName(rest, stage)));
        if (file) yield { ...file, step: name, key: head + rest, ...(stage === undefined ? {} : { stage }) };
      }
    }
  }
}

/** The stages of which there are records under a fingerprint, in ascending order. */
export function recordStages(store: StoreFolder, step: string, key: string): number[] {
  return new RecordListing(store, step).stages(key);
}

/** The name of a record's file, from the rest of its fingerprint. */
export function recordName(rest: string, stage?: number): string {
  return stage === undefined ? `${rest}.json` : `${rest}.${stage}.json`;
}

/** By fingerprint, then stage. */
function recordNames(store: StoreFolder, folder: string): { rest: string; stage?: number | undefined }[] {
  const found = names(store, folder, RECORD).map((name) => {
    const [, rest = "", stage] = RECORD.exec(name) ?? [];
    return stage === undefined ? { rest } : { rest, stage: Number(stage) };
  });
  return found.sort((a, b) => a.rest < b.rest ? -1 : a.rest > b.rest ? 1 : (a.stage ?? 0) - (b.stage ?? 0));
}

/** What a store makes in `tmp/`; anything else there is somebody's. */
const TEMPORARY = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}\.part(?:\.json)?)$/;

export function* listTemporaries(store: StoreFolder): Generator<StoredFile> {
  const folder = join(store.folder, "tmp");
  for (const name of names(store, folder, TEMPORARY)) {
    const file = look(store, join(folder, name));
    if (file) yield file;
  }
}

/** Sorted; none where there is no such folder. */
function names(store: StoreFolder, folder: string, pattern: RegExp): string[] {
  return allNames(store, folder).filter((name) => pattern.test(name)).sort();
}

/** In no order; none where there is no such folder. */
function allNames(store: StoreFolder, folder: string): string[] {
  return find(store, () => Array.from(Deno.readDirSync(folder), ({ name }) => name)) ?? [];
}

/** Null where the file has gone by now. */
function look(store: StoreFolder, path: string): StoredFile | null {
  const info = find(store, () => Deno.statSync(path));
  if (!info?.isFile) return null;
  return { path, bytes: info.size, modified: info.mtime?.getTime() ?? 0 };
}

function find<Result>(store: StoreFolder, task: () => Result): Result | null {
  try {
    return task();
  } catch (error) {
    if (isMissing(error)) return null;
    throw storeFailure(error, { action: "look into", store });
  }
}

/** Each folder as it is when first asked about: for looking at many artifacts, ten times as fast as Store.hasArtifact(). */
export class ArtifactListing {
  readonly #store: StoreFolder;
  readonly #folders = new Map<string, ReadonlySet<string>>();

  constructor(store: StoreFolder) {
    this.#store = store;
  }

  has(sha256: string): boolean {
    const head = sha256.slice(0, 2);
    let known = this.#folders.get(head);
    if (known === undefined) {
      known = new Set(allNames(this.#store, join(this.#store.folder, "artifacts", head)));
      this.#folders.set(head, known);
    }
    return known.has(sha256.slice(2));
  }
}

const NONE: readonly never[] = [];

/** The same of a step's records: which there are under a fingerprint. */
export class RecordListing {
  readonly #store: StoreFolder;
  readonly #step: string;
  /** By the folder, then the fingerprint: the stages in ascending order, undefined for a record without. */
  readonly #folders = new Map<string, ReadonlyMap<string, (number | undefined)[]>>();

  constructor(store: StoreFolder, step: string) {
    this.#store = store;
    this.#step = step;
  }

  /** Whether there is none of any fingerprint. */
  isEmpty(): boolean {
    return names(this.#store, join(this.#store.folder, "steps", this.#step), HEAD).length === 0;
  }

  /** Whether the fingerprint's folder has been looked into, so that more of it costs nothing. */
  hasListed(key: string): boolean {
    return this.#folders.has(key.slice(0, 2));
  }

  stages(key: string): number[] {
    return this.under(key).filter((stage) => stage !== undefined);
  }

  /** The same, with undefined for a record that has no stage. */
  under(key: string): readonly (number | undefined)[] {
    const head = key.slice(0, 2);
    let known = this.#folders.get(head);
    if (known === undefined) {
      const found = recordNames(this.#store, join(this.#store.folder, "steps", this.#step, head));
      const stages = new Map<string, (number | undefined)[]>();
      for (const { rest, stage } of found) stages.getOrInsert(head + rest, []).push(stage);
      known = stages;
      this.#folders.set(head, known);
    }
    return known.get(key) ?? NONE;
  }
}
