import { dirname, join } from "node:path";
import type { Language } from "../../src/text/language.ts";
import { UserError } from "../system/errors.ts";
import { isMissing, isTemporary, removeIfPresent, replaceFile } from "../system/files.ts";
import {
  type FileEntry,
  formatManifest,
  isAsListed,
  MANIFEST_FILE,
  MANIFEST_FORMAT,
  type ManifestRun,
  readRecorded,
  type RecordedManifest,
  sizeOf,
  type SweepRecord,
} from "./manifest.ts";
import { LOCK_FILE, ResultsLock } from "./lock.ts";
import { systemCode, systemReason } from "../system/reasons.ts";
import type { Artifact } from "../steps/step.ts";
import { hashBytes } from "../store/hash.ts";

/** What a sweep writes of each run. */
const RUN_FOLDER = /^\d+-\d+$/;

/**
 * The folder that a sweep writes its results to, locked against others. Files are replaced one by one, each whole or not at all, and
 * manifest.json last: it holds the SHA-256 of every file, and what it listed before and no longer does is removed.
 */
export class ResultsFolder implements Disposable {
  readonly #path: string;
  readonly #lock: ResultsLock;
  readonly #before: RecordedManifest | null;
  /** Whether whoever wrote last did not get to the manifest: then files need not be as it says. */
  readonly #torn: boolean;
  /** Whether another folder can be passed where this one cannot be written to. */
  readonly #chosen: boolean;
  #begun = false;
  readonly #files: Record<string, FileEntry> = {};

  private constructor(
    path: string,
    { lock, before, torn, chosen }: {
      lock: ResultsLock;
      before: RecordedManifest | null;
      torn: boolean;
      chosen: boolean;
    },
  ) {
    this.#path = path;
    this.#lock = lock;
    this.#before = before;
    this.#torn = torn;
    this.#chosen = chosen;
  }

  /**
   * Makes the folder and locks it. Throws a UserError where there are other things than results in it, of which nothing is
   * overwritten, or where another sweep writes to it. `onWarning` is told of a damaged manifest.
   */
  static async open(
    path: string,
    { onWarning = () => {} }: { onWarning?: (message: string) => void } = {},
  ): Promise<ResultsFolder> {
    let lock: ResultsLock | null = null;
    try {
      await Deno.mkdir(path, { recursive: true });
      const names = Array.from(Deno.readDirSync(path), ({ name }) => name);
      if (names.length > 0 && !names.includes(MANIFEST_FILE) && !names.includes(LOCK_FILE)) {
        throw new UserError(
          `Cannot write results to ${path}: it must be empty or hold earlier results, found ${
            names.sort()[0]
          } and no ${MANIFEST_FILE}; pass another folder with --out DIR`,
        );
      }
      lock = await ResultsLock.take(path);
      const { before, torn } = await readBefore(path, onWarning);
      return new ResultsFolder(path, { lock, before, torn: torn || lock.torn, chosen: true });
    } catch (error) {
      lock?.[Symbol.dispose]();
      throw refusal(path, error);
    }
  }

