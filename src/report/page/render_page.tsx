import type { JSX } from "preact";
import { curveSet } from "../sections/curve_data.ts";
import { effectCharts } from "../sections/effect_charts.ts";
import { cutTable } from "../sections/table_data.ts";
import type { ReportModel } from "../report_model.ts";
import { Answer } from "./answer/answer.tsx";
import pageStyle from "./page.css" with { type: "text" };
import { Curves } from "./curves/curves.tsx";
import curvesStyle from "./curves/curves.css" with { type: "text" };
import { Effects } from "./effects/effects.tsx";
import effectsStyle from "./effects/effects.css" with { type: "text" };
import { Classes, Confusion, Mistakes } from "./errors/errors.tsx";
import errorsStyle from "./errors/errors.css" with { type: "text" };
import { How } from "./how/how.tsx";
import { Island } from "./island.tsx";
import { Filters } from "./layers/filters.tsx";
import { Layers } from "./layers/layers.tsx";
import layersStyle from "./layers/layers.css" with { type: "text" };
import answerStyle from "./answer/answer.css" with { type: "text" };
import { type ChartScripts, type PageSection, renderDocument } from "./document.tsx";
import { type PageData, pageData } from "./page_data.ts";
import { Section } from "./parts.tsx";
import { openState } from "./state.ts";
import { Trials } from "./trials/trials.tsx";
import trialsStyle from "./trials/trials.css" with { type: "text" };

/** The stylesheets of every part. */
export const STYLES: readonly string[] = [
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

/** `report.html`: the whole report as one file. */
export function renderPage(model: ReportModel, chartScripts: ChartScripts): string {
  const { t, input } = model;
  const cut = cutTable(model, MAX_TRIALS);
  const effects = effectCharts(model);
  const set = curveSet(model, FIRST_TICKED, [...cut.shown, ...cut.broken].map(({ trial }) => trial));
  const page = pageData(model, { cut, set, effects });
  const header = (
    <header>
      <h1>{input.name}</h1>
    </header>
  );
  const sections = pageSections(model, page);
  return renderDocument({ t, title: input.name, header, sections, styles: STYLES, page, chartScripts });
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
  const live = (name: "curves" | "effects" | "layers", title: string, content: JSX.Element | null) =>
    add(
      name,
      title,
      content && (
        <Section id={name} title={title}>
          <Island name={name}>{content}</Island>
        </Section>
      ),
    );
  add("answer", t.answer.heading, <Answer model={model} />);
  add("trials", t.table.heading, <Trials model={model} page={page} state={state} />);
  live("curves", t.curves.heading, page.curves && <Curves part={page.curves} {...props} />);
  live("effects", t.effects.heading, page.effects && <Effects part={page.effects} {...props} />);
  add("confusion", t.confusion.heading, Confusion({ model }));
  add("classes", t.classes.heading, Classes({ model }));
  add("mistakes", t.mistakes.heading, Mistakes({ model }));
  add("filters", t.filters.heading, Filters({ model }));
  live("layers", t.diagnostics.heading, page.layers && <Layers part={page.layers} {...props} />);
  add("how", t.how.heading, <How model={model} />);
  return sections;
}
