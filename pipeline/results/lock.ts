import { join } from "node:path";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { FileLock } from "../system/file_lock.ts";

/** Held while a sweep is at work on a results folder. It says the process's id, and `writing` from the first file to the last. */
export const LOCK_FILE = ".sweep.lock";

const WRITING = "writing";

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
    const lock = await FileLock.takePatiently(path);
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

/** What a lock file that is there tells of the folder: whether its files are torn, and whether a sweep is at work or was killed. */
export async function readResultsLock(folder: string): Promise<{ torn: boolean; unfinished: boolean }> {
  const text = await FileLock.read(join(folder, LOCK_FILE));
  return { torn: text.endsWith(WRITING), unfinished: text !== "" };
}
