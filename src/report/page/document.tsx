import type { JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { themeStyle } from "../charts/palette.ts";
import { NEGATIVE, POSITIVE } from "../images/filters_png.ts";
import { SPEEDS_ID } from "../speeds_slot.ts";
import { inlineScript, type InlineText, jsonText } from "../../text/inline_script.ts";
import type { Messages } from "../messages/en.ts";
import pageScript from "./bundle.js" with { type: "text" };
import type { PageData } from "./page_data.ts";

/** Vega and its interpreter, as classic scripts that run before the page's own. */
export type ChartScripts = readonly InlineText[];

// Of weights, on any ground: see filters_png.ts.
const WEIGHT_COLOURS = `:root{--positive:rgb(${POSITIVE.join()});--negative:rgb(${NEGATIVE.join()})}`;

/** A part of the page under a heading, to which the contents lead. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly content: JSX.Element;
}

interface DocumentContents {
  readonly t: Messages;
  /** Of the window. */
  readonly title: string;
  /** Who wrote the file, by which it is known again; none in a report. */
  readonly generator?: string;
  readonly header: JSX.Element;
  readonly sections: readonly PageSection[];
  readonly styles: readonly string[];
  readonly page: PageData;
  readonly chartScripts: ChartScripts;
  /** What is said where there is no JavaScript, if not what a report says. */
  readonly noScript?: string;
  /** The page's own script, where it is not the report's. */
  readonly script?: string;
  /** Whether the page may ask the server that it came from; a file may ask nobody. */
  readonly connects?: boolean;
}

/** Where the data go; what stands between these brackets is ours, as others' are escaped. */
const SLOT = "null";
const DATA = `<script type="application/json" id="report-data">${SLOT}</script>`;

/**
 * A page as one file that needs nothing else. Its policy allows no connection and no script but those that are in it, by their hashes.
 */
export function renderDocument({ page, ...contents }: DocumentContents): string {
  return renderAround(contents)(page);
}

/** As renderDocument() does, but what its living parts show is only told afterwards. */
export function renderAround(contents: Omit<DocumentContents, "page">): (page: PageData) => string {
  const { t, title, generator, header, sections, styles, chartScripts } = contents;
  const { script = pageScript, connects = false, noScript = t.page.noScript } = contents;
  const scripts = [...chartScripts, inlineScript(script)];
  const policy =
    `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src ${
      scripts.map(({ policy }) => policy).join(" ")
    }; ` +
    (connects ? "connect-src 'self'; " : "") +
    "base-uri 'none'; form-action 'none'";
  const html = (
    <html lang={t.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        {generator !== undefined && <meta name="generator" content={generator} />}
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: WEIGHT_COLOURS + themeStyle() + styles.join("") }} />
      </head>
      <body>
        <a class="skip" href={`#${sections[0]?.id ?? ""}`} hidden={sections.length === 0}>{t.page.skip}</a>
        {header}
        <nav aria-label={t.page.contents}>
          <ul>
            {sections.map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
        <main>
          <noscript>
            <p class="bad">{noScript}</p>
          </noscript>
          {sections.map(({ id, content }) => <Part key={id} content={content} />)}
        </main>
        <div id="tip" hidden />
        <script type="application/json" id="report-data" dangerouslySetInnerHTML={{ __html: SLOT }} />
        <script type="application/json" id={SPEEDS_ID} dangerouslySetInnerHTML={{ __html: jsonText(null) }} />
        {scripts.map(({ text }, i) => <script key={i} dangerouslySetInnerHTML={{ __html: text }} />)}
      </body>
    </html>
  );
  const [before, after] = `<!doctype html>\n${renderToString(html)}\n`.split(DATA);
  return (page) => before + DATA.replace(SLOT, () => jsonText(page)) + after;
}

function Part({ content }: { content: JSX.Element }): JSX.Element {
  return content;
}
