import { say } from "../messages/messages.ts";
import { dirname, join } from "node:path";
import type { Language, Texts } from "../../src/text/language.ts";
import { UserError } from "../system/errors.ts";
import { isLink, isTemporary, listIfPresent, removeIfPresent, replaceFile } from "../system/files.ts";
import {
  type FileEntry,
  formatManifest,
  isAsListed,
  isUnreadable,
  MANIFEST_FILE,
  MANIFEST_FORMAT,
  type ManifestRun,
  readRecorded,
  type RecordedManifest,
  sizeOf,
  type SweepRecord,
} from "./manifest.ts";
import { JOURNAL_FILE } from "./journal.ts";
import { LOCK_FILE, ResultsLock } from "./lock.ts";
import { because, systemCode, systemReason } from "../system/reasons.ts";
import type { Artifact } from "../steps/step.ts";
import { hashBytes } from "../store/hash.ts";
import { SeenFiles } from "./seen_files.ts";

const folderInTheWay = (name: string) => because((t) => t.folderInTheWay(name));
const fileInTheWay = (name: string) => because((t) => t.fileInTheWay(dirname(name)));
/** What the system's codes say of where a file is to be written. */
const IN_THE_WAY: Readonly<Record<string, ((name: string) => Texts) | undefined>> = {
  EEXIST: fileInTheWay,
  EISDIR: folderInTheWay,
  ENOTDIR: fileInTheWay,
  ENOTEMPTY: folderInTheWay,
};

const RUN_FOLDER = /^\d+-\d+$/;

interface HeldFolder {
  readonly path: string;
  readonly lock: ResultsLock;
  readonly before: RecordedManifest | null;
  /** Whether whoever wrote last did not get to the manifest: then files need not be as it says. */
  readonly torn: boolean;
  /** Whether another folder can be passed where this one cannot be written to. */
  readonly chosen: boolean;
}

/**
 * The folder that a sweep writes its results to, locked against others. Files are replaced one by one, each whole or not at all, and
 * manifest.json last: it holds the SHA-256 of every file, and what it listed before and no longer does is removed.
 */
export class ResultsFolder implements Disposable {
  readonly #held: HeldFolder;
  #begun = false;
  #seen: SeenFiles;
  readonly #files: Record<string, FileEntry> = {};
  readonly #own = new Map<string, boolean>();
  /** The folders that are there by now. */
  readonly #made = new Set<string>();

  private constructor(held: HeldFolder) {
    this.#held = held;
    this.#seen = SeenFiles.none(held.path);
  }

  /** What is known of the files that are there: without it they are read. */
  remember(seen: SeenFiles): void {
    this.#seen = seen;
  }

  /** Throws a UserError where other things are in it or another sweep writes to it; `onWarning` is told of a damaged manifest. */
  static async open(
    path: string,
    { onWarning = () => {} }: { onWarning?: (message: string, ja?: string) => void } = {},
  ): Promise<ResultsFolder> {
    let lock: ResultsLock | null = null;
    try {
      await Deno.mkdir(path, { recursive: true });
      refuseForeignFiles(path);
      lock = await ResultsLock.take(path);
      const { before, torn } = await readBefore(path, onWarning);
      return new ResultsFolder({ path, lock, before, torn: torn || lock.torn, chosen: true });
    } catch (error) {
      lock?.[Symbol.dispose]();
      throw refusal(path, error);
    }
  }

  /** What open() would find there, without making or holding anything. Throws as it does. */
  static async look(path: string): Promise<Pick<ResultsFolder, "madeOf">> {
    try {
      if (!Deno.statSync(path).isDirectory) {
        throw cannotWrite(
          path,
          because((t) => t.fileAsFolder("--out DIR")),
        );
      }
      refuseForeignFiles(path);
      const { before } = await readBefore(path, () => {});
      return { madeOf: madeOf(before) };
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return { madeOf: null };
      throw refusal(path, error);
    }
  }

  /** For amend(): the folder holds results. Throws a UserError where a sweep writes to it or its manifest is damaged. */
  static async reopen(path: string): Promise<ResultsFolder> {
    const lock = await ResultsLock.take(path);
    try {
      return new ResultsFolder({
        path,
        lock,
        before: await readRecorded(path),
        torn: lock.torn,
        chosen: false,
      });
    } catch (error) {
      lock[Symbol.dispose]();
      throw error;
    }
  }

