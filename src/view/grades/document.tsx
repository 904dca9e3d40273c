import type { ComponentChildren, JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { themeStyle } from "../../report/charts/palette.ts";
import baseStyle from "../../report/page/base.css" with { type: "text" };
import pageStyle from "../../report/page/page.css" with { type: "text" };
import { Rich, Scrollable } from "../../report/page/parts.tsx";
import type { Language, Texts } from "../../text/language.ts";
import { MISSING } from "../../text/numbers.ts";
import { LanguageLink } from "../language_link.tsx";
import viewStyle from "../view.css" with { type: "text" };
import gradesStyle from "./grades.css" with { type: "text" };
import { gradesWords } from "./words.ts";

/** What is known of a folder of grades. */
export interface GradesSummary {
  readonly id: string;
  /** As whoever started the server would type it. */
  readonly place: string;
  readonly assignment: string;
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly submissions: number;
  /** The mean over the students, and how many there are to get; null where gradebook.csv does not say it. */
  readonly points: { readonly mean: number; readonly max: number } | null;
  readonly problem: Texts | null;
}

/** No script at all, no connection, and frames of the server's own. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";

interface GradesPage {
  readonly html: string;
  readonly policy: string;
}

/** Every folder of grades. */
export function renderGradesList(summaries: readonly GradesSummary[], language: Language): GradesPage {
  const t = gradesWords(language);
  const date = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return renderPage({
    language,
    title: t.title,
    back: [{ href: `/?lang=${language}`, text: t.experiments }],
    children: (
      <main>
        <p class="note">
          <Rich text={t.lead} />
        </p>
        {summaries.length === 0 ? <p class="lead">{t.none}</p> : (
          <Scrollable label={t.title}>
            <table>
              <thead>
                <tr>
                  <th scope="col" class="text">{t.assignment}</th>
                  <th scope="col" class="text">{t.when}</th>
                  <th scope="col">{t.submissions}</th>
                  <th scope="col">{t.points}</th>
                </tr>
              </thead>
              <tbody>
                {summaries.map(({ id, place, assignment, at, submissions, points, problem }) => (
                  <tr key={id}>
                    <th scope="row" class="text wrap">
                      <a href={`/g/${id}/?lang=${language}`}>{assignment}</a>
                      <br />
                      <span class="note">{place}</span>
                      {problem !== null && <p class="bad">{problem[language]}</p>}
                    </th>
                    <td class="text">
                      <time dateTime={new Date(at).toISOString()}>{date.format(at)}</time>
                    </td>
                    <td>{submissions}</td>
                    <td>{points === null ? MISSING : t.of(short(points.mean), short(points.max))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrollable>
        )}
      </main>
    ),
  });
}

interface FramedGrades {
  readonly language: Language;
  readonly summary: GradesSummary;
  /** Of the pages of feedback, in their order. */
  readonly students: readonly string[];
  /** The page that is shown: of the class, or of one of these. */
  readonly shown: number | null;
  /** Where the frame has it from; null where there is none. */
  readonly source: string | null;
}

/** A page of grades as it was written, in a frame in which nothing is run, with the way to the others. */
export function renderGrades(
  { language, summary: { id, place, assignment, submissions }, students, shown, source }: FramedGrades,
): GradesPage {
  const t = gradesWords(language);
  const at = (page: number | null) => `/g/${id}/${page === null ? "" : page + 1}?lang=${language}`;
  const title = shown === null ? assignment : students[shown];
  const nearby = shown === null ? [] : [
    { page: shown - 1, text: t.before },
    { page: shown + 1, text: t.next },
  ].filter(({ page }) => page >= 0 && page < students.length);
  return renderPage({
    language,
    title,
    back: [
      { href: `/?lang=${language}`, text: t.experiments },
      { href: `/grades?lang=${language}`, text: t.title },
      ...shown === null ? [] : [{ href: at(null), text: assignment }],
      ...nearby.map(({ page, text }) => ({ href: at(page), text })),
    ],
    framed: true,
    children: (
      <main>
        <p class="note">
          <code>{place}</code> · {t.count(submissions)} · {t.apart}
        </p>
        {students.length > 0 && (
          <details>
            <summary>{t.feedback}</summary>
            <ol class="students">
              {students.map((student, page) => (
                <li key={student}>
                  {page === shown
                    ? <strong aria-current="page">{student}</strong>
                    : <a href={at(page)}>{student}</a>}
                </li>
              ))}
            </ol>
          </details>
        )}
        {source === null
          ? <p class="bad">{t.noPage}</p>
          : <iframe sandbox="" src={source} title={t.frame(title)} tabIndex={0} />}
      </main>
    ),
  });
}

function renderPage({ language, title, back, framed = false, children }: {
  language: Language;
  title: string;
  back: readonly { readonly href: string; readonly text: string }[];
  framed?: boolean;
  children: ComponentChildren;
}): GradesPage {
  const html: JSX.Element = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style
          dangerouslySetInnerHTML={{ __html: themeStyle() + baseStyle + pageStyle + viewStyle + gradesStyle }}
        />
      </head>
      <body class={framed ? "framed" : undefined}>
        <header>
          <nav class="where">
            {back.map(({ href, text }) => <a key={href} href={href}>{text}</a>)}
            <LanguageLink language={language} />
          </nav>
          <h1>{title}</h1>
        </header>
        {children}
      </body>
    </html>
  );
  return { html: `<!doctype html>\n${renderToString(html)}\n`, policy: POLICY };
}

function short(points: number): string {
  return String(Number(points.toFixed(1)));
}
