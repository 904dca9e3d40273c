import type { JSX } from "preact";
import { dataUri, greyPng } from "../../report/images/png.ts";
import { evenIndices } from "../../text/sparkline.ts";
import type { LearningCurve, WrongImages } from "../exhibits.ts";
import type { GradeMessages } from "../messages/messages.ts";
import { type CheckFeedback, type Feedback, MARKS, type ProblemFeedback } from "../outputs/feedback.ts";
import { showNumber } from "../show_number.ts";
import { LossChart } from "./loss_chart.tsx";
import { Scrollable, Section } from "../../report/page/parts.tsx";
import { Bar, Prose, renderPage } from "./page.tsx";

/** Rows of the table of losses. */
const MOST_ROWS = 100;
/** feedback/<student>.html: what the Markdown says, as a page, with the learning curve and the misclassified images. */
export function studentPage(feedback: Feedback): string {
  const { t, title, student, exhibits: { curve, wrong } } = feedback;
  const { student: said } = t.outputs;
  return renderPage({
    language: t.language,
    title,
    subtitle: student,
    skip: { text: said.skip, to: "points" },
    children: (
      <>
        <Overview feedback={feedback} />
        {feedback.problems.map((problem) => <Problem key={problem.number} problem={problem} t={t} />)}
        {curve !== null && <Curve curve={curve} t={t} />}
        {wrong !== null && <Images wrong={wrong} t={t} />}
        <footer>
          <p>
            {feedback.colophon} <code>{feedback.hash}</code>
            {t.outputs.stop}
          </p>
        </footer>
      </>
    ),
  });
}

