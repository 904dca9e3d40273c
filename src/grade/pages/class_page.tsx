import type { JSX } from "preact";
import type { FinalGrade } from "../final_grade.ts";
import { type CheckColumn, checkIn, type ClassData } from "../outputs/class_data.ts";
import { showNumber } from "../show_number.ts";
import type { CheckGrade } from "../submission_grade.ts";
import { Scrollable, Section } from "../../report/page/parts.tsx";
import { Bar, renderPage } from "./page.tsx";

/** The most of a student's text that a tooltip holds, in characters. */
const MOST_TEXT = 300;
/** Pairs of similar submissions that are listed; similarity.csv has all. */
const MOST_PAIRS = 20;
/** Steps of a cell's colour. */
const STEPS = 6;

/** What the page is made from. */
interface ClassPageInput {
  readonly data: ClassData;
  /** Where a student's feedback is, seen from the page. */
  readonly hrefOf: (student: string) => string;
}

/** report.html: the class at a glance, for the instructor. */
export function classPage(data: ClassData, hrefOf: ClassPageInput["hrefOf"]): string {
  const { t } = data;
  const said = t.outputs.class;
  const input = { data, hrefOf };
  return renderPage({
    language: t.language,
    title: said.heading(data.title),
    skip: { text: said.skip, to: "map" },
    wide: true,
    children: (
      <>
        <Summary {...input} />
        {data.unlearned.length > 0 && <Unlearned {...input} />}
        {data.absent.length > 0 && <Absent {...input} />}
        <div class="columns">
          <Distribution {...input} />
          <Problems {...input} />
        </div>
        <HeatMap {...input} />
        <Mistakes {...input} />
        {data.undiagnosed.length > 0 && <Undiagnosed {...input} />}
        {data.hardest.length > 0 && <Hardest {...input} />}
        {data.attention.length + data.unknown.length > 0 && <Attention {...input} />}
        {data.pairs.length > 0 && <Similar {...input} />}
        <footer>
          <p>{said.files}</p>
        </footer>
      </>
    ),
  });
}

