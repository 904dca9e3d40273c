import type { JSX } from "preact";
import type { Language } from "../text/language.ts";
import { viewWords } from "./words.ts";

/** Leads to the same page in the other language. `query` is what the page's address says besides its language. */
export function LanguageLink({ language, query = [] }: {
  readonly language: Language;
  readonly query?: readonly (readonly [name: string, value: string])[];
}): JSX.Element {
  const other: Language = language === "en" ? "ja" : "en";
  const asked = [["lang", other], ...query].map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return <a class="other" href={`?${asked.join("&")}`} lang={other}>{viewWords(language).otherLanguage}</a>;
}
