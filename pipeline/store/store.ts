import { say } from "../messages/messages.ts";
import type { StoreVerb } from "../messages/errors_en.ts";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { UserError } from "../system/errors.ts";
import { isFolder, listIfPresent, lstatIfPresent, readSeen, removeIfPresent } from "../system/files.ts";
import { DamagedArtifactError, guardStore, storeFailure, type StorePlace } from "./store_failure.ts";
import { renameInto, syncFile, UnsyncedNames, writeDurably } from "./durable_write.ts";
import { hashBytes, hashFile } from "./hash.ts";
import { listRecordFiles, recordName, recordStages } from "./inventory.ts";
import { KnownRecords } from "./known_records.ts";
import { Limiter } from "../system/limiter.ts";
import {
  decodeNote,
  decodeRecord,
  encodeNote,
  encodeRecord,
  type ResultsNote,
  type StepRecord,
} from "./records.ts";

// Writes wait for the disk side by side: 300 at once take 0.13 ms each, one after another 0.9 ms (ext4). The
// bound is for open files.
const WRITES_AT_ONCE = 64;
/** How long writes may follow one another until their names are brought to the disk. */
const NAMES_MILLISECONDS = 1000;

/** What may stand in a store's folder; whatever else does is not its own. */
const LAYOUT = new Set(["artifacts", "steps", "results", "seen", "tmp", "lock"]);
const NOTE = /^[0-9a-f]{64}\.json$/;

/**
 * Whether there is such a folder. Throws a UserError where it is neither empty nor a store: what gc removes, and what a sweep writes, would
 * come among somebody's files. Hidden files are of no account: systems put them anywhere.
 */
function refuseOtherFolder(root: string): boolean {
  if (lstatIfPresent(root) === null) return false;
  if (!isFolder(root)) {
    throw new UserError(
      say(({ errors: t }) => t.cannotUseStore("open", root, t.reasons.fileAsFolder("--store DIR"))),
    );
  }
  if (isFolder(join(root, "artifacts"))) return true;
  const foreign = listIfPresent(root).map(({ name }) => name)
    .filter((name) => !LAYOUT.has(name) && !name.startsWith(".")).sort();
  if (foreign.length === 0) return true;
  throw new UserError(
    say(({ errors: t }) => t.cannotUseStore("open", root, t.reasons.otherThanStore(foreign[0]))),
  );
}

/**
 * A content-addressed folder. Several processes may use one at the same time, and any of them may die at any
 * instant: a file is written in `tmp/` under a name of its own, brought to the disk, and then renamed to its
 * final name, which tells its content. So a final name is there whole or not at all, and whoever writes the
 * same name writes the same bytes. The name of a single write is brought to the disk with it; of many in a row
 * those so far once a second, with the next write, and all by settle(). Where a power cut takes names back,
 * their steps are done again.
 *
 *     artifacts/<2 hex>/<62 hex>              bytes, by their SHA-256
 *     steps/<step>/<2 hex>/<62 hex>.json      records of performed steps, by fingerprint
 *     steps/<step>/<2 hex>/<62 hex>.<n>.json  the same of steps that go on, at stage n
 *     results/<64 hex>.json                   notes of results folders, by their paths' SHA-256
 *     seen/<64 hex>.json                      how the files of such a folder looked when they were hashed
 *     seen/<64 hex>.records                   the records that its sweep took or put, and how their folders looked
 *     tmp/                                    files being written, and partial downloads
 *     lock                                    see holdStore
 *
 * Where the operating system refuses (full disk, no permission, a file in the way), a method throws a
 * UserError. Looking up is synchronous, because a promise each costs more than the look: 30 µs a record,
 * 7 µs an artifact's presence.
 */
