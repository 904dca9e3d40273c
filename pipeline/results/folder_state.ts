import { join } from "node:path";
import { FileLock } from "../system/file_lock.ts";
import { lstatIfPresent } from "../system/files.ts";
import { BEAT_MS, JOURNAL_FILE } from "./journal.ts";
import { LOCK_FILE } from "./lock.ts";
import { MANIFEST_FILE } from "./manifest.ts";

/** What a results folder is: a sweep is at work on it, or was killed at it, or its results are there. */
export type FolderState = "running" | "interrupted" | "finished";

/** A journal that was touched no longer ago is a living sweep's. */
const ALIVE_MS = 3 * BEAT_MS;

/** Whether a journal goes on being touched. After the first look only changes count: another machine's clock need not be right. */
export class Pulse {
  #touched: number | null = null;
  #changed = 0;

  /** @param touched when the journal says that it was, @param now by this machine's clock; in milliseconds */
  isBeating(touched: number, now: number): boolean {
    if (touched !== this.#touched) this.#changed = this.#touched === null ? touched : now;
    this.#touched = touched;
    return Math.abs(now - this.#changed) < ALIVE_MS;
  }
}

/**
 * The state of a folder; null where it is no results folder. A sweep is at work where its lock is held, or, since a shared folder tells nothing
 * of another machine's locks, where its journal is touched: see BEAT_MS. While it renders its report it touches nothing, and has the lock.
 */
export async function folderState(
  folder: string,
  { pulse = new Pulse(), now = Date.now() }: { pulse?: Pulse; now?: number } = {},
): Promise<FolderState | null> {
  const journal = lstatIfPresent(join(folder, JOURNAL_FILE));
  if (!journal?.isFile) return lstatIfPresent(join(folder, MANIFEST_FILE))?.isFile ? "finished" : null;
  if (pulse.isBeating(Number(journal.mtime ?? 0), now)) return "running";
  return await FileLock.isHeld(join(folder, LOCK_FILE)) ? "running" : "interrupted";
}
