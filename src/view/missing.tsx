import type { JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { themeStyle } from "../report/charts/palette.ts";
import baseStyle from "../report/page/base.css" with { type: "text" };
import pageStyle from "../report/page/page.css" with { type: "text" };
import type { Language } from "../text/language.ts";
import { LanguageLink } from "./language_link.tsx";
import viewStyle from "./view.css" with { type: "text" };
import { viewWords } from "./words.ts";

/** The page in the place of one that is not there: why, and the way back. */
export function renderMissing(why: string, language: Language): { html: string; policy: string } {
  const t = viewWords(language);
  const html: JSX.Element = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{t.missing.title}</title>
        <style dangerouslySetInnerHTML={{ __html: themeStyle() + baseStyle + pageStyle + viewStyle }} />
      </head>
      <body>
        <header>
          <p class="where">
            <a href={`/?lang=${language}`}>{t.back}</a>
            <LanguageLink language={language} />
          </p>
          <h1>{t.missing.title}</h1>
        </header>
        <main>
          <p>{why}</p>
        </main>
      </body>
    </html>
  );
  return {
    html: `<!doctype html>\n${renderToString(html)}\n`,
    policy: "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
  };
}
