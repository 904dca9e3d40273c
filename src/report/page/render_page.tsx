import type { JSX } from "preact";
import { curveSet } from "../sections/curve_data.ts";
import { effectCharts } from "../sections/effect_charts.ts";
import { cutTable } from "../sections/table_data.ts";
import { paragraphs, type ReportModel } from "../report_model.ts";
import { Answer, Rules } from "./answer/answer.tsx";
import baseStyle from "./base.css" with { type: "text" };
import pageStyle from "./page.css" with { type: "text" };
import { type ChartCompiler, LaterCharts } from "./chart/later_charts.ts";
import type { CompileChart } from "./chart/page_chart.ts";
import { Calibration } from "./calibration/calibration.tsx";
import calibrationStyle from "./calibration/calibration.css" with { type: "text" };
import { Curves } from "./curves/curves.tsx";
import curvesStyle from "./curves/curves.css" with { type: "text" };
import { Effects } from "./effects/effects.tsx";
import effectsStyle from "./effects/effects.css" with { type: "text" };
import { Errors } from "./errors/errors.tsx";
import errorsStyle from "./errors/errors.css" with { type: "text" };
import { Fields } from "./fields/fields.tsx";
import fieldsStyle from "./fields/fields.css" with { type: "text" };
import { How } from "./how/how.tsx";
import { Island } from "./island.tsx";
import { Layers } from "./layers/layers.tsx";
import type { Leads } from "./leads.ts";
import layersStyle from "./layers/layers.css" with { type: "text" };
import answerStyle from "./answer/answer.css" with { type: "text" };
import { type ChartScripts, type PageSection, renderAround } from "./document.tsx";
import { type PageData, pageData } from "./page_data.ts";
import { Section } from "./parts.tsx";
import { openState } from "./state.ts";
import { Runs } from "./answer/runs.tsx";
import { Trials } from "./trials/trials.tsx";
import { unbroken } from "./unbroken.ts";
import { withoutControls } from "../../text/controls.ts";
import trialsStyle from "./trials/trials.css" with { type: "text" };

/** The stylesheets of every part. */
export const STYLES: readonly string[] = [
  baseStyle,
  pageStyle,
  answerStyle,
  trialsStyle,
  curvesStyle,
  effectsStyle,
  errorsStyle,
  calibrationStyle,
  fieldsStyle,
  layersStyle,
];

/** Rows of the ranked table: a reader who wants more has `results.csv`. */
const MAX_TRIALS = 100;
const FIRST_TICKED = 5;

/** What a page of a report is made of. */
export interface PageParts {
  /** Of the window. */
  readonly title: string;
  readonly header: JSX.Element;
  readonly sections: readonly PageSection[];
  readonly page: PageData;
  /** The style that holds the pictures that the living parts show. */
  readonly pictures: string;
}

/** `report.html`: the whole report as one file. Rejects where a chart cannot be compiled */
export async function renderPage(
  report: ReportModel,
  chartScripts: ChartScripts,
  compiler: ChartCompiler,
): Promise<string> {
  const charts = new LaterCharts(compiler);
  const { title, header, sections, page, pictures } = pageParts(report, charts);
  const around = renderAround({
    t: unbroken(report.t),
    title,
    header,
    sections,
    styles: [...STYLES, pictures],
    chartScripts,
  });
  await charts.filled();
  return around(page);
}

/**
 * Works out the parts of a report's page.
 * @param options.most `table`: the answer and the table of trials and no part after them, for who wants to see these at once
 * @param options.leads where it leads from its trials; a file leads nowhere
 */
export function pageParts(
  report: ReportModel,
  { compile, most = "all", leads }: { compile: CompileChart; most?: "all" | "table"; leads?: Leads },
): PageParts {
  const model = { ...report, t: unbroken(report.t) };
  const { input } = model;
  const title = input.title && withoutControls(input.title);
  const cut = cutTable(model, MAX_TRIALS);
  const effects = most === "all" ? effectCharts(model) : null;
  const set = curveSet(model, FIRST_TICKED, [...cut.shown, ...cut.broken].map(({ trial }) => trial));
  const { page: data, pictures } = pageData(model, { cut, set, effects, compile, most });
  const page = leads === undefined ? data : { ...data, leads };
  const header = (
    <header>
      <div class="heading">
        <h1>{title ?? input.name}</h1>
        {title !== undefined && <p class="name">{input.name}</p>}
      </div>
      {paragraphs(model).map((text) => <p key={text} class="about">{text}</p>)}
    </header>
  );
  return {
    title: title === undefined ? input.name : `${title} (${input.name})`,
    header,
    sections: pageSections(model, page),
    page,
    pictures,
  };
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
    name: "curves" | "effects" | "errors" | "calibration" | "layers",
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
    add(
      "trials",
      t.table.heading(page.trials.table.ranked > 0),
      <Trials model={model} page={page} state={state} />,
    );
  } else add("trials", t.runTable.heading, Runs({ model }));
  add("fields", t.fields.heading, Fields({ model }));
  live("curves", t.curves.heading, page.curves && <Curves part={page.curves} {...props} />);
  live("effects", t.effects.heading, page.effects && <Effects part={page.effects} {...props} />);
  live("errors", t.errors.heading, page.errors && <Errors part={page.errors} {...props} />);
  live(
    "calibration",
    t.calibration.heading,
    page.calibration ? <Calibration part={page.calibration} {...props} /> : null,
  );
  live("layers", t.diagnostics.layers, page.layers && <Layers part={page.layers} {...props} />);
  add("how", t.how.heading, <How model={model} />);
  add("rules", t.rules.heading, Rules({ model }));
  return sections;
}
