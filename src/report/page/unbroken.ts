import type { Messages } from "../messages/en.ts";
import { mapTexts } from "../messages/map_texts.ts";

/**
 * Messages for a page, in which a number and the Japanese after it do not part, nor a closing bracket and a particle: a line would begin
 * with a particle or a counter. No style says that.
 */
export function unbroken(t: Messages): Messages {
  return t.language === "ja" ? mapTexts(t, join) : t;
}

function join(text: string): string {
  return text
    .replaceAll(/(?<=[\d%]) (?=[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}])/gu, "\u00a0")
    .replaceAll(/(?<=[）」])(?=\p{sc=Hiragana})/gu, "\u2060");
}
