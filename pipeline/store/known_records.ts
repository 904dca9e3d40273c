import { basename, dirname } from "node:path";
import { type FileLook, isSameLook, isSettled, lookAt } from "../system/file_look.ts";
import { hashBytes } from "./hash.ts";
import type { StepRecord } from "./records.ts";

/** What is kept is of this form, which is part of its hash: what another version kept is not read. */
const FORM = "records 1\n";
const HASH_LENGTH = 64;
/** Of a sweep that takes and puts more records nothing is kept: they would be held as long as it lasts. */
const MAX_NOTES = 20_000;

/** Records by the names of their files. */
type Records = Readonly<Record<string, StepRecord>>;
/** How the folder that they lie in looked. */
type KnownFolder = readonly [path: string, look: FileLook, records: Records];

/**
 * The records that a sweep took from the store or put there, by the looks of the folders that they lie in: whatever comes into a folder of
 * the store or goes from it changes how that looks. In a folder that looks the same no record is read or hashed again, which takes half the
 * time of asking for 1,000 runs.
 */
export class KnownRecords {
  readonly #known: ReadonlyMap<string, KnownFolder>;
  /** Of the folders that somebody has asked for; null of one that looks otherwise. */
  readonly #asked = new Map<string, Records | null>();
  /** By folder and name, the JSON of what was read or written since; null where that is too much. */
  #notes: Map<string, Map<string, string>> | null = new Map();
  #noted = 0;

  /** @param text as keep() gave it; one that is damaged or of another form counts for nothing */
  constructor(text: string | null) {
    const body = text?.slice(HASH_LENGTH) ?? "";
    const isWhole = text !== null && text.slice(0, HASH_LENGTH) === hashBytes(FORM + body);
    const known: readonly KnownFolder[] = isWhole ? JSON.parse(body) : [];
    this.#known = new Map(known.map((folder) => [folder[0], folder]));
  }

  /** Null where there is none, or its folder looks otherwise now. */
  find(folder: string, name: string): StepRecord | null {
    let records = this.#asked.get(folder);
    if (records === undefined) {
      records = this.#recordsOf(folder, () => lookAt(folder, "folder"));
      this.#asked.set(folder, records);
    }
    return records !== null && Object.hasOwn(records, name) ? records[name] : null;
  }

  /** To be told of a folder that something is put into, or goes from: it looks otherwise from now on. */
  forget(folder: string): void {
    this.#asked.set(folder, null);
  }

  /** To be told of each record that was read or written. */
  note(path: string, body: string): void {
    if (this.#notes === null) return;
    this.#notes.getOrInsertComputed(dirname(path), () => new Map()).set(basename(path), body);
    if (++this.#noted > MAX_NOTES) this.#notes = null;
  }

  /** The text to keep; null where it would say nothing new, or there is too much. */
  keep(): string | null {
    if (this.#notes === null || this.#notes.size === 0) return null;
    const now = Date.now();
    const folders: string[] = [];
    for (const path of new Set([...this.#known.keys(), ...this.#notes.keys()])) {
      const look = lookAt(path, "folder");
      if (look === null || !isSettled(look, now)) continue;
      const records = new Map(
        Object.entries(this.#recordsOf(path, () => look) ?? {})
          .map(([name, record]) => [name, JSON.stringify(record)]),
      );
      for (const [name, body] of this.#notes.get(path) ?? []) records.set(name, body);
      const members = Array.from(records, ([name, body]) => `${JSON.stringify(name)}:${body}`);
      folders.push(`[${JSON.stringify(path)},${JSON.stringify(look)},{${members.join()}}]`);
    }
    const body = `[${folders.join(",\n")}]\n`;
    return hashBytes(FORM + body) + body;
  }

  /** Those of a folder that looks as it did. */
  #recordsOf(path: string, look: () => FileLook | null): Records | null {
    const known = this.#known.get(path);
    const now = known === undefined ? null : look();
    return known !== undefined && now !== null && isSameLook(known[1], now) ? known[2] : null;
  }
}
