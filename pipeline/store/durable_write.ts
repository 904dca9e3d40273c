import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { Limiter } from "../system/limiter.ts";
import { whenFree } from "../system/when_free.ts";

// To begin an asynchronous operation takes Deno longer than to write a small file, which is in memory then. What changes a folder is
// asynchronous: it may have to wait for the file system's journal, which on a busy disk takes long.
/** Bytes that are written at once. */
const SMALL = 1 << 20;

/** Writes a new file and waits until its bytes are on the disk. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  if (bytes.length > SMALL) await writeAll(file, bytes);
  else for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  await file.syncData();
}

export async function syncFile(path: string): Promise<void> {
  using file = await Deno.open(path, { read: true, write: true });
  await file.syncData();
}

/** A single write may take fewer. */
export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

/** Renames a file whose bytes are on the disk, over what is there; makes missing folders below `root`. */
export async function renameInto(
  path: string,
  target: string,
  { root, names }: { root: string; names: UnsyncedNames },
): Promise<void> {
  const folder = dirname(target);
  if (!existsSync(folder)) {
    await Deno.mkdir(folder, { recursive: true });
    for (let made = folder; made.startsWith(root) && made !== root; made = dirname(made)) {
      names.add(dirname(made));
    }
  }
  await whenFree(target, () => Deno.rename(path, target));
  names.add(folder);
}

const FOLDERS_AT_ONCE = 64;

/**
 * Names that a power cut would take back, their files whole with them, because their folders are not on the disk yet: that is waited for
 * once for many files. A sweep of many short runs waits for its names a third of its time otherwise.
 */
export class UnsyncedNames {
  readonly #syncFolder: (folder: string) => Promise<void>;
  readonly #folders = new Set<string>();
  #syncing: Promise<void> = Promise.resolve();

  constructor(sync = syncFolder) {
    this.#syncFolder = sync;
  }

  /** A file of this folder has a new name. */
  add(folder: string): void {
    this.#folders.add(folder);
  }

  /** Waits until all names so far are on the disk. Throws the system's error where a folder cannot be brought there; it is tried again. */
  sync(): Promise<void> {
    // After what is under way, of which something may be left to be tried again.
    return this.#syncing = this.#syncing.catch(() => {}).then(() => this.#syncAll());
  }

  async #syncAll(): Promise<void> {
    const folders = [...this.#folders];
    this.#folders.clear();
    const limiter = new Limiter(FOLDERS_AT_ONCE);
    const synced = folders.map((folder) =>
      limiter.run(() => this.#syncFolder(folder)).catch((error) => {
        this.#folders.add(folder);
        throw error;
      })
    );
    await Promise.allSettled(synced);
    await Promise.all(synced);
  }
}

/** A rename outlives a power cut only once its folder is on the disk. Windows opens no folder, and writes names down by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  try {
    using handle = Deno.openSync(folder, { read: true });
    await handle.sync();
  } catch (error) {
    // What is gone has no names to lose.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
