import type { JSX } from "preact";
import type { ClassificationSummary, ClassScores } from "../../../metrics/classification.ts";
import { formatCount, formatPercent } from "../../../text/numbers.ts";
import type { Messages } from "../../messages/en.ts";
import { Column, Note } from "../parts.tsx";

/** Precision and recall, a class a row. */
export function Classes({ scores, macro, names, t }: {
  scores: readonly ClassScores[];
  macro: ClassificationSummary["macro"];
  names: readonly string[];
  t: Messages;
}): JSX.Element {
  const lowest = scores.reduce((least, { precision, recall }) => Math.min(least, precision, recall), 1);
  // Bars start below the lowest score: from 0 they would all look the same.
  const base = Math.max(0, Math.floor(10 * lowest - 0.5) / 10);
  const isUndefined = scores.some(({ support, predicted }) => support === 0 || predicted === 0);
  const { heading, caption, class: name, images, precision, recall, f1 } = t.classes;
  return (
    <>
      <h3>{heading}</h3>
      <table class="classes">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {[name, images, precision, recall, f1].map((title) => <Column key={title} text={title} />)}
          </tr>
        </thead>
        <tbody>
          {scores.map((score) => (
            <tr key={score.label}>
              <th scope="row">{names[score.label]}</th>
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
      <Note
        sentences={[
          base > 0 ? t.classes.bars(`${(100 * base).toFixed(0)}%`) : "",
          isUndefined ? t.classes.undefinedNote : "",
        ]}
        space={t.space}
      />
    </>
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
