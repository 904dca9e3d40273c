import { dirname, join } from "node:path";
import { UserError } from "../system/errors.ts";
import { hashBytes } from "../store/hash.ts";

const MANIFEST = "manifest.json";

/**
 * The folder that grades are written to. Files are replaced one by one, each whole or not at all, and manifest.json last: it lists what was
 * written with its SHA-256, and what it listed before and no longer does is removed. Everything else in the folder is the instructor's.
 */
export class GradesFolder {
  readonly path: string;
  readonly #before: readonly string[];
  readonly #files: Record<string, string> = {};

  private constructor(path: string, before: readonly string[]) {
    this.path = path;
    this.#before = before;
  }

  /** Makes the folder where there is none. Throws a UserError where that cannot be, or the folder holds results of something else. */
  static async open(path: string): Promise<GradesFolder> {
    try {
      await Deno.mkdir(path, { recursive: true });
      const text = await readIfPresent(join(path, MANIFEST));
      return new GradesFolder(path, text === null ? [] : listedFiles(text, path));
    } catch (error) {
      throw refusal(path, error);
    }
  }

  /** The text of a file in the folder, null where there is none. */
  read(name: string): Promise<string | null> {
    return readIfPresent(join(this.path, name));
  }

  /** Writes a file and lists it. */
  async write(name: string, text: string): Promise<void> {
    this.#files[name] = hashBytes(new TextEncoder().encode(text));
    await this.#replace(name, text);
  }

  /** Writes a file that is the instructor's from then on, unless it is there. */
  async offer(name: string, text: string): Promise<void> {
    if (await this.read(name) === null) await this.#replace(name, text);
  }

  /** Writes the manifest, and removes what an earlier one listed and this one does not. */
  async finish(manifest: Readonly<Record<string, unknown>>): Promise<void> {
    const files = Object.fromEntries(Object.entries(this.#files).sort(([a], [b]) => a < b ? -1 : 1));
    await this.#replace(MANIFEST, JSON.stringify({ ...manifest, files }, null, 2) + "\n");
    for (const name of this.#before) {
      if (!Object.hasOwn(files, name)) await Deno.remove(join(this.path, name)).catch(() => {});
    }
  }

  async #replace(name: string, text: string): Promise<void> {
    const path = join(this.path, name);
    const temporary = `${path}.tmp`;
    try {
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeTextFile(temporary, text);
      await Deno.rename(temporary, path);
    } catch (error) {
      await Deno.remove(temporary).catch(() => {});
      throw refusal(this.path, error);
    }
  }
}

/** What a manifest lists, if it is one of grades. One that cannot be read lists nothing: all is written again. */
function listedFiles(text: string, path: string): string[] {
  let manifest: { assignment?: unknown; files?: unknown };
  try {
    manifest = JSON.parse(text);
  } catch {
    return [];
  }
  if (typeof manifest.assignment !== "string") {
    throw new UserError(
      `Cannot write grades to ${path}: it holds other results; pass another folder with --out DIR`,
    );
  }
  return Object.keys(Object(manifest.files)).filter((name) =>
    !name.split(/[\\/]/).includes("..") && !/^[\\/]/.test(name)
  );
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function refusal(path: string, error: unknown): unknown {
  if (error instanceof UserError || !(error instanceof Error) || !("code" in error)) return error;
  return new UserError(
    `Cannot write grades to ${path}: ${error.message}; pass another folder with --out DIR`,
    {
      cause: error,
    },
  );
}
