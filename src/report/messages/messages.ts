import { en } from "./en.ts";
import { ja } from "./ja.ts";

/** What a report says; every language has the same keys. */
export type Messages = typeof en;

/** The languages that a report can be written in. */
export const LANGUAGES = ["en", "ja"] as const;
/** One of them. */
export type Language = (typeof LANGUAGES)[number];

const ALL: Readonly<Record<Language, Messages>> = { en, ja };

/** What a report says in a language. */
export function messages(language: Language): Messages {
  return ALL[language];
}
