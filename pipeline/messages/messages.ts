import type { Language, Texts } from "../../src/text/language.ts";
import { en, type Messages } from "./en.ts";
import { ja } from "./ja.ts";

export type { Messages };

const ALL: Readonly<Record<Language, Messages>> = { en, ja };

export function messages(language: Language): Messages {
  return ALL[language];
}

/** One message in every language: of what is told before anybody knows who reads it. */
export function say(message: (t: Messages) => string): Texts {
  return { en: message(en), ja: message(ja) };
}
