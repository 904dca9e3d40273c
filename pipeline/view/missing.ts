import type { Language, Texts } from "../../src/text/language.ts";
import { renderMissing } from "../../src/view/missing.tsx";
import { type ViewWords, viewWords } from "../../src/view/words.ts";
import { page } from "./gate.ts";

/** Answers, with a page that says why, that what was asked for is not there. */
export function missing(
  what: Exclude<keyof ViewWords["missing"], "title"> | Texts,
  language: Language,
): Response {
  const why = typeof what === "string" ? viewWords(language).missing[what] : what[language];
  const { html, policy } = renderMissing(why, language);
  return page(html, policy, 404);
}
