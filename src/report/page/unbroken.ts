import type { Messages } from "../messages/en.ts";
import { mapTexts } from "../messages/map_texts.ts";

/**
 * Messages for a page, in which a number and the Japanese after it do not part, nor a closing bracket and a particle, nor a name and its
 * number: a line would begin with a particle, a counter or a number that belongs to nothing. No style says that.
 */
export function unbroken(t: Messages): Messages {
  return t.language === "ja" ? mapTexts(t, join) : t;
}

function join(text: string): string {
  return text
    .replaceAll(/(?<=[\d%]) (?=[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}])/gu, "\u00a0")
    .replaceAll(/(?<=試行|シード|エポック) (?=\d)/gu, "\u00a0")
    .replaceAll(/(?<=[\p{sc=Katakana}\p{sc=Han}σ]) (?=[\d.e+-]+[、）])/gu, "\u00a0")
    .replaceAll(/(?<=[）」])(?=\p{sc=Hiragana})/gu, "\u2060");
}
