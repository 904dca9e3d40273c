import type { Language } from "../../text/language.ts";
import { en, type Messages } from "./en.ts";
import { ja } from "./ja.ts";

const ALL: Readonly<Record<Language, Messages>> = { en, ja };

export function messages(language: Language): Messages {
  return ALL[language];
}
