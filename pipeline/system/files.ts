import type { Texts } from "../../src/text/language.ts";
import type { FileKind } from "../messages/errors_en.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "./errors.ts";
import { whenFree, whenFreeSync } from "./when_free.ts";
import { because } from "./reasons.ts";

/** Why a file cannot be read. `what` is what it is, where somebody need be told: `config`. */
export function cannotRead(
  path: string | URL,
  reason: Texts,
  { what, cause }: { what?: Texts | undefined; cause?: unknown } = {},
): UserError {
  return new UserError(
    say(({ language, errors }) => errors.cannotRead(String(path), reason[language], what?.[language] ?? "")),
    { cause },
  );
}

/** Files up to this size are read at once: to begin an asynchronous operation takes Deno longer. */
const SMALL = 1 << 16;

/** Reads a file, of which somebody has just seen how large it is. */
export async function readSeen(
  path: string | URL,
  { size }: Deno.FileInfo,
): Promise<Uint8Array<ArrayBuffer>> {
  return size <= SMALL ? Deno.readFileSync(path) : await Deno.readFile(path);
}

/** Null where there is no such file. Throws a UserError where something else is in its place. */
export async function readIfPresent(path: string | URL): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await readSeen(path, refuseIrregular(path));
  } catch (error) {
    return nullIfMissing(error);
  }
}

/** As readIfPresent(). */
export async function readTextIfPresent(path: string | URL): Promise<string | null> {
  const bytes = await readIfPresent(path);
  return bytes && new TextDecoder().decode(bytes);
}

/** Throws a UserError where what is there is no regular file: to open a named pipe, or to read a device, may never end. */
export function refuseIrregular(path: string | URL, what?: Texts): Deno.FileInfo {
  const info = Deno.statSync(path);
  if (!info.isFile) throw cannotRead(path, because((t) => t.irregular(kindOf(info))), { what });
  return info;
}

function kindOf({ isDirectory, isFifo, isSocket }: Deno.FileInfo): FileKind {
  return isDirectory ? "folder" : isFifo ? "pipe" : isSocket ? "socket" : "device";
}

export async function removeIfPresent(path: string): Promise<void> {
  await whenFree(path, () => Deno.remove(path)).catch(nullIfMissing);
}

export function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/** Of the file itself, also where it is a link; null where there is none. */
export function lstatIfPresent(path: string): Deno.FileInfo | null {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    return nullIfMissing(error);
  }
}

/**
 * Whether a link is there that leads elsewhere. By its look alone it is not known: on Windows all is called a link that another program
 * brings when it is read, such as what OneDrive keeps elsewhere.
 */
export function isLink(path: string): boolean {
  if (!lstatIfPresent(path)?.isSymlink) return false;
  try {
    Deno.readLinkSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Whether two paths lead to one file, however they are spelled. */
export function isSameFile(one: string, other: string): boolean {
  try {
    return Deno.realPathSync(one) === Deno.realPathSync(other);
  } catch (error) {
    return nullIfMissing(error) ?? false;
  }
}

export function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    // What cannot be looked at may well be there.
    return nullIfMissing(error) ?? false;
  }
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
    whenFreeSync(path, () => Deno.renameSync(temporary, path));
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
