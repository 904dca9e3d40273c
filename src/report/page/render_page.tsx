import { sha256 } from "@noble/hashes/sha2.js";
import type { JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { THEMES } from "../charts/palette.ts";
import { NEGATIVE, POSITIVE } from "../images/filters_png.ts";
import { curveSet } from "../sections/curve_data.ts";
import { effectCharts } from "../sections/effect_charts.ts";
import { SPEEDS_ID } from "../speeds_slot.ts";
import { cutTable } from "../sections/table_data.ts";
import { paragraphs, type ReportModel } from "../report_model.ts";
import { Answer, Rules } from "./answer/answer.tsx";
import pageScript from "./bundle.js" with { type: "text" };
import pageStyle from "./page.css" with { type: "text" };
import { Curves } from "./curves/curves.tsx";
import curvesStyle from "./curves/curves.css" with { type: "text" };
import { Effects } from "./effects/effects.tsx";
import effectsStyle from "./effects/effects.css" with { type: "text" };
import { Errors } from "./errors/errors.tsx";
import errorsStyle from "./errors/errors.css" with { type: "text" };
import { How } from "./how/how.tsx";
import { Island } from "./island.tsx";
import { Layers } from "./layers/layers.tsx";
import layersStyle from "./layers/layers.css" with { type: "text" };
import answerStyle from "./answer/answer.css" with { type: "text" };
import { type PageData, pageData } from "./page_data.ts";
import { Section } from "./parts.tsx";
import { openState } from "./state.ts";
import { Runs } from "./answer/runs.tsx";
import { Trials } from "./trials/trials.tsx";
import { unbroken } from "./unbroken.ts";
import { withoutControls } from "../../text/controls.ts";
import trialsStyle from "./trials/trials.css" with { type: "text" };

/** Vega and its interpreter, as classic scripts that run before the page's own. */
export type ChartScripts = readonly string[];

const STYLES = [
  pageStyle,
  answerStyle,
  trialsStyle,
  curvesStyle,
  effectsStyle,
  errorsStyle,
  layersStyle,
];

/** Rows of the ranked table: a reader who wants more has `results.csv`. */
const MAX_TRIALS = 100;
const FIRST_TICKED = 5;

/**
 * `report.html`: the whole report as one file that needs nothing else. Its policy allows no connection and no script but those that are
 * in it, by their hashes.
 */
export function renderPage(report: ReportModel, chartScripts: ChartScripts): string {
  const model = { ...report, t: unbroken(report.t) };
  const { t, input } = model;
  const title = input.title && withoutControls(input.title);
  const cut = cutTable(model, MAX_TRIALS);
  const effects = effectCharts(model);
  const set = curveSet(model, FIRST_TICKED, [...cut.shown, ...cut.broken].map(({ trial }) => trial));
  const { page, pictures } = pageData(model, { cut, set, effects });
  const scripts = [...chartScripts, pageScript].map((script) => script.replaceAll("</script", "<\\/script"));
  const hashes = scripts.map((script) => `'sha256-${sha256(new TextEncoder().encode(script)).toBase64()}'`);
  const policy =
    `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src ${hashes.join(" ")}; ` +
    "base-uri 'none'; form-action 'none'";
  const sections = pageSections(model, page);
  const html = (
    <html lang={t.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <title>{title === undefined ? input.name : `${title} (${input.name})`}</title>
        <style dangerouslySetInnerHTML={{ __html: themeStyle() + STYLES.join("") + pictures }} />
      </head>
      <body>
        <a class="skip" href="#answer">{t.page.skip}</a>
        <header>
          <div class="heading">
            <h1>{title ?? input.name}</h1>
            {title !== undefined && <p class="name">{input.name}</p>}
          </div>
          {paragraphs(model).map((text) => <p key={text} class="about">{text}</p>)}
        </header>
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
            <p class="bad">{t.page.noScript}</p>
          </noscript>
          {sections.map(({ id, content }) => <Part key={id} content={content} />)}
        </main>
        <div id="tip" hidden />
        <script type="application/json" id="report-data" dangerouslySetInnerHTML={{ __html: json(page) }} />
        <script type="application/json" id={SPEEDS_ID} dangerouslySetInnerHTML={{ __html: json(null) }} />
        {scripts.map((script, i) => <script key={i} dangerouslySetInnerHTML={{ __html: script }} />)}
      </body>
    </html>
  );
  return `<!doctype html>\n${renderToString(html)}\n`;
}

function Part({ content }: { content: JSX.Element }): JSX.Element {
  return content;
}

interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly content: JSX.Element;
}

/** The page's parts in their order; those that have nothing to show are left out. */
function pageSections(model: ReportModel, page: PageData): PageSection[] {
  const { t } = model;
  const state = openState(page);
  const props = { page, t, state };
  const sections: PageSection[] = [];
  const add = (id: string, title: string, content: JSX.Element | null) => {
    if (content !== null) sections.push({ id, title, content });
  };
  const live = (
    name: "curves" | "effects" | "errors" | "layers",
    title: string,
    content: JSX.Element | null,
  ) =>
    add(
      name,
      title,
      content && (
        <Section id={name} title={title}>
          <Island name={name}>{content}</Island>
        </Section>
      ),
    );
  add("answer", t.answer.heading, <Answer model={model} page={page} state={state} />);
  if (model.single === null) {
    add("trials", t.table.heading, <Trials model={model} page={page} state={state} />);
  } else add("trials", t.runTable.heading, Runs({ model }));
  live("curves", t.curves.heading, page.curves && <Curves part={page.curves} {...props} />);
  live("effects", t.effects.heading, page.effects && <Effects part={page.effects} {...props} />);
  live("errors", t.errors.heading, page.errors && <Errors part={page.errors} {...props} />);
  live("layers", t.diagnostics.layers, page.layers && <Layers part={page.layers} {...props} />);
  add("how", t.how.heading, <How model={model} />);
  add("rules", t.rules.heading, Rules({ model }));
  return sections;
}

/** Data as JSON that cannot end its script element. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** The charts' colours for the rest of the page: by the reader's ground, and light on paper. */
function themeStyle(): string {
  const variables = (theme: keyof typeof THEMES) =>
    `:root{${Object.entries(THEMES[theme]).map(([name, colour]) => `--${name}:${colour}`).join(";")}}`;
  // Of weights, on any ground: see filters_png.ts.
  const weights = `:root{--positive:rgb(${POSITIVE.join()});--negative:rgb(${NEGATIVE.join()})}`;
  return `${weights}${variables("light")}@media (prefers-color-scheme:dark){${
    variables("dark")
  }}@media print{${variables("light")}}`;
}