export class Store {
  /** As the user typed it. */
  readonly root: string;
  readonly folder: string;
  readonly option: string | undefined;
  /** Whether there was such a folder when it was opened, or it was made. */
  readonly exists: boolean;
  readonly #onWarning: (message: string, ja?: string) => void;
  readonly #writes = new Limiter(WRITES_AT_ONCE);
  /** Whether the last record that was looked for was not there. */
  #missed = false;
  /** Paths of records' folders: to join each record's anew takes a fifth as long as reading it. */
  readonly #folders = new Map<string, string>();
  /** Folders that the system let this store look into. */
  readonly #open = new Set<string>();
  /** How often more each artifact was put than removed; null where that is not counted. */
  readonly #puts: Map<string, number> | null;
  /** Null until recallRecords(). */
  #known: KnownRecords | null = null;
  readonly #names = new UnsyncedNames();
  #namesSynced = -Infinity;

  private constructor(
    { root, option }: StorePlace,
    { onWarning, counts, exists }: {
      onWarning: (message: string, ja?: string) => void;
      counts: boolean;
      exists: boolean;
    },
  ) {
    this.root = root;
    this.option = option;
    this.folder = resolve(root);
    this.exists = exists;
    this.#onWarning = onWarning;
    this.#puts = counts ? new Map() : null;
  }

  /**
   * Makes the folder if there is none; without `create` the store then is empty, to look into. `onWarning` is told of damaged records.
   * With `counts` an artifact goes when it is removed as often as it was put: where runs that give the same bytes are done at any time.
   * `option` is what chooses another place for it, `--store DIR` if left out. Throws a UserError where the folder is somebody's.
   */
  static async open(
    root: string,
    { onWarning = () => {}, create = true, counts = false, option }: {
      onWarning?: (message: string, ja?: string) => void;
      create?: boolean;
      counts?: boolean;
      option?: string;
    } = {},
  ): Promise<Store> {
    if (root === "") {
      throw new UserError(say((t) => t.errors.namelessStore));
    }
    const place = { root, option };
    const exists = await guardStore({ action: "open", store: place }, async () => {
      if (create) await Deno.mkdir(root, { recursive: true });
      return refuseOtherFolder(root);
    });
    return new Store(place, { onWarning, counts, exists });
  }

  /** Where the artifact of this hash lies, whether it is there or not. */
  artifactPath(sha256: string): string {
    return join(this.folder, "artifacts", sha256.slice(0, 2), sha256.slice(2));
  }

  /** Whether the artifact has a file. Its bytes are not looked at: readArtifact does that. */
  hasArtifact(sha256: string): boolean {
    return this.#find("look into", () => Deno.statSync(this.artifactPath(sha256)).isFile) ?? false;
  }

  /** Whether the artifact's file has the right bytes; they are read, but not held. */
  async isArtifactIntact(sha256: string): Promise<boolean> {
    if (!this.hasArtifact(sha256)) return false;
    return await this.#guard("read from", () => hashFile(this.artifactPath(sha256))) === sha256;
  }

  /** Returns the SHA-256, which a caller that knows it may give. A file that is there is replaced: so a damaged one heals. */
  async putArtifact(bytes: Uint8Array, sha256: string = hashBytes(bytes)): Promise<string> {
    this.#puts?.set(sha256, (this.#puts.get(sha256) ?? 0) + 1);
    await this.#write(this.artifactPath(sha256), bytes);
    return sha256;
  }

  /** Throws a DamagedArtifactError where the bytes have another hash or are gone. */
  async readArtifact(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    const path = this.artifactPath(sha256);
    const look = this.#find("look into", () => Deno.statSync(path));
    if (!look?.isFile) throw new DamagedArtifactError({ path, sha256, found: null });
    const bytes = await this.#guard("read from", () => readSeen(path, look));
    const found = hashBytes(bytes);
    if (found !== sha256) throw new DamagedArtifactError({ path, sha256, found });
    return bytes;
  }

  /** The path of a file in `tmp/`, on the artifacts' file system; without a `name`, one that nobody else uses. Nothing is written yet. */
  async createTemporary(name: string = randomUUID()): Promise<string> {
    const folder = join(this.folder, "tmp");
    if (!existsSync(folder)) await this.#guard("write to", () => Deno.mkdir(folder, { recursive: true }));
    return join(folder, name);
  }

