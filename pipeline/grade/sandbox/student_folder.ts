import { basename, dirname, join } from "node:path";
import { FileLock } from "../../system/file_lock.ts";

const PREFIX = "student-";
const OWNER = "owner";
/** What makes a folder one of ours, whatever else is called so. */
const MARK = "sealed";
/** A folder without an owner's lock may be one that is being made. */
const SETTLED_MS = 60 * 60 * 1000;

/**
 * A folder with an empty one in it to run in, and an empty file. Deno keeps caches, localStorage and the Cache API in DENO_DIR: below a file
 * nothing can be made, so that nothing is kept at all. A lock says that its owner lives, however that ends.
 */
export class StudentFolder implements AsyncDisposable {
  readonly path: string;
  readonly #lock: FileLock | null;

  private constructor(path: string, lock: FileLock | null) {
    this.path = path;
    this.#lock = lock;
  }

  static async make(): Promise<StudentFolder> {
    const path = await Deno.makeTempDir({ prefix: PREFIX });
    const lock = await FileLock.take(join(path, OWNER));
    await Deno.mkdir(join(path, "empty"));
    await Deno.writeFile(join(path, MARK), new Uint8Array(0));
    return new StudentFolder(path, lock);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#lock?.[Symbol.dispose]();
    await Deno.remove(this.path, { recursive: true });
  }
}

/** Removes the folders of graders that were killed, and gives how many they were. Those that a living process owns are left alone. */
export async function removeAbandonedFolders(): Promise<number> {
  const own = await Deno.makeTempDir({ prefix: PREFIX });
  const parent = dirname(own);
  await Deno.remove(own);
  let removed = 0;
  for await (const { name, isDirectory } of Deno.readDir(parent)) {
    if (!isDirectory || !name.startsWith(PREFIX) || name === basename(own)) continue;
    const folder = join(parent, name);
    try {
      if (!await isAbandoned(folder)) continue;
      await Deno.remove(folder, { recursive: true });
      removed++;
    } catch (error) {
      // Another user's, or gone in the meantime: not ours to remove.
      if (!(error instanceof Error) || !("code" in error)) throw error;
    }
  }
  return removed;
}

async function isAbandoned(folder: string): Promise<boolean> {
  const mark = await Deno.lstat(join(folder, MARK));
  if (!mark.isFile || mark.size > 0) return false;
  const owner = await Deno.lstat(join(folder, OWNER)).catch(() => null);
  if (owner === null) return Date.now() - (mark.mtime?.getTime() ?? Date.now()) > SETTLED_MS;
  if (!owner.isFile) return false;
  using lock = await FileLock.take(join(folder, OWNER));
  return lock !== null;
}