/** The total, what is to be said of it, and the problems as a table. */
function Overview({ feedback }: { feedback: Feedback }): JSX.Element {
  const { t, points, max, whole, besides, remarks, warnings, notes, problems, sums } = feedback;
  const said = t.outputs.student;
  const sentences = [...(besides === "" ? [] : [besides]), ...remarks];
  return (
    <section id="points" aria-label={said.overview} class="hero">
      <div>
        <p class="big">{points}</p>
        <p class="lead">{whole ? said.of(max) : said.ofShown(max)}</p>
        {sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
        {warnings.map((warning) => <p key={warning} class="warning">{warning}</p>)}
        {notes.map((note) => <p key={note} class="info">{note}</p>)}
      </div>
      <table>
        <caption class="unseen">{said.overview}</caption>
        <thead>
          <tr>
            <th scope="col" class="text">{said.problem}</th>
            <th scope="col">{said.points}</th>
            <th scope="col">{said.worth}</th>
            <td class="bars" />
          </tr>
        </thead>
        <tbody>
          {problems.map(({ number, title, points, max, checks }) => (
            <tr
              key={number}
              class={checks.some(({ mark }) => mark === "wrong") ? "lost" : ""}
            >
              <th scope="row" class="text">
                <a href={`#problem-${number}`}>{t.outputs.feedback.problem(number, title)}</a>
              </th>
              <td>{checks.length === 0 ? "–" : points}</td>
              <td class="soft">{checks.length === 0 ? "" : max}</td>
              <td class="bars">{max > 0 && <Bar share={points / max} />}</td>
            </tr>
          ))}
        </tbody>
        {sums.length > 0 && (
          <tfoot>
            {sums.map(({ title, points }, i) => (
              <tr key={title}>
                <th scope="row" class="text">{title}</th>
                <td>{points}</td>
                <td class="soft">{i === sums.length - 1 ? max : ""}</td>
                <td class="bars" />
              </tr>
            ))}
          </tfoot>
        )}
      </table>
    </section>
  );
}

function Problem({ problem, t }: { problem: ProblemFeedback; t: GradeMessages }): JSX.Element {
  const { number, title, total, override, checks, hidden } = problem;
  const { feedback } = t.outputs;
  return (
    <section id={`problem-${number}`} aria-labelledby={`problem-${number}-title`} class="problem">
      <h2 id={`problem-${number}-title`}>
        {feedback.problem(number, title)} <span class="total">{total}</span>
      </h2>
      {override !== null && <p class="changed">{override}</p>}
      <ul class="checks">{checks.map((check) => <Check key={check.title} check={check} t={t} />)}</ul>
      {hidden > 0 && <p class="note">{feedback.hidden(hidden)}</p>}
    </section>
  );
}

function Check({ check, t }: { check: CheckFeedback; t: GradeMessages }): JSX.Element {
  const { title, mark, total, reason, hint, override } = check;
  const said = t.outputs.student;
  return (
    <li class={mark}>
      <span class="mark" role="img" aria-label={said.mark[mark]}>{MARKS[mark]}</span>
      <h3>{title}</h3>
      <span class="total">{total}</span>
      <div class="found">
        <p>
          <Prose text={reason} />
        </p>
        {hint !== null && (
          <p class="hint">
            <strong>{said.hint}</strong> <Prose text={hint} />
          </p>
        )}
        {override !== null && <p class="changed">{override}</p>}
      </div>
    </li>
  );
}

function Curve({ curve, t }: { curve: LearningCurve; t: GradeMessages }): JSX.Element {
  const said = t.outputs.student.curve;
  const { own, ours, sameSeeds } = curve;
  const lost = own.filter(({ train_loss }) => train_loss === null).length;
  const notes = [
    ...(ours === null ? [said.alone] : []),
    ...(ours !== null && ours.length < own.length ? [said.short(ours.length)] : []),
    ...(lost > 0 ? [said.broken(lost)] : []),
  ];
  return (
    <Section id="curve" title={said.heading}>
      <p class="key">
        <span>
          <svg class="line" viewBox="0 0 32 10" aria-hidden="true">
            <path class="own" d="M0 5H32" />
            <circle class="own" cx="16" cy="5" r="3.2" />
          </svg>
          {said.yours}
        </span>
        {ours !== null && (
          <span>
            <svg class="line" viewBox="0 0 32 10" aria-hidden="true">
              <path class="ours" d="M0 5H32" />
            </svg>
            {sameSeeds ? said.ours : said.oursOfOtherSeeds}
          </span>
        )}
      </p>
      <div class="charts">
        <LossChart metric="train_loss" title={said.train} curve={curve} t={t} />
        <LossChart metric="val_loss" title={said.validation} curve={curve} t={t} />
      </div>
      {notes.map((note) => <p key={note} class="note">{note}</p>)}
      <Numbers curve={curve} t={t} />
    </Section>
  );
}

/** The losses as a table, for who cannot see the charts. */
function Numbers({ curve: { own, ours }, t }: { curve: LearningCurve; t: GradeMessages }): JSX.Element {
  const said = t.outputs.student.curve;
  const shown = evenIndices(own.length, MOST_ROWS);
  const cell = (loss: number | null | undefined) => (
    <td>{loss === null || loss === undefined ? "–" : showNumber(loss)}</td>
  );
  const matching = new Map(ours?.map((point) => [point.epoch, point]));
  const heads = ours === null ? [said.yours] : [said.yours, said.ours];
  return (
    <details>
      <summary>{said.table}</summary>
      <Scrollable label={said.table}>
        <table>
          <thead>
            <tr>
              <td />
              <th scope="colgroup" colSpan={heads.length}>{said.train}</th>
              <th scope="colgroup" colSpan={heads.length}>{said.validation}</th>
            </tr>
            <tr>
              <th scope="col">{said.epoch}</th>
              {[...heads, ...heads].map((head, i) => <th key={i} scope="col" class="wrap">{head}</th>)}
            </tr>
          </thead>
          <tbody>
            {shown.map((i) => {
              const { epoch, train_loss, val_loss } = own[i];
              return (
                <tr key={i}>
                  <th scope="row">{epoch}</th>
                  {cell(train_loss)}
                  {ours !== null && cell(matching.get(epoch)?.train_loss)}
                  {cell(val_loss)}
                  {ours !== null && cell(matching.get(epoch)?.val_loss)}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrollable>
      {shown.length < own.length && <p class="note">{said.cut(shown.length, own.length)}</p>}
    </details>
  );
}

function Images(
  { wrong: { tested, count, images }, t }: { wrong: WrongImages; t: GradeMessages },
): JSX.Element {
  const said = t.outputs.student.images;
  return (
    <Section id="images" title={said.heading}>
      <p>{count === 0 ? said.none(tested) : said.note(images.length, count, tested)}</p>
      {count > 0 && <p class="note">{said.legend}</p>}
      <ol class="images">
        {images.map(({ index, predicted, label, pixels }) => {
          // Images of one colour are square: 28 x 28.
          const side = Math.round(Math.sqrt(pixels.length));
          const png = greyPng(pixels.map((pixel) => 255 - pixel), { width: side, height: side });
          return (
            <li key={index}>
              <span class="pair" aria-hidden="true">
                <b>{predicted}</b> / {label}
              </span>
              <img
                src={dataUri(png)}
                width={side}
                height={side}
                alt={said.describe(index, predicted, label)}
              />
              <small aria-hidden="true">{said.index(index)}</small>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