  /**
   * Locks a folder that holds results, of which some files are to be written again; see amend(). Throws a UserError where a sweep writes
   * to it or its manifest is damaged.
   */
  static async reopen(path: string): Promise<ResultsFolder> {
    const lock = await ResultsLock.take(path);
    try {
      return new ResultsFolder(path, {
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
      return await Deno.readTextFile(join(this.#path, name));
    } catch (error) {
      if (systemCode(error) === null) throw error;
      return null; // if something else stands there, writing says so
    }
  }

  /** What the manifest said of the runs before, by `<trial>-<seed>`; nothing where it is damaged. */
  get runsBefore(): Readonly<Record<string, ManifestRun | undefined>> {
    const runs = this.#before?.runs;
    return typeof runs === "object" && runs !== null ? runs as Record<string, ManifestRun> : {};
  }

  /**
   * Whether all that a sweep would write is there: the manifest in its form, but for what computed it; each file of the `expected`, by its name
   * relative to the folder, and with its SHA-256 where that is known; those of runs in their sizes, all others byte by byte.
   */
  async holds(
    record: SweepRecord,
    expected: ReadonlyMap<string, string | null>,
  ): Promise<boolean> {
    if (this.#torn || this.#before === null) return false;
    const { files } = this.#before;
    if (!isSameRecord(this.#before, { format: MANIFEST_FORMAT, ...record, files })) return false;
    for (const [name, sha256] of expected) {
      if (!Object.hasOwn(files, name) || (sha256 !== null && files[name].sha256 !== sha256)) return false;
    }
    for (const [name, entry] of Object.entries(files)) {
      const whole = !name.startsWith("runs/") || !expected.has(name);
      if (!await isAsListed(join(this.#path, name), entry, { whole })) return false;
    }
    return true;
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await this.#replace(name, bytes);
    this.#files[name] = { sha256: hashBytes(bytes), bytes: bytes.length };
  }

  /** Writes an artifact, unless the file is there already. */
  async copy(name: string, artifact: Artifact): Promise<void> {
    const former = this.#torn ? undefined : this.#before?.files[name];
    if (former?.sha256 === artifact.sha256 && sizeOf(join(this.#path, name)) === former.bytes) {
      this.#files[name] = former;
    } else {
      await this.write(name, await artifact.read());
    }
  }

  /** Writes the manifest and removes what an earlier one listed and this one does not. */
  async finish(record: SweepRecord): Promise<void> {
    const files = this.#files;
    await this.#replace(MANIFEST_FILE, new TextEncoder().encode(formatManifest(record, files)));
    const former = [...Object.keys(this.#before?.files ?? {}), ...this.#torn ? leftFiles(this.#path) : []];
    for (const name of former) {
      if (Object.hasOwn(files, name)) continue;
      await removeIfPresent(join(this.#path, name));
      // Only a folder that is empty now goes.
      await Deno.remove(dirname(join(this.#path, name))).catch(() => {});
    }
    await this.#lock.complete();
  }

  /**
   * Writes the manifest again, where there is one: what was written now as it is, all else as it was, with the language of a report
   * that is not in the experiment's. What a killed sweep left torn stays so.
   */
  async amend({ report_language }: { report_language: Language | null }): Promise<void> {
    if (this.#before !== null) {
      const { format: _, files, report_language: __, ...record } = this.#before;
      const amended = report_language === null ? record : { ...record, report_language };
      const text = formatManifest(amended, { ...files, ...this.#files });
      await this.#replace(MANIFEST_FILE, new TextEncoder().encode(text));
    }
    if (!this.#torn) await this.#lock.complete();
  }

  /** Lets others write to the folder. */
  [Symbol.dispose](): void {
    this.#lock[Symbol.dispose]();
  }

  async #replace(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.#path, name);
    try {
      if (!this.#begun) await this.#lock.begin();
      this.#begun = true;
      Deno.mkdirSync(dirname(path), { recursive: true });
      replaceFile(path, bytes);
    } catch (error) {
      throw this.#chosen ? refusal(this.#path, error) : error;
    }
  }
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
  onWarning: (message: string) => void,
): Promise<{ before: RecordedManifest | null; torn: boolean }> {
  try {
    return { before: await readRecorded(path), torn: false };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (sizeOf(join(path, "results.csv")) === null) {
      throw new UserError(
        `Cannot write results to ${path}: its ${MANIFEST_FILE} must be a sweep's, found another; ` +
          "pass another folder with --out DIR",
        { cause: error },
      );
    }
    onWarning(`${join(path, MANIFEST_FILE)} is damaged: all files are written again`);
    return { before: null, torn: true };
  }
}

/** What a sweep that was killed may have left: all files in the runs' folders, and temporary ones; by paths relative to the results'. */
function leftFiles(path: string): string[] {
  const runs = list(join(path, "runs")).filter(({ name, isDirectory }) =>
    isDirectory && RUN_FOLDER.test(name)
  );
  const temporaries = ["", "figures/"].flatMap((folder) =>
    list(join(path, folder)).filter(({ name }) => isTemporary(name)).map(({ name }) => folder + name)
  );
  return [
    ...runs.flatMap((run) =>
      list(join(path, "runs", run.name)).map(({ name }) => `runs/${run.name}/${name}`)
    ),
    ...temporaries,
  ];
}

function list(folder: string): Deno.DirEntry[] {
  try {
    return Array.from(Deno.readDirSync(folder));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function refusal(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (!(error instanceof Error) || code === null) return error;
  const reason = systemReason(error, { code, option: "--out DIR" });
  return new UserError(`Cannot write results to ${path}: ${reason}`, { cause: error });
}