function Summary({ data }: ClassPageInput): JSX.Element {
  const { grades, scores, unlearned, absent, incomplete, obstacles, roster, t } = data;
  const said = t.outputs.class;
  const { summary } = said;
  const tiles: [value: string | number, name: string, bad: boolean][] = [
    [grades.length, summary.students, false],
    [showNumber(Math.round(scores.mean * 10) / 10), summary.mean, false],
    [showNumber(scores.median), summary.median, false],
    [unlearned.length, summary.unlearned, unlearned.length > 0],
    ...(roster === null
      ? []
      : [[absent.length, summary.absent, absent.length > 0] as [number, string, boolean]]),
    ...(incomplete === 0 ? [] : [[incomplete, summary.incomplete, true] as [number, string, boolean]]),
  ];
  return (
    <section aria-label={said.distribution} class="summary">
      <dl class="tiles">
        {tiles.map(([value, name, bad]) => (
          <div key={name} class={bad ? "bad" : ""}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {incomplete > 0 && (
        <p class="warning">
          <strong>{said.incomplete(incomplete)}</strong> {obstacles.join(" ")}
        </p>
      )}
    </section>
  );
}

function Unlearned({ data: { unlearned, t }, hrefOf }: ClassPageInput): JSX.Element {
  const said = t.outputs.class;
  return (
    <Section id="unlearned" title={said.unlearned}>
      <p>{said.unlearnedNote}</p>
      <table>
        <thead>
          <tr>
            <th scope="col" class="text">{said.student}</th>
            <th scope="col">{t.outputs.gradescope.accuracy}</th>
            <th scope="col">{said.score}</th>
          </tr>
        </thead>
        <tbody>
          {unlearned.map(({ student, score, grade: { testAccuracy } }) => (
            <tr key={student}>
              <th scope="row" class="text">
                <a href={hrefOf(student)}>{student}</a>
              </th>
              <td class="words">
                {testAccuracy === null ? said.noNetwork : said.share(showNumber(100 * testAccuracy))}
              </td>
              <td>{score}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Absent({ data: { absent, roster, t } }: ClassPageInput): JSX.Element {
  const said = t.outputs.class;
  return (
    <Section id="absent" title={said.absent}>
      <p>{said.absentNote(absent.length, roster ?? absent.length)}</p>
      <ul class="names">{absent.map((student) => <li key={student}>{student}</li>)}</ul>
    </Section>
  );
}

function Distribution({ data: { bins, points, scores, t } }: ClassPageInput): JSX.Element {
  const said = t.outputs.class;
  const most = bins.reduce((top, { count }) => Math.max(top, count), 1);
  const [width, height, floor, margin] = [44, 150, 178, 18];
  const caption = said.histogram(points, showNumber(scores.median));
  const x = (score: number) => margin + bins.length * width * Math.min(1, score / points);
  return (
    <Section id="distribution" title={said.distribution}>
      <figure>
        <svg
          class="chart histogram"
          viewBox={`0 0 ${2 * margin + bins.length * width} 204`}
          role="img"
          aria-label={`${caption}${t.outputs.colon}${
            bins.filter(({ count }) => count > 0).map(({ from, to, count }) =>
              said.bin(String(from), String(to), count)
            ).join(t.outputs.semicolon)
          }`}
        >
          {bins.map(({ from, to, count }, i) => {
            const tall = height * count / most;
            return (
              <g key={from}>
                <title>{said.bin(String(from), String(to), count)}</title>
                <rect
                  class="count"
                  x={margin + i * width + 2}
                  y={(floor - tall).toFixed(1)}
                  width={width - 4}
                  height={tall.toFixed(1)}
                />
                {count > 0 && (
                  <text class="tick middle" x={margin + (i + 0.5) * width} y={(floor - tall - 6).toFixed(1)}>
                    {count}
                  </text>
                )}
              </g>
            );
          })}
          <line class="axis" x1={margin} x2={margin + bins.length * width} y1={floor} y2={floor} />
          {[...bins.map(({ from }) => from), bins[bins.length - 1].to].map((edge, i) => (
            <text key={edge} class="tick middle" x={margin + i * width} y={floor + 17}>{edge}</text>
          ))}
          <path class="median" d={`M${x(scores.median).toFixed(1)} ${floor}l-5 0l5 -8l5 8z`} />
        </svg>
        <figcaption class="note">{caption}</figcaption>
      </figure>
    </Section>
  );
}

function Problems({ data: { problems, grades, t } }: ClassPageInput): JSX.Element {
  const said = t.outputs.class;
  return (
    <Section id="problems" title={said.problems}>
      <Scrollable label={said.problems}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="text">{said.problem}</th>
              <th scope="col">{said.mean}</th>
              <th scope="col">{said.of}</th>
              <td class="bars" />
              <th scope="col">{said.full}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map(({ title, mean, points, full }, p) => (
              <tr key={p}>
                <th scope="row" class="text wrap">{t.outputs.feedback.problem(p + 1, title)}</th>
                <td>{showNumber(Math.round(mean * 10) / 10)}</td>
                <td class="soft">{points}</td>
                <td class="bars">
                  <Bar share={mean / points} />
                </td>
                <td>{said.fullOf(full, grades.length)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </Section>
  );
}

/** Students x checks. Who has not learned comes first, then the lowest score. */
function HeatMap({ data, hrefOf }: ClassPageInput): JSX.Element {
  const { t, columns, problems } = data;
  const said = t.outputs.class;
  const first = (final: FinalGrade) => final.grade.learned === false ? 0 : 1;
  const rows = [...data.grades].sort((a, b) => first(a) - first(b) || a.score - b.score);
  return (
    <Section id="map" title={said.map}>
      <p class="note">{said.mapNote}</p>
      <ul class="key">
        <li>
          <span class="swatch h0" />
          {said.mapKey.all}
        </li>
        <li>
          <span class={`swatch h${STEPS}`} />
          {said.mapKey.none}
        </li>
        <li>
          <span class="swatch open" />
          {said.mapKey.open}
        </li>
      </ul>
      <Scrollable label={said.map}>
        <table class="map">
          <thead>
            <tr>
              <td class="corner" colSpan={2} />
              {problems.map(({ title }, p) => {
                const span = columns.filter(({ problem }) => problem === p).length;
                return span > 0 && (
                  <th key={p} scope="colgroup" colSpan={span} class="group" title={title}>{p + 1}</th>
                );
              })}
            </tr>
            <tr>
              <th scope="col" class="text">{said.student}</th>
              <th scope="col" class="score">{said.score}</th>
              {columns.map((column, i) => (
                <th key={i} scope="col" class={edge(columns, i)}>
                  <span class="upright">{column.title}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((final) => (
              <tr key={final.student}>
                <th scope="row" class="text">
                  <a href={hrefOf(final.student)} title={final.student}>{final.student}</a>
                  {final.grade.learned === false && (
                    <span class="badge">
                      {final.grade.testAccuracy === null ? said.noNetworkShort : said.chance}
                    </span>
                  )}
                </th>
                <td class="score">{final.score}</td>
                {columns.map((column, i) => (
                  <Cell key={i} check={checkIn(final, column)} edge={edge(columns, i)} t={t} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </Section>
  );
}

/** Where a problem begins there is a line. */
function edge(columns: readonly CheckColumn[], i: number): string {
  return i === 0 || columns[i - 1].problem !== columns[i].problem ? "edge" : "";
}

function Cell(
  { check, edge, t }: { check: CheckGrade | undefined; edge: string; t: ClassData["t"] },
): JSX.Element {
  const { class: said, status: words } = t.outputs;
  if (check === undefined) return <td class={`absent ${edge}`} title={said.mapKey.absent} />;
  const { points, max, status, reason } = check;
  const text = cut(said.cell(points, max, words[status], reason));
  if (status === "not_graded") return <td class={`open ${edge}`} title={text}>?</td>;
  const lost = max === 0 ? 0 : Math.min(1, Math.max(0, 1 - points / max));
  const step = lost === 0 ? 0 : Math.max(1, Math.round(STEPS * lost));
  return <td class={`h${step} ${edge}`} title={text}>{points}</td>;
}

function Mistakes({ data: { mistakes, grades, t }, hrefOf }: ClassPageInput): JSX.Element {
  const said = t.outputs.class;
  return (
    <Section id="mistakes" title={said.mistakes}>
      {mistakes.length === 0 ? <p>{said.none}</p> : (
        <Scrollable label={said.mistakes}>
          <table>
            <thead>
              <tr>
                <th scope="col" class="text">{said.mistake}</th>
                <th scope="col">{said.students}</th>
                <td class="bars" />
                <th scope="col" class="text">{said.who}</th>
              </tr>
            </thead>
            <tbody>
              {mistakes.map(({ title, students }) => (
                <tr key={title}>
                  <th scope="row" class="text wrap">{title}</th>
                  <td>{students.length}</td>
                  <td class="bars">
                    <Bar share={students.length / grades.length} tone="soft" />
                  </td>
                  <td class="text wrap">
                    <Names students={students} hrefOf={hrefOf} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      )}
    </Section>
  );
}

function Undiagnosed({ data: { undiagnosed, t }, hrefOf }: ClassPageInput): JSX.Element {
  const said = t.outputs.class;
  return (
    <Section id="undiagnosed" title={said.undiagnosed}>
      <p class="note">{said.undiagnosedNote}</p>
      <Scrollable label={said.undiagnosed}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="text">{said.check}</th>
              <th scope="col" class="text">{said.found}</th>
              <th scope="col">{said.students}</th>
              <th scope="col" class="text">{said.who}</th>
            </tr>
          </thead>
          <tbody>
            {undiagnosed.map(({ check, reason, students }) => (
              <tr key={check + reason}>
                <th scope="row" class="text wrap">{check}</th>
                <td class="text wrap">{cut(reason)}</td>
                <td>{students.length}</td>
                <td class="text wrap">
                  <Names students={students} hrefOf={hrefOf} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </Section>
  );
}

function Hardest({ data: { hardest, t } }: ClassPageInput): JSX.Element {
  const said = t.outputs.class;
  return (
    <Section id="hardest" title={said.hardest}>
      <Scrollable label={said.hardest}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="text">{said.check}</th>
              <th scope="col">{said.given}</th>
              <td class="bars" />
              <th scope="col">{said.students}</th>
            </tr>
          </thead>
          <tbody>
            {hardest.map(({ title, code, part, students }) => (
              <tr key={code}>
                <th scope="row" class="text wrap">
                  {title} <small class="soft">{code}</small>
                </th>
                <td>{said.share(showNumber(Math.round(1000 * part) / 10))}</td>
                <td class="bars">
                  <Bar share={part} />
                </td>
                <td>{students}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </Section>
  );
}

function Attention({ data: { attention, unknown, t }, hrefOf }: ClassPageInput): JSX.Element {
  const { class: said, semicolon } = t.outputs;
  return (
    <Section id="attention" title={said.attention}>
      <dl class="remarks">
        {attention.map(({ student, remarks }) => (
          <div key={student}>
            <dt>
              <a href={hrefOf(student)}>{student}</a>
            </dt>
            <dd>{remarks.join(semicolon)}</dd>
          </div>
        ))}
      </dl>
      {unknown.map((sentence) => <p key={sentence} class="note">{sentence}</p>)}
    </Section>
  );
}

function Similar({ data: { pairs, t } }: ClassPageInput): JSX.Element {
  const said = t.outputs.class;
  return (
    <Section id="similar" title={said.similarHeading}>
      <ul>
        {pairs.slice(0, MOST_PAIRS).map(({ a, b, what, similarity, note, submissions }) => (
          <li key={submissions.a + submissions.b + what}>
            {said.similarTo(
              ...([[a, submissions.a], [b, submissions.b]].map(([student, submission]) =>
                student === submission ? student : `${student}${t.outputs.feedback.word(submission)}`
              ) as [string, string]),
            )}
            {t.outputs.colon}
            {[
              what,
              said.share(showNumber(Math.round(100 * similarity))),
              ...(note === null ? [] : [said.similarNote[note]]),
            ].join(t.outputs.comma)}
          </li>
        ))}
      </ul>
      {pairs.length > MOST_PAIRS && <p class="note">{said.morePairs(MOST_PAIRS, pairs.length)}</p>}
    </Section>
  );
}

/** Names that lead to their feedback. */
function Names(
  { students, hrefOf }: { students: readonly string[]; hrefOf: ClassPageInput["hrefOf"] },
): JSX.Element {
  return (
    <ul class="names">
      {students.map((student) => (
        <li key={student}>
          <a href={hrefOf(student)}>{student}</a>
        </li>
      ))}
    </ul>
  );
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= MOST_TEXT ? text : `${characters.slice(0, MOST_TEXT - 1).join("")}…`;
}
