import type { JSX } from "preact";
import { compileChart } from "../../report/page/chart/compile_chart.ts";
import { Curves } from "../../report/page/curves/curves.tsx";
import { curvesPart } from "../../report/page/curves/curves_part.ts";
import { Code } from "../../report/page/how/how.tsx";
import { Island } from "../../report/page/island.tsx";
import type { PageData } from "../../report/page/page_data.ts";
import { Rich, Section } from "../../report/page/parts.tsx";
import { type PageParts, pageParts } from "../../report/page/render_page.tsx";
import type { PageSection } from "../../report/page/document.tsx";
import { openState } from "../../report/page/state.ts";
import { unbroken } from "../../report/page/unbroken.ts";
import type { ReportModel } from "../../report/report_model.ts";
import { isValidated } from "../../report/charts/curves_figure.ts";
import { curveSet } from "../../report/sections/curve_data.ts";
import type { Language } from "../../text/language.ts";
import { Bar } from "../bar.tsx";
import { emptyPage } from "../experiment/document.tsx";
import { runWords } from "./words.ts";

export type RunStanding = keyof ReturnType<typeof runWords>["states"];

/** What is known of one run. */
export interface RunView {
  readonly language: Language;
  /** Of its experiment. */
  readonly title: string;
  readonly trial: number;
  readonly seed: number;
  /** The swept values, for a person; empty where nothing is swept. */
  readonly label: string;
  readonly stands: RunStanding;
  /** How far it has come, and how it ended, a sentence each. */
  readonly told: readonly string[];
  /** While it is trained. */
  readonly progress: { readonly epoch: number; readonly epochs: number } | null;
  /** A report of this run alone; null before anything is known of it. */
  readonly model: ReportModel | null;
  /** The runs of its trial as trials of a report, this one first; null before anything is known of it. */
  readonly besides: { readonly model: ReportModel; readonly seeds: readonly number[] } | null;
  /** YAML; null where it cannot be told. */
  readonly config: {
    readonly text: string;
    readonly file: string;
    readonly weights_sha256: string | null;
  } | null;
  /** Where the lab is opened with its weights, or why it is not. */
  readonly lab: { readonly href: string } | { readonly why: string } | null;
  /** What a reader may look for and is not here, with the reason, a sentence each. */
  readonly missing: readonly string[];
}

/** A run's page: the report's parts of it alone, and the config that gives it again. */
export function runParts(view: RunView): PageParts {
  const { language, title, model } = view;
  const said = runWords(language);
  const report = model === null ? null : pageParts(model, { compile: compileChart });
  const page = report?.page ?? emptyPage(language);
  const sections = new Map(report?.sections.map((section) => [section.id, section]));
  const curves = view.besides === null ? null : besideOthers(view.besides, { page, view });
  const name = said.run(view.trial, view.seed);
  const pick = (id: string) => {
    const section = sections.get(id);
    return section === undefined ? [] : [section];
  };
  return {
    title: `${name} – ${title}`,
    header: <Header view={view} name={name} />,
    sections: [
      ...pick("answer"),
      ...curves === null ? pick("curves") : [curves.section],
      ...["fields", "errors", "calibration", "layers"].flatMap(pick),
      ...view.missing.length === 0 ? [] : [missingSection(view)],
      ...view.config === null ? [] : [configSection(view.config, view)],
      ...pick("rules"),
    ],
    page: curves === null ? page : curves.page,
    pictures: report?.pictures ?? "",
  };
}

/** The learning curves of a run in colour, and in grey those of its trial's other seeds. */
function besideOthers(
  { model: given, seeds }: NonNullable<RunView["besides"]>,
  { page, view }: { page: PageData; view: RunView },
): { section: PageSection; page: PageData } | null {
  const said = runWords(view.language);
  const t = unbroken(given.t);
  const model: ReportModel = { ...given, t, label: (place) => said.seed(seeds[place]) };
  const others = seeds.map((_, place) => place).slice(1);
  const set = { ...curveSet(model, 1, others), chosen: [0], others };
  const part = curvesPart(model, set, compileChart);
  if (part === null) return null;
  const curves = {
    ...part,
    tickable: false,
    notes: [
      ...others.length > 0 ? [said.othersNote] : [],
      ...view.stands === "diverged" ? [t.curves.crosses] : [],
      t.curves.note(isValidated(set)),
    ],
    said: {
      one: others.length > 0 ? said.seed(seeds[0]) : t.thisRun,
      rest: said.others(seeds.slice(1)),
    },
  };
  const labels = Object.fromEntries(seeds.map((seed, place) => [place, said.seed(seed)]));
  const shown: PageData = { ...page, ticked: [0], labels, curves };
  const content = (
    <Section id="curves" title={t.curves.heading}>
      <Island name="curves">
        <Curves part={curves} page={shown} t={t} state={openState(shown)} />
      </Island>
    </Section>
  );
  return { section: { id: "curves", title: t.curves.heading, content }, page: shown };
}

function Header({ view, name }: { view: RunView; name: string }): JSX.Element {
  const { language, label, stands, told, progress, lab } = view;
  const said = runWords(language);
  return (
    <header class={`run ${stands}`}>
      <div class="heading">
        <h1>{name}</h1>
        {label !== "" && <p class="name">{label}</p>}
      </div>
      <p class="stands">
        <span class="state">{said.states[stands]}</span>
        <span>{told.join(language === "ja" ? "" : " ")}</span>
      </p>
      {progress !== null && (
        <Bar
          fraction={progress.epochs === 0 ? 0 : progress.epoch / progress.epochs}
          label={said.at(progress.epoch, progress.epochs)}
        />
      )}
      {lab !== null && (
        <p class={"href" in lab ? "lab" : "note"}>
          {"href" in lab ? <a href={lab.href}>{said.lab}</a> : lab.why}
        </p>
      )}
    </header>
  );
}

function missingSection({ language, missing }: RunView): PageSection {
  const title = runWords(language).missing.heading;
  const content = (
    <Section id="missing" title={title}>
      <ul class="points">{missing.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
    </Section>
  );
  return { id: "missing", title, content };
}

function configSection(
  { text, file, weights_sha256 }: NonNullable<RunView["config"]>,
  { language }: RunView,
): PageSection {
  const { config: said } = runWords(language);
  const content = (
    <Section id="config" title={said.heading}>
      <p>
        <Rich text={weights_sha256 === null ? said.howUnended(file) : said.how(file)} />
      </p>
      <div class="copied">
        <p class="controls screen">
          <button
            type="button"
            data-copies
            data-done={said.copied}
            data-selected={said.selected}
            aria-live="polite"
          >
            {said.copy}
          </button>
        </p>
        <Code text={text} />
      </div>
      {weights_sha256 !== null && (
        <dl>
          <dt>{said.weights}</dt>
          <dd>
            <code>{weights_sha256}</code>
          </dd>
        </dl>
      )}
    </Section>
  );
  return { id: "config", title: said.heading, content };
}
