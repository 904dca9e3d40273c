import { dirname } from "node:path";
import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "./errors.ts";
import { isFolder, readTextIfPresent, replaceFile } from "./files.ts";
import { because, systemCode, systemReason } from "./reasons.ts";

export interface Output {
  readonly path: string;
  /** What names it, as `--out FILE`. */
  readonly option: string;
  /** Whether a file of this text may be replaced: somebody's own may lie there. */
  readonly mayReplace: (present: string) => boolean;
  /** Why another may not. */
  readonly otherwise: Texts;
}

/** Writes a file where the user says, whole or not at all. Throws a UserError where something else is there, or nothing can be written. */
export async function writeOutput(
  text: string,
  { path, option, mayReplace, otherwise }: Output,
): Promise<void> {
  const refusal = (reason: Texts, cause?: unknown) =>
    new UserError(say((t) => t.errors.cannotWrite(path, reason[t.language])), { cause });
  if (isFolder(path)) throw refusal(because((t) => t.folderForFile));
  try {
    const present = await readTextIfPresent(path);
    if (present === text) return;
    if (present !== null && !mayReplace(present)) throw refusal(otherwise);
    replaceFile(path, new TextEncoder().encode(text));
  } catch (error) {
    const code = systemCode(error);
    if (!(error instanceof Error) || code === null) throw error;
    throw refusal(
      code === "ENOENT" ? because((t) => t.noFolderOf(dirname(path))) : systemReason(error, { code, option }),
      error,
    );
  }
}
