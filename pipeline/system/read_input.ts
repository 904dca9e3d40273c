import { join } from "node:path";
import { UserError } from "./errors.ts";
import { listIfPresent, refuseIrregular } from "./files.ts";
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
    throw new UserError(`${title}: ${readReason(error)}`, { cause: error });
  }
}

/** As readInput(): in UTF-8 or, where a byte order mark says so, in UTF-16, which is what `>` writes in Windows PowerShell 5.1. */
export async function readInputText(path: string, what?: string): Promise<string> {
  const bytes = await readInput(path, what);
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe
    ? "utf-16le"
    : first === 0xfe && second === 0xff
    ? "utf-16be"
    : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

function folderReason(path: string): string {
  const inside = listIfPresent(path).map(({ name }) => name).filter((name) => /^[^.].*\.ya?ml$/.test(name))
    .sort();
  const more = inside.length > MAX_SUGGESTIONS ? ", ..." : "";
  const shown = inside.slice(0, MAX_SUGGESTIONS).map((name) => join(path, name)).join(", ");
  return `${path} is a folder${shown && `; did you mean ${shown}${more}?`}`;
}
