import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { render } from "preact-render-to-string";
import { messages } from "../../report/messages/messages.ts";
import type { ReportModel } from "../../report/report_model.ts";
import { type ChartScripts, renderDocument } from "../../report/page/document.tsx";
import { type PageKind, PageKindContext } from "../../report/page/island.tsx";
import type { PageData } from "../../report/page/page_data.ts";
import { type PageParts, STYLES } from "../../report/page/render_page.tsx";
import { unbroken } from "../../report/page/unbroken.ts";
import { THEMES } from "../../report/charts/palette.ts";
import { COLOURS } from "../../report/charts/palette.ts";
import { fillSpeeds, trainingSpeeds } from "../../report/speeds_slot.ts";
import type { TimingRow } from "../../tables/timings_csv.ts";
import type { Language } from "../../text/language.ts";
import experimentScript from "../bundle/experiment.js" with { type: "text" };
import type { Connection } from "../news.ts";
import viewStyle from "../view.css" with { type: "text" };
import { jsonText } from "../../text/inline_script.ts";
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
  /** Images a second by trial, as JSON. */
  readonly speeds: string;
}

/** An experiment of which nothing is known yet but its name. */
export interface Unknown {
  readonly name: string;
  readonly language: Language;
}

/** What of a page is the experiment's: drawn once for all who look at it. */
export interface DrawnExperiment {
  readonly picture: Picture;
  readonly page: PageData;
  readonly timings: readonly TimingRow[];
  /** Of the sections with a part that is WRITTEN, what the page has in the place of the picture's. */
  readonly written: ReadonlyMap<string, string>;
}

/** What is written into the page, so that it is seen at once; the browser draws the other living parts when the script has come. */
const WRITTEN = ["best", "trials"] as const;

interface DrawOptions {
  /** As the experiment's address has it. */
  readonly id: string;
  /** Empty while nobody knows how long things took. */
  readonly timings?: readonly TimingRow[] | undefined;
  /** As for pageParts(). */
  readonly most?: "all" | "table";
}

/** Draws what is known of an experiment. */
export function drawExperiment(
  known: ReportModel | Unknown,
  { id, timings = [], most = "all" }: DrawOptions,
): DrawnExperiment {
  const parts = "input" in known ? leadingParts(known, { id, most }) : unknownParts(known);
  return {
    page: parts.page,
    timings,
    written: new Map(
      parts.sections.filter(({ id }) => id === "answer" || id === "trials")
        .map(({ id, content }) => [id, render(<Placed islands={WRITTEN} content={content} />)]),
    ),
    picture: pictureOf(parts, timings),
  };
}

/** The parts of a page as they are compared and sent. @param timings empty while nobody knows how long things took */
export function pictureOf(
  { title, header, sections, page, pictures }: PageParts,
  timings: readonly TimingRow[],
): Picture {
  return {
    title,
    header: render(header),
    sections: sections.map(({ id, title, content }) => ({
      id,
      title,
      html: render(<Placed islands={[]} content={content} />),
    })),
    // What the rows are is said of each: the folder may become another experiment's.
    page: Object.fromEntries(
      Object.entries({ rows: "images", ...page }).map(([part, data]) => [part, JSON.stringify(data)]),
    ),
    pictures,
    speeds: JSON.stringify(trainingSpeeds(timings)),
  };
}

/**
 * An experiment's page: the report's own parts, kept up to date, under what tells how far it has come.
 * @param slot stands where that is to be, for fillCourse(): a text that is nowhere else
 */
export function renderExperiment(
  { picture: { title, header, sections, pictures }, page, timings, written }: DrawnExperiment,
  { language, slot, chartScripts }: { language: Language; slot: string; chartScripts: ChartScripts },
): string {
  const between = `${slot} section`;
  const html = renderDocument({
    t: unbroken(messages(language)),
    title,
    header: (
      <>
        <aside id="course" aria-label={viewWords(language).progress.title}>{slot}</aside>
        <script type="application/json" id={COURSE_ID} dangerouslySetInnerHTML={{ __html: slot }} />
        <style id="pictures" dangerouslySetInnerHTML={{ __html: pictures }} />
        <div id="experiment-header" dangerouslySetInnerHTML={{ __html: header }} />
      </>
    ),
    sections: sections.map(({ id, title }) => ({ id, title, content: <>{between}</> })),
    styles: [...STYLES, viewStyle, experimentStyle],
    page,
    chartScripts,
    script: experimentScript,
    connects: true,
  });
  const [first, ...rest] = fillSpeeds(html, timings).split(between);
  return first + sections.map(({ id, html }, i) => (written.get(id) ?? html) + rest[i]).join("");
}

/** Puts how far the experiment has come into its page. */
export function fillCourse(html: string, slot: string, data: ExperimentData): string {
  const t = viewWords(data.language);
  const signals = {
    course: signal(data.course),
    connection: signal<Connection>("open"),
    gone: signal(false),
  };
  const [before, between, after] = html.split(slot);
  return before + render(<CourseView {...signals} t={t} />) + between + jsonText(data) + after;
}

/** A part of a page that no file lies beside. */
export function Placed(
  { islands, content }: { islands: PageKind["islands"]; content: JSX.Element },
): JSX.Element {
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
