import { dirname } from "node:path";
import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { isFolder, replaceFile } from "../system/files.ts";
import { because, systemCode, systemReason } from "../system/reasons.ts";

/** Writes a page in the place of what is there. Throws a UserError where that is a folder, or nothing can be written. */
export function saveLab(page: string, path: string): void {
  if (isFolder(path)) {
    throw refusal(path, because((t) => t.labIsFolder));
  }
  try {
    replaceFile(path, new TextEncoder().encode(page));
  } catch (error) {
    const code = systemCode(error);
    if (!(error instanceof Error) || code === null) throw error;
    const reason = code === "ENOENT"
      ? because((t) => t.noFolderOf(dirname(path)))
      : systemReason(error, { code, option: "--out FILE" });
    throw refusal(path, reason, error);
  }
}

function refusal(path: string, reason: Texts, cause?: unknown): UserError {
  return new UserError(say((t) => t.errors.cannotSaveLab(path, reason[t.language])), { cause });
}
