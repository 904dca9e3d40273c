import type { JSX } from "preact";
import type { Comparison, MetricChange } from "../../../analysis/comparison.ts";
import { METRIC, type Metric } from "../../../tables/metrics.ts";
import { formatBeside } from "../../../analysis/trial_parameters.ts";
import { MISSING } from "../../../text/numbers.ts";
import type { RowKind } from "../../../data/catalogue.ts";
import { withoutControls } from "../../../text/controls.ts";
import { COLOURS } from "../../charts/palette.ts";
import { formatDifference, formatStatistics, letter, onOtherData } from "../../comparison_text.ts";
import { compareMessages } from "../../messages/compare.ts";
import type { Messages } from "../../messages/en.ts";
import { messages } from "../../messages/messages.ts";
import { labelOf, type ReportModel, reportModel } from "../../report_model.ts";
import { curveSet } from "../../sections/curve_data.ts";
import { fillSpeeds } from "../../speeds_slot.ts";
import { type ComparedChoice, comparisonVerdict } from "../../sections/comparison_data.ts";
import { cutTable } from "../../sections/table_data.ts";
import type { Language } from "../../../text/language.ts";
import type { EpochRow } from "../../../tables/history_csv.ts";
import type { RunRow } from "../../../tables/results_csv.ts";
import type { TimingRow } from "../../../tables/timings_csv.ts";
import { compileChart } from "../chart/compile_chart.ts";
import { Curves } from "../curves/curves.tsx";
import { type ChartScripts, type PageSection, renderDocument } from "../document.tsx";
import { Island } from "../island.tsx";
import { pageData } from "../page_data.ts";
import { Code } from "../how/how.tsx";
import { Column, Note, Scrollable, Section } from "../parts.tsx";
import { type PageParts, STYLES } from "../render_page.tsx";
import { openState } from "../state.ts";
import compareStyle from "./compare.css" with { type: "text" };
import { ComparedTrials } from "./compared_trials.tsx";

/** What a page of a comparison is made of; every list has one item a trial, in their order. */
export interface ComparisonInput {
  readonly language: Language;
  readonly comparison: Comparison;
  readonly choices: readonly ComparedChoice[];
  /** What is known of each besides, in words. */
  readonly about: readonly (readonly string[])[];
  readonly runs: readonly (readonly RunRow[])[];
  readonly history: readonly (readonly EpochRow[])[];
  /** What the rows of each one's data set are. */
  readonly kinds: readonly RowKind[];
  /** How many images each trains on; undefined where that is not known. */
  readonly trainingImages: readonly (number | undefined)[];
  readonly timings: readonly (readonly TimingRow[])[];
  /** How to get it again: a command, under what is said of it. Null where none gives the same. */
  readonly how: { readonly said: string; readonly command: string } | null;
}

/** By this a file is known to be such a page. */
export const GENERATOR = "deno task compare";

/** Besides those of a report's page. */
export const COMPARISON_STYLES: readonly string[] = [compareStyle];

/** Trials that were compared, as one page that needs nothing else. @throws RangeError if no trial has a run */
export function renderComparisonPage(input: ComparisonInput, chartScripts: ChartScripts): string {
  const { title, header, sections, page } = comparisonParts(input);
  const html = renderDocument({
    t: messages(input.language),
    noScript: compareMessages(input.language).noScript,
    title,
    generator: GENERATOR,
    header,
    sections,
    styles: [...STYLES, ...COMPARISON_STYLES],
    page,
    chartScripts,
  });
  return fillSpeeds(html, comparedTimings(input));
}

/** The times of all trials, each as the trial that its place makes it on the page. */
export function comparedTimings({ timings }: Pick<ComparisonInput, "timings">): TimingRow[] {
  return timings.flatMap((rows, trial) => rows.map((row) => ({ ...row, trial })));
}

