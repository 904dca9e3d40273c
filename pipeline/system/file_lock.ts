import { setTimeout as sleep } from "node:timers/promises";
import { say } from "../messages/messages.ts";
import { UserError } from "./errors.ts";
import { isMissing, lstatIfPresent, replaceFile } from "./files.ts";

const TRIES = 7;
const PAUSE_MS = 20;

/** The system releases it when the process ends, however that ends, so that no crash leaves a lock behind. */
export class FileLock implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #path: string;

  private constructor(file: Deno.FsFile, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /** Makes the file if there is none, else leaves its content; `shared`: beside others that share it. Null while somebody else holds it. Throws a UserError where something else than a file is there: a link would be written through. */
  static async take(path: string, { shared = false } = {}): Promise<FileLock | null> {
    for (;;) {
      if (lstatIfPresent(path)?.isFile === false) {
        throw new UserError(say(({ errors: t }) => t.cannotLock(path, t.reasons.somethingElse)));
      }
      const file = await Deno.open(path, { read: true, write: true, create: true });
      let kept = false;
      try {
        if (!await file.tryLock(!shared)) return null;
        // Whoever held it before may have removed the file in the meantime: then another may lock its successor.
        const [open, named] = [file.statSync(), statIfPresent(path)];
        kept = named !== null && open.ino === named.ino && open.dev === named.dev;
        if (kept) return new FileLock(file, path);
      } finally {
        if (!kept) file.close();
      }
    }
  }

  /**
   * The same, where nobody is refused for those who have it for a moment: who looks whether it is held, as isHeld() does, and a program that is
   * just being started, which has what its parent had open.
   */
  static async takePatiently(path: string): Promise<FileLock | null> {
    for (let tries = 1;; tries++) {
      const lock = await FileLock.take(path);
      if (lock !== null || tries === TRIES) return lock;
      await sleep(PAUSE_MS);
    }
  }

  /** Whether somebody holds it alone. It looks by taking it shared, without a change of anything, and for a moment; false where there is no such file. */
  static async isHeld(path: string): Promise<boolean> {
    if (!lstatIfPresent(path)?.isFile) return false;
    try {
      using file = await Deno.open(path);
      return !await file.tryLock(false);
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  /** What its holder wrote, or the last one before; empty where nobody did. */
  static async read(path: string): Promise<string> {
    return await readFile(path) ?? await readFile(besidePath(path)) ?? "";
  }

  /** What is written in the file: also where the system lets nobody read it but who holds it. */
  async read(): Promise<string> {
    const bytes = new Uint8Array(this.#file.statSync().size);
    await this.#file.seek(0, Deno.SeekMode.Start);
    const length = await this.#file.read(bytes) ?? 0;
    return new TextDecoder().decode(bytes.subarray(0, length));
  }

  /** Makes the file say something to those who find it locked. Windows lets them not read it: there a file beside it says the same. */
  async write(text: string): Promise<void> {
    await this.#file.truncate(0);
    await this.#file.seek(0, Deno.SeekMode.Start);
    const bytes = new TextEncoder().encode(text);
    await this.#file.write(bytes);
    if (await readFile(this.#path) === null) replaceFile(besidePath(this.#path), bytes);
  }

  /** Removes the file with the lock. Windows may remove no open file: there it stays, and says nothing any more. */
  remove(): void {
    removeQuietly(besidePath(this.#path));
    try {
      Deno.removeSync(this.#path);
    } catch (error) {
      this.#file.truncateSync(0);
      if (!(error instanceof Deno.errors.NotFound) && Deno.build.os !== "windows") throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}

function besidePath(path: string): string {
  return `${path}.holder`;
}

/** Null where there is no such file, or nobody may read it. */
async function readFile(path: string): Promise<string | null> {
  if (!lstatIfPresent(path)?.isFile) return null;
  return await Deno.readTextFile(path).catch(() => null);
}

function removeQuietly(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // There is none where the lock's own file can be read.
  }
}

function statIfPresent(path: string): Deno.FileInfo | null {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
