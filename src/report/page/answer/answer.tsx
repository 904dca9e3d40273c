import type { JSX } from "preact";
import { formatPercent } from "../../../text/numbers.ts";
import type { ReportModel } from "../../report_model.ts";
import {
  type Answer as AnswerData,
  answerData,
  introduction,
  type Published,
} from "../../sections/answer_data.ts";
import { Column, Rich, Section } from "../parts.tsx";

/** What the experiment found, at first sight. */
export function Answer({ model }: { model: ReportModel }): JSX.Element {
  const { t } = model;
  const answer = answerData(model);
  return (
    <Section id="answer" title={t.answer.heading}>
      {answer === null ? <p class="lead bad">{t.answer.none}</p> : null}
      {answer === null ? <Introduction model={model} /> : <Found model={model} answer={answer} />}
    </Section>
  );
}

function Introduction({ model }: { model: ReportModel }): JSX.Element {
  return (
    <p class="note">
      <Rich text={introduction(model)} />
    </p>
  );
}

function Found({ model, answer }: { model: ReportModel; answer: AnswerData }): JSX.Element {
  const { t } = model;
  const { title, over, accuracy, figures, published } = answer;
  return (
    <div class="hero">
      <div>
        {accuracy !== null && (
          <>
            <p class="big">
              {(100 * accuracy.value).toFixed(2)}
              <small>%</small>
            </p>
            <p class="lead">{t.answer.testAccuracy}</p>
            {accuracy.basis.map((basis) => <p key={basis} class="note">{basis}</p>)}
          </>
        )}
        <p class="best">
          <strong>{title}</strong>
          <br />
          <span class="note">{over.join(t.comma)}</span>
        </p>
        <Introduction model={model} />
      </div>
      <div>
        <table>
          <caption>{t.answer.figures}</caption>
          <tbody>
            {figures.map(({ label, value }) => (
              <tr key={label}>
                <th scope="row" class="text">{label}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {published !== null && <PublishedResults model={model} published={published} />}
      </div>
    </div>
  );
}

function PublishedResults(
  { model: { t }, published: { title, results, source } }: { model: ReportModel; published: Published },
): JSX.Element {
  const most = results.reduce((top, { error }) => Math.max(top, error), 0);
  return (
    <>
      <h3>{title}</h3>
      <table>
        <thead>
          <tr>
            <Column text={t.answer.network} words />
            <Column text={t.answer.testError} />
            <td></td>
          </tr>
        </thead>
        <tbody>
          {results.map(({ network, error, own }) => (
            <tr key={network} class={own ? "own" : undefined}>
              <th scope="row" class="text">
                {network}
                {own && (
                  <>
                    <br />
                    <span class="note">{t.answer.here}</span>
                  </>
                )}
              </th>
              <td>{formatPercent(error)}</td>
              <td class="bars">
                <span class="bar" style={`width:${(100 * error / most).toFixed(1)}%`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="note">{source}</p>
    </>
  );
}
