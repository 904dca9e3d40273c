import { renderToString } from "preact-render-to-string";
import { themeStyle } from "../../report/charts/palette.ts";
import baseStyle from "../../report/page/base.css" with { type: "text" };
import pageStyle from "../../report/page/page.css" with { type: "text" };
import listScript from "../bundle/list.js" with { type: "text" };
import { LanguageLink } from "../language_link.tsx";
import viewStyle from "../view.css" with { type: "text" };
import { gradesWords } from "../grades/words.ts";
import { inlineScript, jsonText } from "../../text/inline_script.ts";
import { viewWords } from "../words.ts";
import { LIST_DATA_ID, type ListData } from "./list_data.ts";
import listStyle from "./list.css" with { type: "text" };

/** The list of experiments as a page, and the policy under which it may be shown: no script but its own, and no connection but to its server. */
export function renderList(
  data: ListData,
  { grades = 0 }: { /** How many folders of grades there are. */ grades?: number } = {},
): { html: string; policy: string } {
  const t = viewWords(data.language);
  const script = inlineScript(listScript);
  const html = (
    <html lang={data.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{t.title}</title>
        <style
          dangerouslySetInnerHTML={{ __html: themeStyle() + baseStyle + pageStyle + viewStyle + listStyle }}
        />
      </head>
      <body>
        <header class="list-header">
          <div>
            <h1>{t.title}</h1>
            <p class="note">{t.lead}</p>
          </div>
          <p>
            {grades > 0 && (
              <a href={`/grades?lang=${data.language}`}>{gradesWords(data.language).link(grades)}</a>
            )} <LanguageLink language={data.language} />
          </p>
        </header>
        <main id="list">
          <noscript>
            <p class="bad">{t.noScript}</p>
          </noscript>
        </main>
        <script
          type="application/json"
          id={LIST_DATA_ID}
          dangerouslySetInnerHTML={{ __html: jsonText(data) }}
        />
        <script dangerouslySetInnerHTML={{ __html: script.text }} />
      </body>
    </html>
  );
  return {
    html: `<!doctype html>\n${renderToString(html)}\n`,
    policy:
      `default-src 'none'; style-src 'unsafe-inline'; script-src ${script.policy}; connect-src 'self'; ` +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  };
}
