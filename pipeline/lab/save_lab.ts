import { dirname } from "node:path";
import type { Texts } from "../../src/text/language.ts";
import { UserError } from "../system/errors.ts";
import { isFolder, replaceFile } from "../system/files.ts";
import { systemCode, systemReason } from "../system/reasons.ts";

/** Writes a page in the place of what is there. Throws a UserError where that is a folder, or nothing can be written. */
export function saveLab(page: string, path: string): void {
  if (isFolder(path)) {
    throw refusal(path, {
      en: "it must be a file, found a folder; pass a name in it, such as lab.html",
      ja: "フォルダです。その中のファイル名（lab.html など）まで指定してください",
    });
  }
  try {
    replaceFile(path, new TextEncoder().encode(page));
  } catch (error) {
    const code = systemCode(error);
    if (!(error instanceof Error) || code === null) throw error;
    const reason = code === "ENOENT"
      ? { en: `there is no folder ${dirname(path)}`, ja: `フォルダ ${dirname(path)} がありません` }
      : reasonOf(error, code);
    throw refusal(path, reason, error);
  }
}

function reasonOf(error: Error, code: string): Texts {
  const en = systemReason(error, { code, option: "--out FILE" });
  return {
    en,
    ja: code === "EACCES" || code === "EPERM" || code === "EROFS"
      ? "書き込みが許可されていません。書き込めるフォルダのファイルを --out で指定してください"
      : code === "ENOTDIR"
      ? "パスの途中がフォルダではなくファイルです"
      : en,
  };
}

function refusal(path: string, { en, ja }: Texts, cause?: unknown): UserError {
  return new UserError(
    { en: `Cannot write the lab to ${path}: ${en}`, ja: `${path} に実験室を書き込めません: ${ja}` },
    { cause },
  );
}
