import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { render } from "preact-render-to-string";
import { messages } from "../../report/messages/messages.ts";
import type { ReportModel } from "../../report/report_model.ts";
import { type ChartScripts, renderDocument } from "../../report/page/document.tsx";
import { PageKindContext } from "../../report/page/island.tsx";
import type { PageData } from "../../report/page/page_data.ts";
import { type PageParts, STYLES } from "../../report/page/render_page.tsx";
import { unbroken } from "../../report/page/unbroken.ts";
import { THEMES } from "../../report/charts/palette.ts";
import { COLOURS } from "../../report/charts/palette.ts";
import type { Language } from "../../text/language.ts";
import experimentScript from "../bundle/experiment.js" with { type: "text" };
import viewStyle from "../view.css" with { type: "text" };
import { viewWords } from "../words.ts";
import { CourseView } from "./course_view.tsx";
import { COURSE_ID, type ExperimentData } from "./experiment_data.ts";
import { leadingParts } from "./leading_parts.tsx";
import experimentStyle from "./experiment.css" with { type: "text" };

/** What is known of an experiment's runs, as its page shows it; every text as it is compared and sent. */
export interface Picture {
  readonly title: string;
  readonly header: string;
  readonly sections: readonly { readonly id: string; readonly title: string; readonly html: string }[];
  /** The members of PageData, each as JSON. */
  readonly page: Readonly<Record<string, string>>;
  readonly pictures: string;
}

/** An experiment of which nothing is known yet but its name. */
export interface Unknown {
  readonly name: string;
  readonly language: Language;
}

/** What of a page is the experiment's: drawn once for all who look at it. */
export interface DrawnExperiment {
  readonly picture: Picture;
  /** Its parts, with all that they are made of. */
  readonly parts: PageParts;
}

/** Draws what is known of an experiment. @param id as its address has it */
export function drawExperiment(known: ReportModel | Unknown, id: string): DrawnExperiment {
  const parts = "input" in known ? leadingParts(known, id) : unknownParts(known);
  return { parts, picture: pictureOf(parts) };
}

/** The parts of a page as they are compared and sent. */
export function pictureOf({ title, header, sections, page, pictures }: PageParts): Picture {
  return {
    title,
    header: render(header),
    sections: sections.map(({ id, title, content }) => ({
      id,
      title,
      html: render(<Placed islands={false} content={content} />),
    })),
    page: Object.fromEntries(Object.entries(page).map(([part, data]) => [part, JSON.stringify(data)])),
    pictures,
  };
}

/**
 * An experiment's page: the report's own parts, kept up to date, under what tells how far it has come.
 * @param slot stands where that is to be, for fillCourse(): a text that is nowhere else
 */
export function renderExperiment(
  { parts: { title, header, sections, page, pictures } }: DrawnExperiment,
  { language, slot, chartScripts }: { language: Language; slot: string; chartScripts: ChartScripts },
): string {
  return renderDocument({
    t: unbroken(messages(language)),
    title,
    header: (
      <>
        <aside id="course" aria-label={viewWords(language).columns.progress}>{slot}</aside>
        <script type="application/json" id={COURSE_ID} dangerouslySetInnerHTML={{ __html: slot }} />
        <style id="pictures" dangerouslySetInnerHTML={{ __html: pictures }} />
        <div id="experiment-header">{header}</div>
      </>
    ),
    sections: sections.map((section) => ({
      ...section,
      content: <Placed islands content={section.content} />,
    })),
    styles: [...STYLES, viewStyle, experimentStyle],
    page,
    chartScripts,
    script: experimentScript,
    connects: true,
  });
}

/** Puts how far the experiment has come into its page. */
export function fillCourse(html: string, slot: string, data: ExperimentData): string {
  const t = viewWords(data.language);
  const signals = { course: signal(data.course), connected: signal(true), gone: signal(false) };
  const [before, between, after] = html.split(slot);
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return before + render(<CourseView {...signals} t={t} />) + between + json + after;
}

/** A part of a page that no file lies beside. */
export function Placed({ islands, content }: { islands: boolean; content: JSX.Element }): JSX.Element {
  return (
    <PageKindContext.Provider value={{ islands, besideFiles: false }}>
      {content}
    </PageKindContext.Provider>
  );
}

function unknownParts({ name, language }: Unknown): PageParts {
  const header = (
    <header>
      <h1>{name}</h1>
    </header>
  );
  return { title: name, header, sections: [], page: emptyPage(language), pictures: "" };
}

/** The data of a page that has no place for a living part: none of them is drawn. */
export function emptyPage(language: Language): PageData {
  return {
    language,
    themes: THEMES,
    colours: COLOURS,
    ticked: [],
    labels: {},
    single: null,
    best: null,
    trials: {
      table: { trials: [], ranked: 0, runs: 0, parameters: [], metrics: [], difference: null, marks: {} },
      tickable: false,
      drawable: null,
      notes: [],
    },
    curves: null,
    effects: null,
    errors: null,
    layers: null,
  };
}
