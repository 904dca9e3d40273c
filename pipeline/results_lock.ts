import { join } from "node:path";
import { UserError } from "./errors.ts";
import { FileLock } from "./file_lock.ts";

/** Held while results are written. It says the process's id until they are complete. */
export const LOCK_FILE = ".sweep.lock";

/**
 * A results folder held against others that would write to it. Its file goes when the lock is released, unless what was begun is not
 * complete: then it stays and says so.
 */
export class ResultsLock implements Disposable {
  readonly #lock: FileLock;
  #unfinished: boolean;

  private constructor(lock: FileLock, unfinished: boolean) {
    this.#lock = lock;
    this.#unfinished = unfinished;
  }

  /** Throws a UserError while somebody else holds the folder. */
  static async take(folder: string): Promise<ResultsLock> {
    const path = join(folder, LOCK_FILE);
    const lock = await FileLock.take(path);
    const holder = await FileLock.read(path);
    if (lock) return new ResultsLock(lock, holder !== "");
    throw new UserError(
      `Cannot write results to ${folder}: another sweep${
        holder && ` (process ${holder})`
      } is writing there; wait until it ends, or pass another folder with --out DIR`,
    );
  }

  /** Whether something was begun, by this process or one before, and is not complete. */
  get unfinished(): boolean {
    return this.#unfinished;
  }

  /** From now on the files need not be as the manifest says. */
  async begin(): Promise<void> {
    await this.#lock.write(String(Deno.pid));
    this.#unfinished = true;
  }

  /** The files are as the manifest says. */
  async complete(): Promise<void> {
    await this.#lock.write("");
    this.#unfinished = false;
  }

  [Symbol.dispose](): void {
    if (!this.#unfinished) this.#lock.remove();
    this.#lock[Symbol.dispose]();
  }
}

/** Whether a sweep into the folder was begun and is not complete: one that is at work, or one that was interrupted. */
export async function isUnfinished(folder: string): Promise<boolean> {
  return await FileLock.read(join(folder, LOCK_FILE)) !== "";
}
