import type { Language } from "../../text/language.ts";
import { en, type Messages } from "./en.ts";
import { ja } from "./ja.ts";
import { mapTexts } from "./map_texts.ts";
import type { RowKind } from "../../data/catalogue.ts";
import { ofRows } from "./row_kind.ts";

const ALL: Readonly<Record<Language, Messages>> = { en, ja };

/** What a report says, in a language, of a data set whose rows are of this kind. */
export function messages(language: Language, kind: RowKind = "images"): Messages {
  return kind === "images"
    ? ALL[language]
    : mapTexts(ALL[language], (text) => ofRows(text, { kind, language }));
}
