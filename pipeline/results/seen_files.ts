import { join, resolve } from "node:path";
import { isMapping } from "../../src/text/show_value.ts";
import { hashFile } from "../store/hash.ts";
import type { Store } from "../store/store.ts";
import { UserError } from "../system/errors.ts";
import { type FileLook, isSameLook, isSettled, lookAt } from "../system/file_look.ts";
import { systemCode } from "../system/reasons.ts";
import type { FileEntry } from "./manifest.ts";

type SeenFile = readonly [sha256: string, look: FileLook];

/**
 * The hashes of a results folder's files, by the looks of those files when they were hashed or written: to hash the files of 1,000 runs of
 * the course's network takes 3.6 s (2 GB), to look at them 15 ms. The store keeps it: it says nothing of a copy of the folder.
 */
export class SeenFiles {
  readonly #folder: string;
  readonly #store: Store | null;
  readonly #files: Map<string, SeenFile>;
  #changed = false;

  private constructor(folder: string, store: Store | null, files: Map<string, SeenFile>) {
    this.#folder = folder;
    this.#store = store;
    this.#files = files;
  }

  static none(folder: string): SeenFiles {
    return new SeenFiles(folder, null, new Map());
  }

  /** What the store knows of a folder; nothing where that cannot be read. */
  static read(store: Store, folder: string): SeenFiles {
    let known: unknown = null;
    try {
      known = JSON.parse(store.readSeen(resolve(folder)) ?? "null");
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    const files = Object.entries(isMapping(known) ? known : {}).filter((entry): entry is [string, SeenFile] =>
      Array.isArray(entry[1]) && typeof entry[1][0] === "string" && isMapping(entry[1][1])
    );
    return new SeenFiles(folder, store, new Map(files));
  }

  /** Whether a file is as a manifest lists it. It is read only if it does not look as it did when it was last. */
  async isAsListed(name: string, { sha256, bytes }: FileEntry): Promise<boolean> {
    const path = join(this.#folder, name);
    const look = lookAt(path);
    if (look?.size !== bytes) return false;
    const seen = this.#files.get(name);
    if (seen !== undefined && isSameLook(seen[1], look)) return seen[0] === sha256;
    try {
      const found = await hashFile(path);
      this.#note(name, found, look);
      return found === sha256;
    } catch (error) {
      if (systemCode(error) === null) throw error;
      return false;
    }
  }

  /** To be told right after a file was written. */
  noteWritten(name: string, sha256: string): void {
    const look = lookAt(join(this.#folder, name));
    if (look) this.#note(name, sha256, look);
  }

  /** Keeps what was seen of the files of these names. A store that cannot be written to keeps nothing. */
  async save(names: Iterable<string>): Promise<void> {
    if (!this.#changed || this.#store === null) return;
    const now = Date.now();
    const kept: Record<string, SeenFile> = {};
    for (const name of names) {
      const seen = this.#files.get(name);
      if (seen === undefined || !isSettled(seen[1], now)) continue;
      const look = lookAt(join(this.#folder, name));
      if (look && isSameLook(seen[1], look)) kept[name] = seen;
    }
    try {
      await this.#store.writeSeen(resolve(this.#folder), JSON.stringify(kept));
      this.#changed = false;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }

  #note(name: string, sha256: string, look: FileLook): void {
    this.#files.set(name, [sha256, look]);
    this.#changed = true;
  }
}
