import { basename, dirname, join } from "node:path";
import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "./errors.ts";
import { cannotRead, isMissing, listIfPresent, refuseIrregular } from "./files.ts";
import { projectPath } from "./place.ts";
import { because, readReason } from "./reasons.ts";

/** Far more than any config or table has, and less than a string can hold. */
const MAX_BYTES = 1 << 28;
const MAX_SUGGESTIONS = 5;

/** A file that the user names, or that may not be as a sweep wrote it. `what` is `config` in "Cannot read the config x". Throws UserErrors. */
export async function readInput(path: string, what?: Texts): Promise<Uint8Array<ArrayBuffer>> {
  try {
    if (Deno.statSync(path).isDirectory) throw cannotRead(path, folderReason(path), { what });
    const { size } = refuseIrregular(path, what);
    if (size > MAX_BYTES) throw cannotRead(path, because((t) => t.large(MAX_BYTES >> 20, size)), { what });
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = readReason(error);
    const hint = what !== undefined && isMissing(error) ? await nearbyFile(path) : null;
    const texts = hint === null ? reason : say(({ language }) => reason[language] + hint[language]);
    throw cannotRead(path, texts, { what, cause: error });
  }
}

/**
 * As readInput(): in UTF-8 or, where a byte order mark says so, in UTF-16, which is what `>` writes in Windows PowerShell 5.1. What people
 * write, which `what` names, is refused in any other encoding: its texts would stand garbled in the results.
 */
export async function readInputText(path: string, what?: Texts): Promise<string> {
  const bytes = await readInput(path, what);
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe
    ? "utf-16le"
    : first === 0xfe && second === 0xff
    ? "utf-16be"
    : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: what !== undefined }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const meant = Object.entries(ENCODINGS).find(([_, encoding]) => isJapanese(bytes, encoding))?.[0];
    const reason = isText(bytes) ? because((t) => t.encoding(meant)) : because((t) => t.noText);
    throw cannotRead(path, reason, { what, cause: error });
  }
}

/** The encodings of Japanese texts besides Unicode's. */
const ENCODINGS = { Shift_JIS: "shift_jis", "EUC-JP": "euc-jp" };

/** Whether the bytes may be a text at all: none has control characters but those that set it. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 || byte >= 0x08 && byte <= 0x0d || byte === 0x1b);
}

/** Whether the bytes are a text in the encoding. Most of EUC-JP is one in Shift_JIS too, but of half-width katakana, which hardly anyone writes. */
function isJapanese(bytes: Uint8Array<ArrayBuffer>, encoding: string): boolean {
  try {
    return !/[\uff61-\uff9f]/.test(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}

/** What may have been meant by the name of a file that is not there: one with an ending, or one of the project's configs. */
async function nearbyFile(path: string): Promise<Texts | null> {
  if (path === "-") return because((t) => t.notFromInput);
  const { nearest } = await import("../../src/config/explain/suggest.ts");
  for (const folder of [dirname(path), projectPath("configs")]) {
    const names = namesIn(folder).filter((name) => /^[^.].*\.(ya?ml|json)$/.test(name)).sort();
    const wanted = basename(path);
    const meant = names.find((name) => name.replace(/\.\w+$/, "") === wanted) ?? nearest(wanted, names);
    if (meant !== undefined) return because((t) => t.nearby(join(folder, meant)));
  }
  return null;
}

function namesIn(folder: string): string[] {
  try {
    return listIfPresent(folder).map(({ name }) => name);
  } catch {
    return []; // where nobody may look, nothing is suggested
  }
}

function folderReason(path: string): Texts {
  const inside = listIfPresent(path).map(({ name }) => name).filter((name) => /^[^.].*\.ya?ml$/.test(name))
    .sort();
  const more = inside.length > MAX_SUGGESTIONS ? ", ..." : "";
  const shown = inside.slice(0, MAX_SUGGESTIONS).map((name) => join(path, name)).join(", ");
  return because((t) => t.isFolder(path, shown + more));
}
