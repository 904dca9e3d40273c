import { basename, dirname, join } from "node:path";
import type { Texts } from "../../src/text/language.ts";
import { UserError } from "./errors.ts";
import { isMissing, listIfPresent, refuseIrregular } from "./files.ts";
import { projectPath } from "./place.ts";
import { readReason } from "./reasons.ts";

/** Far more than any config or table has, and less than a string can hold. */
const MAX_BYTES = 1 << 28;
const MAX_SUGGESTIONS = 5;

/** A file that the user names, or that may not be as a sweep wrote it. `what` is `config` in "Cannot read the config x". Throws UserErrors. */
export async function readInput(path: string, what = ""): Promise<Uint8Array<ArrayBuffer>> {
  const title = `Cannot read ${what && `the ${what} `}${path}`;
  try {
    if (Deno.statSync(path).isDirectory) throw new UserError(`${title}: ${folderReason(path)}`);
    const { size } = refuseIrregular(path, title);
    if (size > MAX_BYTES) {
      throw new UserError(`${title}: it must have at most ${MAX_BYTES >> 20} MiB, found ${size} bytes`);
    }
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const hint = what !== "" && isMissing(error) ? await nearbyFile(path) : "";
    throw new UserError(`${title}: ${readReason(error)}${hint}`, { cause: error });
  }
}

/**
 * As readInput(): in UTF-8 or, where a byte order mark says so, in UTF-16, which is what `>` writes in Windows PowerShell 5.1. What people
 * write, which `what` names, is refused in any other encoding: its texts would stand garbled in the results.
 */
export async function readInputText(path: string, what?: string): Promise<string> {
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
    throw new UserError(encodingFlaw(bytes, path, what), { cause: error });
  }
}

/** The encodings of Japanese texts besides Unicode's. */
const ENCODINGS = { Shift_JIS: "shift_jis", "EUC-JP": "euc-jp" };

/** What is said of a text in another encoding than it must have. */
function encodingFlaw(bytes: Uint8Array<ArrayBuffer>, path: string, what = ""): Texts {
  const meant = Object.entries(ENCODINGS).find(([_, encoding]) => isJapanese(bytes, encoding))?.[0];
  return {
    en: `Cannot read the ${what} ${path}: it must be text in UTF-8, found ${
      meant === undefined ? "another encoding" : `what looks like ${meant}`
    }; save it again in UTF-8`,
    ja: `${path} を読み取れません。文字コードが UTF-8 ではありません${
      meant === undefined ? "" : `（${meant} のようです）`
    }。UTF-8 で保存し直してください`,
  };
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
async function nearbyFile(path: string): Promise<string> {
  if (path === "-") return "; it is read from a file, not from standard input";
  const { nearest } = await import("../../src/config/explain/suggest.ts");
  for (const folder of [dirname(path), projectPath("configs")]) {
    const names = namesIn(folder).filter((name) => /^[^.].*\.(ya?ml|json)$/.test(name)).sort();
    const wanted = basename(path);
    const meant = names.find((name) => name.replace(/\.\w+$/, "") === wanted) ?? nearest(wanted, names);
    if (meant !== undefined) return `; did you mean ${join(folder, meant)}?`;
  }
  return "";
}

function namesIn(folder: string): string[] {
  try {
    return listIfPresent(folder).map(({ name }) => name);
  } catch {
    return []; // where nobody may look, nothing is suggested
  }
}

function folderReason(path: string): string {
  const inside = listIfPresent(path).map(({ name }) => name).filter((name) => /^[^.].*\.ya?ml$/.test(name))
    .sort();
  const more = inside.length > MAX_SUGGESTIONS ? ", ..." : "";
  const shown = inside.slice(0, MAX_SUGGESTIONS).map((name) => join(path, name)).join(", ");
  return `${path} is a folder${shown && `; did you mean ${shown}${more}?`}`;
}
