import type { JSX } from "preact";
import { type ComparisonInput, comparisonParts } from "../../report/page/compare/comparison_page.tsx";
import { Note } from "../../report/page/parts.tsx";
import type { PageParts } from "../../report/page/render_page.tsx";
import type { Language } from "../../text/language.ts";
import { emptyPage } from "../experiment/document.tsx";
import { LanguageLink } from "../language_link.tsx";
import { viewWords } from "../words.ts";
import { compareViewWords } from "./words.ts";

/** A comparison as the viewer shows it. */
export interface ComparisonView {
  readonly language: Language;
  /** Null where there are not two to compare. */
  readonly input: ComparisonInput | null;
  /** What is so far, and what is left out and why, a sentence each. */
  readonly remarks: readonly string[];
}

/** Its parts: those of the page of `deno task compare --html`. */
export function comparisonViewParts({ language, input, remarks }: ComparisonView): PageParts {
  const said = compareViewWords(language);
  const parts = input === null
    ? { title: said.title, header: null, sections: [], page: emptyPage(language), pictures: "" }
    : comparisonParts(input);
  const header = (
    <>
      {parts.header ?? (
        <header>
          <h1>{said.title}</h1>
          <p class="lead">{said.tooFew}</p>
        </header>
      )}
      {remarks.length > 0 && (
        <aside class="besides" aria-label={said.title}>
          {remarks.map((remark) => <Note key={remark} sentences={[remark]} space="" />)}
        </aside>
      )}
    </>
  );
  return { ...parts, header };
}

/** The way back, and to each that is compared, once. */
export function CompareTop(
  { language, members, links }: {
    language: Language;
    /** As the page's address has them. */
    members: readonly string[];
    links: readonly { readonly href: string; readonly text: string }[];
  },
): JSX.Element {
  const all = [{ href: `/?lang=${language}`, text: viewWords(language).back }, ...links];
  return (
    <p class="where">
      {all.map(({ href, text }) => <a key={href} href={href}>{text}</a>)}
      <LanguageLink language={language} query={members.map((member) => ["e", member])} />
    </p>
  );
}