/** The parts of such a page. @throws RangeError if no trial has a run */
export function comparisonParts(input: ComparisonInput): PageParts {
  const { comparison, language, choices, about } = input;
  const names = comparison.names.map((name) => withoutControls(name));
  const rows = rowsOf(input);
  const model = comparedModel(input, { names, rows });
  const { t } = model;
  const said = compareMessages(language, rows);
  const drawn = curveSet(model, COLOURS);
  // In the order in which they were named, so that A has the first colour.
  const chosen = names.map((_, trial) => trial).slice(0, COLOURS);
  const others = names.map((_, trial) => trial).slice(COLOURS);
  const page = {
    ...pageData(model, {
      cut: cutTable(model, names.length),
      set: { ...drawn, chosen, others },
      effects: null,
      compile: compileChart,
    }).page,
    compared: {
      trials: names.map((name, i) => ({
        letter: letter(i),
        draw: said.draw(letter(i)),
        name,
        about: about[i],
      })),
    },
  };
  const state = openState(page);
  const props = { page, t, state };
  const { verdict, cautions } = comparisonVerdict(comparison, { choices, rows, t });
  const sections: PageSection[] = [
    {
      id: "verdict",
      title: said.verdict,
      content: (
        <Section id="verdict" title={said.verdict}>
          <p class="lead">{verdict}</p>
          <Note sentences={cautions} space={t.space} />
          <Island name="compared">
            <ComparedTrials part={page.compared} {...props} />
          </Island>
        </Section>
      ),
    },
    { id: "metrics", title: said.metrics, content: <Metrics comparison={comparison} t={t} /> },
    { id: "settings", title: said.settings, content: <Settings comparison={comparison} model={model} /> },
  ];
  if (page.curves !== null) {
    const content = (
      <Section id="curves" title={t.curves.heading}>
        <Island name="curves">
          <Curves part={page.curves} {...props} />
        </Island>
      </Section>
    );
    sections.push({ id: "curves", title: t.curves.heading, content });
  }
  const { how } = input;
  sections.push({
    id: "how",
    title: t.how.heading,
    content: (
      <Section id="how" title={t.how.heading}>
        {how !== null && (
          <>
            <p>{how.said}</p>
            <Code text={withoutControls(how.command)} />
          </>
        )}
        <Note sentences={[t.how.definitions]} space="" />
      </Section>
    ),
  });
  const title = said.title(names);
  const header = (
    <header>
      <h1>{title}</h1>
    </header>
  );
  return { title, header, sections, page, pictures: "" };
}

/** What the trials' data sets are made of; rows where they differ, as an image or a point is one too. */
function rowsOf({ kinds: [first, ...others] }: ComparisonInput): RowKind {
  return others.every((kind) => kind === first) ? first : "rows";
}

/** The trials as those of one report, numbered by their places, of the runs that are compared. */
function comparedModel(
  { comparison, language, choices, runs, history, trainingImages }: ComparisonInput,
  { names, rows }: { names: readonly string[]; rows: RowKind },
) {
  const { common } = comparison.seeds;
  const isCompared = ({ seed }: { seed: number }) => common.length === 0 || common.includes(seed);
  const numbered = <Row extends { seed: number }>(rows: readonly (readonly Row[])[]) =>
    rows.flatMap((of, trial) => of.filter(isCompared).map((row) => ({ ...row, trial })));
  const model = reportModel({
    name: names.join(),
    language,
    kind: rows,
    objective: { ...choices[0].objective, by_epochs: false },
    rows: numbered(runs),
    history: numbered(history),
    trials: names.map((_, trial) => ({ trial, parameters: {} })),
    matrices: new Map(),
    inspections: new Map(),
    diagnostics: new Map(),
    trainingImages: Object.fromEntries(
      trainingImages.flatMap((images, trial) => images === undefined ? [] : [[trial, images]]),
    ),
    data: {},
    versions: {},
  });
  return { ...model, label: (trial: number) => `${letter(trial)}${model.t.colon}${names[trial]}` };
}

