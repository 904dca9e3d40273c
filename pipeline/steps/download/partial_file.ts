import type { Store } from "../../store/store.ts";
import { writeAll } from "../../store/durable_write.ts";
import { guardStore } from "../../store/store_failure.ts";
import { isLink, removeIfPresent } from "../../system/files.ts";

export interface PartOrigin {
  url: string;
  /** The server's strong ETag, for If-Range; null where it sent none. */
  etag: string | null;
  /** Bytes of the whole; null where the server does not say. */
  total: number | null;
}

/**
 * A transfer as far as it got: `<sha256 of the content wanted>.part` in the store's `tmp/`, and beside it `.part.json` with its PartOrigin.
 * Whoever wants the same content, in this process or a later one, finds it by that name and goes on. It is locked while open, and the
 * system ends the lock with the process, however that ends.
 */
export class PartialFile implements AsyncDisposable {
  /** Open for reading and writing; its position is at the end unless somebody reads. */
  readonly file: Deno.FsFile;
  readonly #path: string;
  readonly #store: Store;
  #origin: PartOrigin | null = null;
  #size = 0;

  private constructor(file: Deno.FsFile, { path, store }: { path: string; store: Store }) {
    this.file = file;
    this.#path = path;
    this.#store = store;
  }

  /** Opens and locks the partial file, making it if there is none. Null while somebody else holds it. */
  static async open(store: Store, sha256: string): Promise<PartialFile | null> {
    const path = await store.createTemporary(`${sha256}.part`);
    return await guardStore({ action: "write to", store }, async () => {
      // A link would be written through.
      for (const own of [path, originPath(path)]) {
        if (isLink(own)) await Deno.remove(own);
      }
      const file = await Deno.open(path, { read: true, write: true, create: true });
      if (!await file.tryLock(true)) {
        file.close();
        return null;
      }
      const part = new PartialFile(file, { path, store });
      part.#origin = await readOrigin(part.#originPath);
      part.#size = await file.seek(0, Deno.SeekMode.End);
      return part;
    });
  }

  get size(): number {
    return this.#size;
  }

  /** Where the bytes came from, if they are a beginning of what lies at `url`; otherwise null. */
  originAt(url: string): PartOrigin | null {
    return this.#size > 0 && this.#origin?.url === url ? this.#origin : null;
  }

  /** Whether the bytes are all that `url` has. */
  isComplete(url: string): boolean {
    return this.originAt(url)?.total === this.#size;
  }

  /** Starts anew with the bytes of another origin, or of none. */
  async restart(origin: PartOrigin | null): Promise<void> {
    await this.#guard(async () => {
      await this.file.truncate(0);
      await this.file.seek(0, Deno.SeekMode.Start);
      this.#size = 0;
      this.#origin = origin;
      await Deno.writeTextFile(this.#originPath, JSON.stringify(origin));
    });
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.#guard(() => writeAll(this.file, bytes));
    this.#size += bytes.length;
  }

  async remove(): Promise<void> {
    await this.#guard(async () => {
      for (const path of [this.#originPath, this.#path]) await removeIfPresent(path);
    });
  }

  /** Keeps what there is for the next time. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#size === 0) await this.remove();
    this.file.close();
  }

  get #originPath(): string {
    return originPath(this.#path);
  }

  #guard<Result>(task: () => Promise<Result>): Promise<Result> {
    return guardStore({ action: "write to", store: this.#store }, task);
  }
}

function originPath(path: string): string {
  return `${path}.json`;
}

/** Null where there is no origin, or none that can be read: the transfer then starts anew. */
async function readOrigin(path: string): Promise<PartOrigin | null> {
  try {
    const value: PartOrigin | null = JSON.parse(await Deno.readTextFile(path));
    return value;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
