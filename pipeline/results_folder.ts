import { dirname, join } from "node:path";
import { UserError } from "./errors.ts";
import type { Artifact } from "./steps/step.ts";
import { hashBytes } from "./store/hash_bytes.ts";

const MANIFEST = "manifest.json";

/** What manifest.json says of the files beside it. */
interface FileEntry {
  sha256: string;
  bytes: number;
}

/**
 * The folder that a sweep writes its results to. Files are replaced one by one, each whole or not at all, and manifest.json last: it
 * holds the SHA-256 of every file, and what it listed before and no longer does is removed.
 */
export class ResultsFolder {
  readonly #path: string;
  readonly #before: Readonly<Record<string, FileEntry>>;
  readonly #files: Record<string, FileEntry> = {};

  private constructor(path: string, before: Record<string, FileEntry>) {
    this.#path = path;
    this.#before = before;
  }

  /** Makes the folder. Throws a UserError where there are other things than results in it: nothing of theirs is overwritten. */
  static async open(path: string): Promise<ResultsFolder> {
    try {
      await Deno.mkdir(path, { recursive: true });
    } catch (error) {
      throw refusal(path, error);
    }
    const names = Array.from(Deno.readDirSync(path), ({ name }) => name);
    if (names.length === 0) return new ResultsFolder(path, {});
    if (!names.includes(MANIFEST)) {
      throw new UserError(
        `Cannot write results to ${path}: it must be empty or hold earlier results, found ${
          names.sort()[0]
        } and no ${MANIFEST}; ` +
          "pass another folder with --out DIR",
      );
    }
    return new ResultsFolder(path, readEntries(await Deno.readTextFile(join(path, MANIFEST))));
  }

  /** The text of a file as it was before, null where there was none. */
  async read(name: string): Promise<string | null> {
    try {
      return await Deno.readTextFile(join(this.#path, name));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    }
  }

  /** Writes a file. */
  async write(name: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await this.#replace(name, bytes);
    this.#files[name] = { sha256: hashBytes(bytes), bytes: bytes.length };
  }

  /** Writes an artifact, unless the file is there already. */
  async copy(name: string, artifact: Artifact): Promise<void> {
    const former = this.#before[name];
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
    await this.#replace(MANIFEST, new TextEncoder().encode(text));
    for (const name of Object.keys(this.#before)) {
      if (Object.hasOwn(files, name)) continue;
      await Deno.remove(join(this.#path, name)).catch(ignoreMissing);
      // Only a folder that is empty now goes.
      await Deno.remove(dirname(join(this.#path, name))).catch(() => {});
    }
  }

  async #replace(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.#path, name);
    const temporary = `${path}.tmp`;
    try {
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeFile(temporary, bytes);
      await Deno.rename(temporary, path);
    } catch (error) {
      await Deno.remove(temporary).catch(() => {});
      throw refusal(this.#path, error);
    }
  }
}

/** The files that a manifest lists. One that cannot be read lists none: they are all written again. */
function readEntries(manifest: string): Record<string, FileEntry> {
  try {
    const { files } = JSON.parse(manifest);
    return Object.fromEntries(
      Object.entries(files as Record<string, FileEntry>).filter(([name]) => !name.split("/").includes("..")),
    );
  } catch {
    return {};
  }
}

function sizeOf(path: string): number | null {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

function refusal(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  return new UserError(
    `Cannot write results to ${path}: ${error.message}; pass another folder with --out DIR`,
    {
      cause: error,
    },
  );
}