  /** The text of a file as it was before, null where none can be read. */
  async read(name: string): Promise<string | null> {
    try {
      return await Deno.readTextFile(join(this.#held.path, name));
    } catch (error) {
      if (systemCode(error) === null) throw error;
      return null; // if something else stands there, writing says so
    }
  }

  /** The config and the experiment that the manifest said the results were of; null where there are none. */
  get madeOf(): { config: unknown; experiment: unknown } | null {
    return madeOf(this.#held.before);
  }

  /** What the manifest said of the runs before, by `<trial>-<seed>`; nothing where it is damaged. */
  get runsBefore(): Readonly<Record<string, ManifestRun | undefined>> {
    const runs = this.#held.before?.runs;
    return typeof runs === "object" && runs !== null ? runs as Record<string, ManifestRun> : {};
  }

  /**
   * Whether all that a sweep would write is there: the manifest in its form, but for what computed it; each file of the `expected`, by its name
   * relative to the folder, and with its SHA-256 where that is known; each byte by byte, those of runs as far as they have changed since
   * somebody last looked (see SeenFiles).
   */
  async holds(record: SweepRecord, expected: ReadonlyMap<string, string | null>): Promise<boolean> {
    const { path, before, torn } = this.#held;
    if (torn || before === null) return false;
    const { files } = before;
    if (!isSameRecord(before, { format: MANIFEST_FORMAT, ...record, files })) return false;
    for (const [name, sha256] of expected) {
      if (!Object.hasOwn(files, name) || (sha256 !== null && files[name].sha256 !== sha256)) return false;
    }
    for (const [name, entry] of Object.entries(files)) {
      const fresh = name.startsWith("runs/")
        ? await this.#seen.isAsListed(name, entry)
        : await isAsListed(join(path, name), entry);
      if (!fresh) return false;
    }
    await this.#seen.save(Object.keys(files));
    return true;
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await this.#writeHashed(name, bytes, hashBytes(bytes));
  }

  async #writeHashed(name: string, bytes: Uint8Array, sha256: string): Promise<void> {
    await this.#replace(name, bytes);
    this.#files[name] = { sha256, bytes: bytes.length };
  }

  /** Writes an artifact, unless the file is there already. */
  async copy(name: string, artifact: Artifact): Promise<void> {
    const { before, torn } = this.#held;
    const former = torn ? undefined : before?.files[name];
    if (former?.sha256 === artifact.sha256 && await this.#seen.isAsListed(name, former)) {
      this.#files[name] = former;
    } else {
      await this.#writeHashed(name, await artifact.read(), artifact.sha256);
      this.#seen.noteWritten(name, artifact.sha256);
    }
  }

  /** Writes the manifest and removes what an earlier one listed and this one does not. */
  async finish(record: SweepRecord): Promise<void> {
    const files = this.#files;
    const { path, before, torn, lock } = this.#held;
    await this.#replace(MANIFEST_FILE, new TextEncoder().encode(formatManifest(record, files)));
    const former = [...Object.keys(before?.files ?? {}), ...torn ? leftFiles(path) : []];
    for (const name of former) {
      // What a sweep does not list is its own.
      if (name === MANIFEST_FILE || name === LOCK_FILE) continue;
      if (Object.hasOwn(files, name) || !this.#isOwn(dirname(name))) continue;
      await removeIfPresent(join(path, name));
      // Only a folder that is empty now goes.
      await Deno.remove(dirname(join(path, name))).catch(() => {});
    }
    await lock.complete();
    await this.#seen.save(Object.keys(files));
  }

  /**
   * Writes the manifest again, where there is one, with `report_language` if it is not the experiment's, and removes files whose place
   * others have taken. What a kill left torn stays so.
   */
  async amend(
    { report_language, superseded = [] }: {
      report_language: Language | null;
      superseded?: readonly string[];
    },
  ): Promise<void> {
    const { path, before, torn, lock } = this.#held;
    if (before !== null) {
      const { format: _, files: listed, report_language: __, ...record } = before;
      const gone = superseded.filter((name) => Object.hasOwn(listed, name) && this.#isOwn(dirname(name)));
      const files = Object.fromEntries(Object.entries(listed).filter(([name]) => !gone.includes(name)));
      const amended = report_language === null ? record : { ...record, report_language };
      const text = formatManifest(amended, { ...files, ...this.#files });
      await this.#replace(MANIFEST_FILE, new TextEncoder().encode(text));
      for (const name of gone) await removeIfPresent(join(path, name));
    }
    if (!torn) await lock.complete();
  }

  [Symbol.dispose](): void {
    this.#held.lock[Symbol.dispose]();
  }

  /** Whether no link leads from a folder of the results, by its name, to somewhere else, where nothing may be written or removed. */
  #isOwn(name: string): boolean {
    if (name === ".") return true;
    let own = this.#own.get(name);
    if (own === undefined) {
      own = this.#isOwn(dirname(name)) && !isLink(join(this.#held.path, name));
      this.#own.set(name, own);
    }
    return own;
  }

  #make(folder: string): void {
    if (this.#made.has(folder)) return;
    Deno.mkdirSync(folder, { recursive: true });
    this.#made.add(folder);
  }

  async #replace(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.#held.path, name);
    if (!this.#isOwn(dirname(name))) {
      throw cannotWrite(this.#held.path, because((t) => t.linkInTheWay(dirname(name))));
    }
    try {
      if (!this.#begun) await this.#held.lock.begin();
      this.#begun = true;
      this.#make(dirname(path));
      replaceFile(path, bytes);
    } catch (error) {
      const obstacle = IN_THE_WAY[systemCode(error) ?? ""]?.(name);
      if (obstacle !== undefined) throw cannotWrite(this.#held.path, obstacle, error);
      throw this.#held.chosen ? refusal(this.#held.path, error) : error;
    }
  }
}

function madeOf(before: RecordedManifest | null): ResultsFolder["madeOf"] {
  return before === null ? null : { config: before.config, experiment: before.experiment };
}

/** Throws a UserError where there are files and none of them is a sweep's. */
function refuseForeignFiles(path: string): void {
  const names = listIfPresent(path).map(({ name }) => name);
  if (names.length === 0 || [MANIFEST_FILE, LOCK_FILE, JOURNAL_FILE].some((own) => names.includes(own))) {
    return;
  }
  const [first] = names.sort();
  throw cannotWrite(path, because((t) => t.foreignFiles(first, MANIFEST_FILE)));
}

/** Whether two manifests say the same of anything but what the results were computed with. */
function isSameRecord(before: RecordedManifest, after: RecordedManifest): boolean {
  const text = ({ versions: _, v8_flags: __, format, files: ___, ...rest }: RecordedManifest) =>
    JSON.stringify([format, rest]);
  return text(before) === text(after);
}

/** The files that the manifest lists, and whether it can be read. Where it cannot, all files are written again, if they are a sweep's. */
async function readBefore(
  path: string,
  onWarning: (message: string, ja?: string) => void,
): Promise<{ before: RecordedManifest | null; torn: boolean }> {
  try {
    return { before: await readRecorded(path), torn: false };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (isUnreadable(error)) throw error.cause;
    if (sizeOf(join(path, "results.csv")) === null) {
      throw cannotWrite(path, because((t) => t.otherManifest(MANIFEST_FILE)), error);
    }
    const { en, ja } = say((t) => t.sweep.damagedManifest(join(path, MANIFEST_FILE)));
    onWarning(en, ja);
    return { before: null, torn: true };
  }
}

/** What a sweep that was killed may have left: all files in the runs' folders, and temporary ones; by paths relative to the results'. */
function leftFiles(path: string): string[] {
  const runs = listIfPresent(join(path, "runs")).filter(({ name, isDirectory }) =>
    isDirectory && RUN_FOLDER.test(name)
  );
  const temporaries = ["", "figures/"].flatMap((folder) =>
    listIfPresent(join(path, folder)).filter(({ name }) => isTemporary(name)).map(({ name }) => folder + name)
  );
  return [
    ...runs.flatMap((run) =>
      listIfPresent(join(path, "runs", run.name)).map(({ name }) => `runs/${run.name}/${name}`)
    ),
    ...temporaries,
  ];
}

function refusal(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (!(error instanceof Error) || code === null) return error;
  return cannotWrite(path, systemReason(error, { code, option: "--out DIR" }), error);
}

function cannotWrite(path: string, reason: Texts, cause?: unknown): UserError {
  return new UserError(say((t) => t.errors.cannotWriteResults(path, reason[t.language])), { cause });
}
