import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { FileLock } from "../system/file_lock.ts";

/** Held while a sweep is at work on a results folder. It says the process's id, and `writing` from the first file to the last. */
export const LOCK_FILE = ".sweep.lock";

const WRITING = "writing";

/** Whoever looks whether the lock is held has it for a moment: see FileLock.isHeld(). No sweep is refused for that. */
const TRIES = 7;
const PAUSE_MS = 10;

/** Its file goes when the lock is released, unless some files were written and not all: then it stays and says so. */
export class ResultsLock implements Disposable {
  readonly #lock: FileLock;
  #torn: boolean;

  private constructor(lock: FileLock, torn: boolean) {
    this.#lock = lock;
    this.#torn = torn;
  }

  /** Throws a UserError while somebody else holds the folder. */
  static async take(folder: string): Promise<ResultsLock> {
    const path = join(folder, LOCK_FILE);
    const lock = await takePatiently(path);
    const [holder, doing] = (await (lock === null ? FileLock.read(path) : lock.read())).split(" ");
    if (lock) {
      const torn = doing === WRITING;
      await lock.write(torn ? `${Deno.pid} ${WRITING}` : String(Deno.pid));
      return new ResultsLock(lock, torn);
    }
    throw new UserError(say(({ errors: t }) => t.cannotWriteResults(folder, t.reasons.anotherSweep(holder))));
  }

  /** Whether some files were written, by this process or one before, and not all. */
  get torn(): boolean {
    return this.#torn;
  }

  /** From now on the files need not be as the manifest says. */
  async begin(): Promise<void> {
    await this.#lock.write(`${Deno.pid} ${WRITING}`);
    this.#torn = true;
  }

  async complete(): Promise<void> {
    await this.#lock.write(String(Deno.pid));
    this.#torn = false;
  }

  [Symbol.dispose](): void {
    if (!this.#torn) this.#lock.remove();
    this.#lock[Symbol.dispose]();
  }
}

async function takePatiently(path: string): Promise<FileLock | null> {
  for (let tries = 1;; tries++) {
    const lock = await FileLock.take(path);
    if (lock !== null || tries === TRIES) return lock;
    await sleep(PAUSE_MS);
  }
}

/** What a lock file that is there tells of the folder: whether its files are torn, and whether a sweep is at work or was killed. */
export async function readResultsLock(folder: string): Promise<{ torn: boolean; unfinished: boolean }> {
  const text = await FileLock.read(join(folder, LOCK_FILE));
  return { torn: text.endsWith(WRITING), unfinished: text !== "" };
}
