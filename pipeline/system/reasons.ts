import type { Texts } from "../../src/text/language.ts";
import { type Messages, say } from "../messages/messages.ts";
import { textsOf } from "./errors.ts";

/** Codes that Deno does not name, by the numbers that Linux, macOS and the BSDs agree on. */
const UNNAMED: Readonly<Record<string, string>> = { 27: "EFBIG" };

/**
 * The system's code, such as `ENOSPC`; `EACCES` also where Deno itself was not given the permission. Null for any other error.
 */
export function systemCode(error: unknown): string | null {
  if (error instanceof Deno.errors.NotCapable) return "EACCES";
  if (!(error instanceof Error)) return null;
  if ("code" in error && typeof error.code === "string" && /^E[A-Z]/.test(error.code)) return error.code;
  const number = /^[^:]* \(os error (\d+)\)/.exec(error.message)?.[1];
  return (number !== undefined && Deno.build.os !== "windows" && UNNAMED[number]) || null;
}

/**
 * Why something cannot be written, and what to do. `option` is what passes another folder, such as `--store DIR`; left out where none
 * does, or nobody knows.
 */
export function systemReason(
  error: Error,
  { code, option }: { code: string; option?: string | undefined },
): Texts {
  switch (code) {
    case "EEXIST":
      return because((t) => t.fileAsFolder(option));
    case "ENOTDIR":
      return because((t) => t.fileInPath(option));
    case "EACCES":
    case "EPERM":
      return because((t) => t.denied(option));
    case "EROFS":
      return because((t) => t.readOnly(option));
    case "ENOSPC":
    case "EDQUOT":
      return because((t) => t.noSpace(option));
    case "EFBIG":
      return because((t) => t.fileLimit(option));
    default:
      return readReason(error, code);
  }
}

/** Why something cannot be read, and what to do. */
export function readReason(error: unknown, code = systemCode(error)): Texts {
  // Of what the system makes up, as /dev/stdin, Deno gives nobody anything.
  if (error instanceof Deno.errors.NotCapable) return because((t) => t.notOnDisk);
  switch (code) {
    case "EISDIR":
      return because((t) => t.folderAsFile);
    case "ENOTDIR":
      return because((t) => t.fileInPath());
    case "ENOENT":
      return because((t) => t.noFile);
    case "EACCES":
    case "EPERM":
      return because((t) => t.unreadable);
    case "EMFILE":
    case "ENFILE":
      return because((t) => t.manyOpen);
    case "ELOOP":
      return because((t) => t.linksInCircle);
    case "ENAMETOOLONG":
      return because((t) => t.longName);
    default: {
      const { message } = error instanceof Error ? error : new Error(String(error));
      return because((t) => t.system(message));
    }
  }
}

/** Why something cannot be done: in English in the system's own words, which people search for. */
export function quotedReason(error: Error): Texts {
  return { en: error.message, ja: systemReason(error, { code: systemCode(error) ?? "" }).ja };
}

/** What is wrong with a file, by what its parser says: quoted where that is in English alone. */
export function contentReason(error: SyntaxError): Texts {
  const said = textsOf(error);
  return said.ja === said.en ? because((t) => t.wrongContent(said.en)) : said;
}

/** One of the reasons that there are. */
export function because(reason: (reasons: Messages["errors"]["reasons"]) => string): Texts {
  return say((t) => reason(t.errors.reasons));
}
