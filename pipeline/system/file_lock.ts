import { say } from "../messages/messages.ts";
import { UserError } from "./errors.ts";
import { isMissing, lstatIfPresent } from "./files.ts";

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

  static async read(path: string): Promise<string> {
    if (!lstatIfPresent(path)?.isFile) return "";
    return await Deno.readTextFile(path).catch(() => "");
  }

  /** Makes the file say something to those who find it locked. */
  async write(text: string): Promise<void> {
    await this.#file.truncate(0);
    await this.#file.seek(0, Deno.SeekMode.Start);
    await this.#file.write(new TextEncoder().encode(text));
  }

  /** Removes the file with the lock. Windows removes no open file: there it stays. */
  remove(): void {
    try {
      Deno.removeSync(this.#path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound) && Deno.build.os !== "windows") throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#file.close();
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
