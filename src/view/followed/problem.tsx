import type { PageParts } from "../../report/page/render_page.tsx";
import type { Language, Texts } from "../../text/language.ts";
import { emptyPage } from "../experiment/document.tsx";

/** The parts of a page that says why it shows nothing else. */
export function problemParts(
  problem: Texts,
  { title, language }: { title: string; language: Language },
): PageParts {
  const header = (
    <header>
      <h1>{title}</h1>
      <p class="bad">{problem[language]}</p>
    </header>
  );
  return { title, header, sections: [], page: emptyPage(language), pictures: "" };
}
