/** Null where there is no such file. */
export async function readIfPresent(path: string | URL): Promise<Uint8Array<ArrayBuffer> | null> {
  return await Deno.readFile(path).catch(nullIfMissing);
}

/** Null where there is no such file. */
export async function readTextIfPresent(path: string | URL): Promise<string | null> {
  return await Deno.readTextFile(path).catch(nullIfMissing);
}

/**
 * What a person wrote, in UTF-8 or, where a byte order mark says so, in UTF-16: what `>` writes in Windows PowerShell 5.1. Throws what the
 * system refuses.
 */
export async function readWrittenText(path: string): Promise<string> {
  const bytes = await Deno.readFile(path);
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe
    ? "utf-16le"
    : first === 0xfe && second === 0xff
    ? "utf-16be"
    : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

export async function removeIfPresent(path: string): Promise<void> {
  await Deno.remove(path).catch(nullIfMissing);
}

export function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/** Empty where there is no such folder. */
export function listIfPresent(folder: string): Deno.DirEntry[] {
  try {
    return Array.from(Deno.readDirSync(folder));
  } catch (error) {
    return nullIfMissing(error) ?? [];
  }
}

const TEMPORARY = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/**
 * Puts a file in the place of what is at `path`, whole or not at all. It is written beside it under a name that nobody could know before,
 * and must be new there: a link that was planted is not followed. A process that is killed may leave it behind; see isTemporary(). Not
 * asynchronous: nothing waits for the disk here, and to begin such an operation takes Deno longer than to write a small file.
 */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    Deno.writeFileSync(temporary, bytes, { createNew: true });
    Deno.renameSync(temporary, path);
  } catch (error) {
    try {
      Deno.removeSync(temporary);
    } catch {
      // The first error is the one to tell.
    }
    throw error;
  }
}

/** Whether a file's name is one that replaceFile() writes under. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}

function nullIfMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}