  /** Makes a file of createTemporary, whose content is known to have this hash, the artifact. */
  async adoptFile(path: string, sha256: string): Promise<void> {
    await this.#guard("write to", async () => {
      await syncFile(path);
      await this.#rename(path, this.artifactPath(sha256));
    });
  }

  /** Waits until all that was put is on the disk under its name. */
  async settle(): Promise<void> {
    await this.#guard("write to", () => this.#names.sync());
  }

  /** Returns the fingerprint. The artifacts may be on their way: a record without them counts for nothing (see performStep). */
  async putRecord(record: StepRecord): Promise<string> {
    const { key, body, text } = encodeRecord(record);
    const path = this.#recordPath(record.step, key, record.stage);
    await this.#write(path, new TextEncoder().encode(text));
    this.#known?.forget(this.#recordFolder(record.step, key));
    // One that only waits for the next need not be known.
    if (!record.checkpoint) this.#known?.note(path, body);
    return key;
  }

  /** A step's record by its fingerprint, and stage if it goes on; null where there is none, or a damaged one, which is said. */
  readRecord(step: string, key: string, stage?: number): StepRecord | null {
    const known = this.#known?.find(this.#recordFolder(step, key), recordName(key.slice(2), stage)) ?? null;
    if (known !== null) return known;
    const path = this.#recordPath(step, key, stage);
    // An error that says that it is not there takes ten times as long as a look, which tells no refusals: the next is as likely missing.
    const folder = this.#recordFolder(step, key);
    if (this.#missed && this.#open.has(folder) && !existsSync(path)) return null;
    const text = this.#find("read from", () => Deno.readTextFileSync(path));
    this.#open.add(folder);
    this.#missed = text === null;
    if (text === null) return null;
    try {
      const { record, body } = decodeRecord(text, key, stage);
      if (!record.checkpoint) this.#known?.note(path, body);
      return record;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const { en, ja } = say((t) => t.sweep.damagedRecord(path));
      this.#onWarning(en, ja);
      return null;
    }
  }

  /** The stages of which there are records under a fingerprint, in ascending order. */
  stages(step: string, key: string): number[] {
    return recordStages(this, step, key);
  }

  /** All records of a step, in the order of their fingerprints and stages; damaged ones are said and left out. */
  *listRecords(step: string): Generator<StepRecord> {
    for (const { key, stage } of listRecordFiles(this, step)) {
      const record = this.readRecord(step, key, stage);
      if (record) yield record;
    }
  }

  /** Notes for gc that a results folder is made with what the store has. */
  async noteResults(note: ResultsNote): Promise<void> {
    const path = this.#notePath(note.folder);
    const text = encodeNote(note);
    // Most sweeps repeat what is noted, and a store that cannot be written to may be used for reading.
    if (this.#find("read from", () => Deno.readTextFileSync(path)) === text) return;
    await this.#write(path, new TextEncoder().encode(text));
  }

  /** All notes of results folders. Throws a UserError where one is damaged. */
  listResults(): ResultsNote[] {
    const folder = join(this.folder, "results");
    const list = () => Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    return (this.#find("look into", list) ?? []).filter((name) => NOTE.test(name)).map((name) => {
      const path = join(folder, name);
      try {
        return decodeNote(this.#find("read from", () => Deno.readTextFileSync(path)) ?? "");
      } catch (error) {
        if (error instanceof UserError) throw error;
        throw new UserError(say((t) => t.errors.damagedNote(path)), { cause: error });
      }
    });
  }

  /** The note of a results folder, by its whole path; null where there is none that can be read. */
  resultsNote(folder: string): ResultsNote | null {
    const text = this.#find("read from", () => Deno.readTextFileSync(this.#notePath(folder)));
    try {
      return text === null ? null : decodeNote(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return null;
    }
  }

  async forgetResults(folder: string): Promise<void> {
    await this.#remove(this.#notePath(folder));
    await this.#remove(this.#seenPath(folder));
    await this.#remove(this.#knownPath(folder));
  }

  /** What writeSeen() wrote about a results folder, by its whole path; null where it did not. */
  readSeen(folder: string): string | null {
    return this.#find("read from", () => Deno.readTextFileSync(this.#seenPath(folder)));
  }

  /** Only to save time: see SeenFiles. */
  async writeSeen(folder: string, text: string): Promise<void> {
    await this.#write(this.#seenPath(folder), new TextEncoder().encode(text));
  }

  /** Knows from now on the records that the last sweep into a results folder, by its whole path, took or put: see KnownRecords. */
  recallRecords(folder: string): void {
    this.#known = new KnownRecords(
      this.#find("read from", () => Deno.readTextFileSync(this.#knownPath(folder))),
    );
  }

  /** Keeps for recallRecords() those that were taken or put since. A store that cannot be written to keeps none. */
  async keepRecords(folder: string): Promise<void> {
    const text = this.#known?.keep() ?? null;
    if (text === null) return;
    try {
      await this.#write(this.#knownPath(folder), new TextEncoder().encode(text));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }

  async removeRecord(step: string, key: string, stage?: number): Promise<void> {
    this.#known?.forget(this.#recordFolder(step, key));
    await this.#remove(this.#recordPath(step, key, stage));
  }

  /** Removes an artifact. It may be gone already; a step that has made it makes it again when it is wanted. */
  async removeArtifact(sha256: string): Promise<void> {
    const path = this.artifactPath(sha256);
    if (this.#puts === null) return await this.#remove(path);
    const left = (this.#puts.get(sha256) ?? 1) - 1;
    if (left > 0) return void this.#puts.set(sha256, left);
    // Nothing is left of what goes: one that is removed more often than it was put would count as owed.
    this.#puts.delete(sha256);
    // At once, so that who puts it from now on writes it after this.
    this.#find("remove from", () => Deno.removeSync(path));
  }

  async #remove(path: string): Promise<void> {
    await this.#guard("remove from", () => removeIfPresent(path));
  }

  #recordPath(step: string, key: string, stage?: number): string {
    return `${this.#recordFolder(step, key)}${sep}${recordName(key.slice(2), stage)}`;
  }

  #recordFolder(step: string, key: string): string {
    const head = key.slice(0, 2);
    return this.#folders.getOrInsertComputed(step + head, () => join(this.folder, "steps", step, head));
  }

  #notePath(folder: string): string {
    return join(this.folder, "results", `${hashBytes(folder)}.json`);
  }

  #seenPath(folder: string): string {
    return join(this.folder, "seen", `${hashBytes(folder)}.json`);
  }

  #knownPath(folder: string): string {
    return join(this.folder, "seen", `${hashBytes(folder)}.records`);
  }

  #write(target: string, bytes: Uint8Array): Promise<void> {
    return this.#writes.run(async () => {
      const path = await this.createTemporary();
      try {
        await this.#guard("write to", async () => {
          await writeDurably(path, bytes);
          await this.#rename(path, target);
        });
      } catch (error) {
        // The first error is the one to tell; what is left in tmp/ harms nobody.
        await Deno.remove(path).catch(() => {});
        throw error;
      }
    });
  }

  async #rename(path: string, target: string): Promise<void> {
    await renameInto(path, target, { root: this.folder, names: this.#names });
    if (performance.now() - this.#namesSynced < NAMES_MILLISECONDS) return;
    this.#namesSynced = performance.now();
    await this.#names.sync();
  }

  #guard<Result>(action: StoreVerb, task: () => Promise<Result>): Promise<Result> {
    return guardStore({ action, store: this }, task);
  }

  /** What `look` finds; null where there is no such file. */
  #find<Result>(action: StoreVerb, look: () => Result): Result | null {
    try {
      return look();
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw storeFailure(error, { action, store: this });
    }
  }
}
