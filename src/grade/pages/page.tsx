import type { ComponentChildren, JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { themeStyle } from "../../report/charts/palette.ts";
import type { Language } from "../../settings/setting.ts";
import baseStyle from "../../report/page/base.css" with { type: "text" };
import phrasesStyle from "../../report/page/phrases.css" with { type: "text" };
import { inlineStyle } from "../../text/inline_script.ts";
import css from "./style.css" with { type: "text" };

/** What stands between the ends of a page. */
interface PageContent {
  readonly language: Language;
  /** Of the window, and the largest heading. */
  readonly title: string;
  /** Beside the title: whose page it is; empty for nobody's. */
  readonly subtitle?: string;
  /** A link at the very top, for who does not use a mouse: its text and the id that it leads to. */
  readonly skip: { readonly text: string; readonly to: string };
  /** A wide page leaves room for tables with many columns. */
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

/**
 * A page as one HTML file that needs nothing else and runs nothing: its policy allows no script, no connection, and no style but its own.
 * Every text goes through the renderer, which escapes it.
 */
export function renderPage(content: PageContent): string {
  const { language, title, subtitle = "", skip, wide = false, children } = content;
  const style = inlineStyle(themeStyle() + baseStyle + phrasesStyle + css);
  const policy =
    `default-src 'none'; img-src data:; style-src ${style.policy}; base-uri 'none'; form-action 'none'`;
  const page = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="referrer" content="no-referrer" />
        <title>{subtitle === "" ? title : `${title} – ${subtitle}`}</title>
        {/* Not a student's text: escaped, `>` in a selector would be lost. */}
        <style dangerouslySetInnerHTML={{ __html: style.text }} />
      </head>
      <body class={wide ? "wide" : ""}>
        <a class="skip" href={`#${skip.to}`}>{skip.text}</a>
        <header>
          <h1>{title}</h1>
          {subtitle !== "" && <p class="subtitle">{subtitle}</p>}
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
  return `<!doctype html>\n${renderToString(page)}\n`;
}

/** A sentence in which what stands between backticks is code. */
export function Prose({ text }: { text: string }): JSX.Element {
  const parts = text.split(/`([^`]+)`/);
  return <>{parts.map((part, i) => i % 2 === 1 ? <code key={i}>{part}</code> : part)}</>;
}

/** A share from 0 to 1 as a bar; the number stands beside it. */
export function Bar({ share, tone = "good" }: { share: number; tone?: "good" | "soft" }): JSX.Element {
  const width = 100 * Math.min(1, Math.max(0, share));
  return (
    <svg class={`bar ${tone}`} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="rest" width="100" height="8" />
      <rect class="part" width={width.toFixed(1)} height="8" />
    </svg>
  );
}