/** The settings that differ side by side, and those that do not. */
function Settings(
  { comparison: { names, settings, same }, model }: { comparison: Comparison; model: ReportModel },
): JSX.Element {
  const { t } = model;
  const said = compareMessages(t.language);
  const label = (path: string) => labelOf(model, path) ?? (path === "dataset" ? said.dataset : undefined);
  return (
    <Section id="settings" title={said.settings}>
      {settings.length === 0
        ? <p>{said.allSame}</p>
        : (
          <Scrollable label={said.settings + t.colon + said.setting}>
            <table class="settings">
              <LettersHead first={said.setting} count={names.length} />
              <tbody>
                {settings.map(({ path, values }) => (
                  <tr key={path}>
                    <Setting path={path} label={label(path)} />
                    {formatSettings(values, t).map((text, i) => <td key={i}>{text}</td>)}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrollable>
        )}
      {same.length > 0 && (
        <details>
          <summary>{said.sameSettings(same.length)}</summary>
          <table class="settings">
            <tbody>
              {same.map(({ path, value }) => (
                <tr key={path}>
                  <Setting path={path} label={label(path)} />
                  <td>{formatSettings([value], t)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </Section>
  );
}

/** The head of a table that has a column for each trial. */
function LettersHead({ first, count }: { first: string; count: number }): JSX.Element {
  return (
    <thead>
      <tr>
        <Column text={first} words />
        {Array.from({ length: count }, (_, i) => <Column key={i} text={letter(i)} />)}
      </tr>
    </thead>
  );
}

function Setting({ path, label }: { path: string; label: string | undefined }): JSX.Element {
  return (
    <th scope="row" class="text">
      {label !== undefined && label !== path && (
        <>
          {label}
          <br />
        </>
      )}
      <code>{path}</code>
    </th>
  );
}

function formatSettings(values: readonly unknown[], t: Messages): string[] {
  const texts = formatBeside(values);
  return values.map((value, i) => value === undefined ? MISSING : texts[i] === "none" ? t.none : texts[i]);
}

/** The metrics of all trials, and how they changed against the first. */
function Metrics({ comparison, t }: { comparison: Comparison; t: Messages }): JSX.Element {
  const { names, runs, metrics, seeds, keeps_best } = comparison;
  const said = compareMessages(t.language);
  const judged = !onOtherData(comparison);
  const several = metrics.some(({ values }) => values.some(({ n }) => n > 1));
  const label = (metric: Metric) => METRIC[metric].shortLabel[t.language];
  const lower = metrics.map(({ metric }) => metric).filter((metric) => METRIC[metric].goal === "minimize");
  const over = seeds.common.length > 0 ? said.over(seeds.common.length, keeps_best) : said.overOwn;
  return (
    <Section id="metrics" title={said.metrics}>
      <Note sentences={[over, several ? said.spread : ""]} space={t.space} />
      <Scrollable label={said.metrics + t.colon + said.metric}>
        <table class="values">
          <LettersHead first={said.metric} count={names.length} />
          <tbody>
            {metrics.map(({ metric, values }) => (
              <tr key={metric}>
                <th scope="row" class="text">{label(metric)}</th>
                {values.map((value, i) => (
                  <td key={i}>{runs[i] === 0 ? MISSING : formatStatistics(metric, value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      <h3>{said.changes}</h3>
      <Note sentences={[said.changesNote(comparison.compared)]} space="" />
      <p class="note beside-forest">
        {[said.forest, ...judged ? [said.betterSide(lower.map(label))] : []].join(t.space)}
      </p>
      <table class="changes">
        <thead>
          <tr>
            <Column text={said.metric} words />
            <Column text={said.change} />
            <Column text={t.effects.intervalColumn} />
            <td class="forest" />
            <td class="text" />
          </tr>
        </thead>
        {names.slice(1).map((_, other) => (
          <tbody key={other}>
            <tr>
              <th scope="rowgroup" class="text" colSpan={5}>{said.against(letter(other + 1))}</th>
            </tr>
            {metrics.map(({ metric, changes }) => {
              const found = changes[other + 1];
              if (found === null) return null;
              return (
                <Change
                  key={metric}
                  title={label(metric)}
                  metric={metric}
                  change={found}
                  all={changes}
                  judged={judged}
                  t={t}
                />
              );
            })}
          </tbody>
        ))}
      </table>
    </Section>
  );
}

function Change({ title, metric, change: { difference, verdict }, all, judged, t }: {
  title: string;
  metric: Metric;
  change: MetricChange;
  /** Of all trials, to whose scale its interval is drawn. */
  all: readonly (MetricChange | null)[];
  /** Whether it is called better or worse. */
  judged: boolean;
  t: Messages;
}): JSX.Element {
  const { mean, low, high } = difference;
  const said = compareMessages(t.language);
  const ends = all.flatMap((
    change,
  ) => [change?.difference.mean, change?.difference.low, change?.difference.high]);
  const most = ends.reduce<number>((most, end) => Math.max(most, Math.abs(end ?? 0)), 0);
  const at = (value: number) => most === 0 ? 50 : 50 + 46 * value / most;
  const interval = low === null || high === null
    ? MISSING
    : t.conclusions.interval(formatDifference(metric, low, said), formatDifference(metric, high, said));
  return (
    <tr>
      <td class="text">{title}</td>
      <td>{formatDifference(metric, mean, said)}</td>
      <td>{interval}</td>
      <td class="forest">
        <span class="zero" />
        {low !== null && high !== null && (
          <span
            class="interval"
            style={`left:${at(low).toFixed(1)}%;width:${(at(high) - at(low)).toFixed(1)}%`}
          />
        )}
        {mean !== null && <span class="mean" style={`left:${at(mean).toFixed(1)}%`} />}
      </td>
      <td class="text">{judged && said.verdicts[verdict]}</td>
    </tr>
  );
}
