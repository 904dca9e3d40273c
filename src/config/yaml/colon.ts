import type { Texts } from "../../text/language.ts";

/** A key and a colon that YAML does not take for one: a full-width `：`, or one without a blank after it, but for that of an address. */
const COLON = /^([\w.]+)(：|:(?![ \t\r\n/]|$))/;

/** What is wrong with the colon after the key that a text begins with, if anything. */
export function colonFlaw(text: string): Texts | undefined {
  const [, key, colon] = COLON.exec(text) ?? [];
  if (key === undefined) return undefined;
  return colon === "："
    ? {
      en:
        `the colon after \`${key}\` is full-width; write a half-width \`:\` and a blank, as in \`${key}: ...\``,
      ja:
        `\`${key}\` の後のコロンが全角の「：」です。\`${key}: ...\` のように、半角の「:」と半角の空白を書いてください`,
    }
    : {
      en: `the colon after \`${key}\` must be followed by a half-width blank, as in \`${key}: ...\``,
      ja: `\`${key}\` の後のコロンの次に、\`${key}: ...\` のように半角の空白を入れてください`,
    };
}
