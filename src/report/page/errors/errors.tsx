import type { JSX } from "preact";
import { misclassified } from "../../../metrics/classification.ts";
import { runName } from "../../../tables/results_csv.ts";
import { formatCount, formatPercent } from "../../../text/numbers.ts";
import { DARKEST_MISTAKE, formatRate } from "../../charts/confusion_figure.ts";
import { dataUri } from "../../images/bitmap.ts";
import { mistakePng } from "../../images/mistakes_png.ts";
import type { ReportModel } from "../../report_model.ts";
import { bestRunData } from "../../sections/best_run_data.ts";
import { Column, Note, Scrollable, Section } from "../parts.tsx";

/** Which classes were taken for which. */
export function Confusion({ model }: { model: ReportModel }): JSX.Element | null {
  const { t } = model;
  const data = bestRunData(model);
  if (data === null) return null;
  const { run, matrix, names, mistakes } = data;
  return (
    <Section id="confusion" title={t.confusion.heading}>
      <p>
        <strong>
          {model.input.rows.length === 1 ? t.bestRun.headingOne : t.bestRun.heading(model.runLabel(run))}
        </strong>
      </p>
      <Note sentences={[...mistakes, t.confusion.note]} space={t.space} />
      <Scrollable label={t.confusion.caption}>
        <table class="matrix">
          <caption>{t.confusion.caption}</caption>
          <thead>
            <tr>
              <td class="note">{t.confusion.corner}</td>
              {names.map((name) => <Column key={name} text={name} />)}
            </tr>
          </thead>
          <tbody>
            {names.map((name, label) => {
              const row = matrix.subarray(label * names.length, (label + 1) * names.length);
              const total = row.reduce((a, b) => a + b, 0);
              return (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {[...row].map((count, predicted) => (
                    <MatrixCell key={predicted} count={count} total={total} right={label === predicted} />
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrollable>
    </Section>
  );
}

function MatrixCell(
  { count, total, right }: { count: number; total: number; right: boolean },
): JSX.Element {
  if (count === 0) return <td class="zero">0</td>;
  const rate = count / total;
  const colour = right ? "--c0" : "--c1";
  const share = right ? 12 + 38 * rate : 12 + 36 * Math.min(1, rate / DARKEST_MISTAKE);
  return (
    <td style={`background:color-mix(in srgb, var(${colour}) ${share.toFixed(0)}%, var(--ground))`}>
      {formatCount(count)}
      <small>{formatRate(rate)}</small>
    </td>
  );
}

/** Precision and recall, a class a row. */
export function Classes({ model }: { model: ReportModel }): JSX.Element | null {
  const { t } = model;
  const data = bestRunData(model);
  if (data === null) return null;
  const { scores, macro, undefinedNote } = data;
  const lowest = scores.reduce((least, { precision, recall }) => Math.min(least, precision, recall), 1);
  // Bars start below the lowest score: from 0 they would all look the same.
  const base = Math.max(0, Math.floor(10 * lowest - 0.5) / 10);
  const { class: name, images, precision, recall, f1 } = t.classes;
  return (
    <Section id="classes" title={t.classes.heading}>
      <Scrollable label={t.classes.caption}>
        <table>
          <caption>{t.classes.caption}</caption>
          <thead>
            <tr>
              {[name, images, precision, recall, f1].map((title) => <Column key={title} text={title} />)}
            </tr>
          </thead>
          <tbody>
            {scores.map((score) => (
              <tr key={score.label}>
                <th scope="row">{score.label}</th>
                <td>{formatCount(score.support)}</td>
                <Scores score={score} base={base} />
              </tr>
            ))}
            <tr class="own">
              <th scope="row">{t.classes.mean}</th>
              <td></td>
              <Scores score={macro} base={base} />
            </tr>
          </tbody>
        </table>
      </Scrollable>
      <Note
        sentences={[base > 0 ? t.classes.bars(`${(100 * base).toFixed(0)}%`) : "", undefinedNote]}
        space={t.space}
      />
    </Section>
  );
}

function Scores({ score: { precision, recall, f1 }, base }: {
  score: { precision: number; recall: number; f1: number };
  base: number;
}): JSX.Element {
  return (
    <>
      {[precision, recall, f1].map((value, i) => {
        const share = 100 * Math.max(0, (value - base) / (1 - base));
        return (
          <td key={i}>
            <span class="score" style={`--share:${share.toFixed(0)}%`}>
              {formatPercent(value)}
              <i></i>
            </span>
          </td>
        );
      })}
    </>
  );
}

/** The most confident errors, an image each. */
export function Mistakes(
  { model: { t, best, input: { predictions: found, inspection } } }: { model: ReportModel },
): JSX.Element | null {
  if (best === undefined || found === undefined) return null;
  const wrong = misclassified(found.labels, found.predictions).length;
  const source = `runs/${runName(best)}/predictions.csv`;
  if (wrong === 0) {
    return (
      <Section id="mistakes" title={t.mistakes.heading}>
        <Note sentences={[t.mistakes.none(source)]} space="" />
      </Section>
    );
  }
  if (inspection === undefined || inspection.mistakes.images.count === 0) return null;
  const { mistakes } = inspection;
  const { count, rows, columns } = mistakes.images;
  const classes = mistakes.probabilities.length / count;
  return (
    <Section id="mistakes" title={t.mistakes.heading}>
      <Note
        sentences={[t.mistakes.note(count, wrong), t.mistakes.below, t.mistakes.source(source)]}
        space={t.space}
      />
      <ol class="mistakes">
        {Array.from(mistakes.indices, (index, i) => {
          const [label, predicted] = [mistakes.labels[i], mistakes.predictions[i]];
          const confidence = formatPercent(mistakes.probabilities[i * classes + predicted]);
          const said = t.mistakes.describe(index, String(label), String(predicted));
          const alt = `${said}${t.comma}${t.mistakes.confidence} ${confidence}`;
          return (
            <li key={index} title={alt}>
              <span class="pair">
                <b>{predicted}</b> / {label}
              </span>
              <img src={dataUri(mistakePng(mistakes, i))} width={columns} height={rows} alt={alt} />
              <small>{confidence}</small>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
