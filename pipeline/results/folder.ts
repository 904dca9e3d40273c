import { dirname, join } from "node:path";
import { UserError } from "../system/errors.ts";
import { isMissing, isTemporary, removeIfPresent, replaceFile } from "../system/files.ts";
import { isAsListed, sizeOf } from "./listed_file.ts";
import { type FileEntry, MANIFEST_FILE, type ManifestRun, readRecorded } from "./manifest.ts";
import { LOCK_FILE, ResultsLock } from "./lock.ts";
import { systemCode, systemReason } from "../system/reasons.ts";
import type { Artifact } from "../steps/step.ts";
import { hashBytes } from "../store/hash.ts";

/** A manifest, of which only the list of files is known to be right. */
type Before = { readonly files: Readonly<Record<string, FileEntry>> } & Readonly<Record<string, unknown>>;

/** What a sweep writes of each run. */
const RUN_FOLDER = /^\d+-\d+$/;

/**
 * The folder that a sweep writes its results to, locked against others. Files are replaced one by one, each whole or not at all, and
 * manifest.json last: it holds the SHA-256 of every file, and what it listed before and no longer does is removed.
 */
export class ResultsFolder implements Disposable {
  readonly #path: string;
  readonly #lock: ResultsLock;
  /** The manifest that was there before. */
  readonly #before: Before;
  /** Whether whoever wrote last did not get to the manifest: then files need not be as it says. */
  readonly #torn: boolean;
  #begun = false;
  readonly #files: Record<string, FileEntry> = {};

  private constructor(
    path: string,
    { lock, before, torn }: { lock: ResultsLock; before: Before; torn: boolean },
  ) {
    this.#path = path;
    this.#lock = lock;
    this.#before = before;
    this.#torn = torn;
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
      return new ResultsFolder(path, { lock, before, torn: torn || lock.torn });
    } catch (error) {
      lock?.[Symbol.dispose]();
      throw refusal(path, error);
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
    const { runs } = this.#before;
    return typeof runs === "object" && runs !== null ? runs as Record<string, ManifestRun> : {};
  }

  /**
   * Whether all that a sweep would write is there: the manifest, but for what computed it; each file of the `expected`, by its name
   * relative to the folder, and with its SHA-256 where that is known; those of runs in their sizes, all others byte by byte.
   */
  async holds(
    manifest: Readonly<Record<string, unknown>>,
    expected: ReadonlyMap<string, string | null>,
  ): Promise<boolean> {
    const { files, ...before } = this.#before;
    if (this.#torn || !isSameManifest(before, manifest)) return false;
    for (const [name, sha256] of expected) {
      if (!Object.hasOwn(files, name) || (sha256 !== null && files[name].sha256 !== sha256)) return false;
    }
    for (const [name, entry] of Object.entries(files)) {
      const whole = !name.startsWith("runs/") || !expected.has(name);
      if (!await isAsListed(join(this.#path, name), entry, { whole })) return false;
    }
    return true;
  }

  /** Writes a file. */
  async write(name: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await this.#replace(name, bytes);
    this.#files[name] = { sha256: hashBytes(bytes), bytes: bytes.length };
  }

  /** Writes an artifact, unless the file is there already. */
  async copy(name: string, artifact: Artifact): Promise<void> {
    const former = this.#torn ? undefined : this.#before.files[name];
    if (former?.sha256 === artifact.sha256 && sizeOf(join(this.#path, name)) === former.bytes) {
      this.#files[name] = former;
    } else {
      await this.write(name, await artifact.read());
    }
  }

  /** Writes the manifest and removes what an earlier one listed and this one does not. */
  async finish(manifest: Readonly<Record<string, unknown>>): Promise<void> {
    const files = Object.fromEntries(Object.entries(this.#files).sort(([a], [b]) => a < b ? -1 : 1));
    const text = JSON.stringify({ ...manifest, files }, null, 2) + "\n";
    await this.#replace(MANIFEST_FILE, new TextEncoder().encode(text));
    const former = [...Object.keys(this.#before.files), ...this.#torn ? leftFiles(this.#path) : []];
    for (const name of former) {
      if (Object.hasOwn(files, name)) continue;
      await removeIfPresent(join(this.#path, name));
      // Only a folder that is empty now goes.
      await Deno.remove(dirname(join(this.#path, name))).catch(() => {});
    }
    await this.#lock.complete();
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
      throw refusal(this.#path, error);
    }
  }
}

/** Whether two manifests, without their files, say the same of anything but what the results were computed with. */
function isSameManifest(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): boolean {
  const text = ({ versions: _, v8_flags: __, ...rest }: Readonly<Record<string, unknown>>) =>
    JSON.stringify(rest);
  return text(before) === text(after);
}

/**
 * The files that the manifest lists, and whether it can be read. Where it cannot, all files are written again, if they are a sweep's.
 */
async function readBefore(
  path: string,
  onWarning: (message: string) => void,
): Promise<{ before: Before; torn: boolean }> {
  try {
    return { before: await readRecorded(path) ?? { files: {} }, torn: false };
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
    return { before: { files: {} }, torn: true };
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
