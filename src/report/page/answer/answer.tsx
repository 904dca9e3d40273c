import type { JSX } from "preact";
import { keepsBest } from "../../../settings/early_stopping.ts";
import { formatPercent } from "../../../text/numbers.ts";
import { idleRunsOf, type ReportModel } from "../../report_model.ts";
import {
  type Answer as AnswerData,
  answerData,
  introduction,
  type Published,
  sweepCounts,
} from "../../sections/answer_data.ts";
import { dataSetup, networkSetup, partLabel, settingRows } from "../../sections/setup_data.ts";
import { rulesIntroduction, ruleTexts, verdicts } from "../../sections/verdict_data.ts";
import { Island } from "../island.tsx";
import type { PageData } from "../page_data.ts";
import { Column, Note, Section } from "../parts.tsx";
import type { PageState } from "../state.ts";
import { BestChart } from "./best_chart.tsx";
import { Network } from "./network.tsx";

/** What was run and what it found, at first sight. */
export function Answer(
  { model, page, state }: { model: ReportModel; page: PageData; state: PageState },
): JSX.Element {
  const { t, input: { rows } } = model;
  const answer = answerData(model);
  // Of one run that ended ok and learned, all is said.
  const tellsMore = rows.length > 1 || answer === null || idleRunsOf(model).length > 0;
  return (
    <Section id="answer" title={t.answer.heading}>
      <div class="hero">
        <div class="found">
          {answer === null ? <None model={model} /> : <Found model={model} answer={answer} />}
          <Verdicts model={model} />
        </div>
        {page.best !== null && (
          <Island name="best">
            <BestChart part={page.best} page={page} t={t} state={state} />
          </Island>
        )}
      </div>
      <Setup model={model} />
      {answer !== null && <After model={model} answer={answer} />}
      {tellsMore && <Note sentences={[introduction(model)]} space={model.t.space} />}
    </Section>
  );
}

function None({ model: { t, single, input } }: { model: ReportModel }): JSX.Element {
  if (input.rows.some(({ status }) => status === "running")) return <p class="lead">{t.answer.notYet}</p>;
  return <p class="lead bad">{single === null ? t.answer.none : t.answer.noneOfOne}</p>;
}

function Found({ model, answer }: { model: ReportModel; answer: AnswerData }): JSX.Element {
  const { t } = model;
  const { title, over, accuracy } = answer;
  const counts = sweepCounts(model);
  return (
    <>
      {accuracy !== null && (
        <>
          <p class="big">
            {(100 * accuracy.value).toFixed(2)}
            <small>%</small>
          </p>
          <p class="lead">{t.answer.lead}</p>
          {accuracy.basis.map((basis) => <p key={basis} class="note">{basis}</p>)}
        </>
      )}
      <p class="best">
        <strong>{title}</strong>
        {t.comma}
        <span class="note">{over.join(t.comma)}</span>
        {counts !== null && (
          <>
            <br />
            <span class="note">{counts}</span>
          </>
        )}
      </p>
    </>
  );
}

const MARKS = { good: "✓", fair: "≈", bad: "!", open: "?" };

function Verdicts({ model }: { model: ReportModel }): JSX.Element | null {
  const { t } = model;
  const found = verdicts(model);
  if (found.length === 0) return null;
  return (
    <ul class="verdicts" aria-label={t.verdicts.heading}>
      {found.map(({ about, mark, claim, grounds }) => (
        <li key={about} class={mark}>
          <span class="mark" aria-hidden="true">{MARKS[mark]}</span>
          <strong>{claim}</strong>
          {t.colon}
          {grounds}
          {t.space}
          <a href="#rules" aria-label={`${t.verdicts.rule}${t.colon}${claim}`}>{t.verdicts.rule}</a>
        </li>
      ))}
    </ul>
  );
}

/** Data, network and settings side by side. */
function Setup({ model }: { model: ReportModel }): JSX.Element {
  const { t } = model;
  return (
    <div class="setup">
      <DataCard model={model} />
      <NetworkCard model={model} />
      <div>
        <h3>{model.best === undefined || model.single !== null ? t.setup.settings : t.setup.settingsBest}</h3>
        <dl class="setting-list">
          {settingRows(model).map(({ label, value, tried }) => (
            <div key={label} class={tried === null ? undefined : "swept"}>
              <dt>
                {label} {tried !== null && <small>{t.setup.swept(tried)}</small>}
              </dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}

function DataCard({ model }: { model: ReportModel }): JSX.Element | null {
  const { t } = model;
  const data = dataSetup(model);
  const { title, parts, notes } = data;
  if (title === null && parts.length === 0 && notes.length === 0) return null;
  const all = parts.reduce((sum, { count }) => sum + count, 0);
  return (
    <div>
      <h3>{title === null ? t.setup.data : `${t.setup.data}${t.colon}${title}`}</h3>
      {parts.length > 1 && (
        <div class="share" aria-hidden="true">
          {parts.map(({ part, count }) => (
            <span key={part} class={part} style={`flex-grow:${(100 * count / all).toFixed(1)}`} />
          ))}
        </div>
      )}
      <ul class="facts">
        {parts.map((entry) => <li key={entry.part} class={entry.part}>{partLabel(model, entry)}</li>)}
        {notes.map((note) => <li key={note} class="note">{note}</li>)}
      </ul>
    </div>
  );
}

function NetworkCard({ model }: { model: ReportModel }): JSX.Element | null {
  const { t } = model;
  const network = networkSetup(model);
  if (network === null) return null;
  const units = network.sizes.map((size) => size ?? "?").join("–");
  return (
    <div>
      <h3>{`${t.setup.network}${t.colon}${units}`}</h3>
      <Network model={model} network={network} />
      <p class="note">
        {[
          ...network.sizes.length === 2 ? [t.setup.logistic] : [],
          ...network.total === null ? [] : [t.setup.parameters(network.total)],
        ].join(t.comma)}
      </p>
    </div>
  );
}

/** What else was measured, and what others reached. */
function After({ model, answer }: { model: ReportModel; answer: AnswerData }): JSX.Element {
  const { t } = model;
  const { figures, published } = answer;
  return (
    <div class="after">
      <h3>{keepsBest(model.best?.early_stopping) ? t.answer.keptFigures : t.answer.figures}</h3>
      <dl class="figures">
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {published !== null && <PublishedResults model={model} published={published} />}
    </div>
  );
}

function PublishedResults(
  { model: { t, single }, published: { title, results, source } }: {
    model: ReportModel;
    published: Published;
  },
): JSX.Element {
  const most = results.reduce((top, { error }) => Math.max(top, error), 0);
  return (
    <div>
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
                    <span class="note">{single === null ? t.answer.here : t.answer.hereOne}</span>
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
    </div>
  );
}

/** The rules of the verdicts, written out. */
export function Rules({ model }: { model: ReportModel }): JSX.Element | null {
  const { t } = model;
  if (model.best === undefined) return null;
  return (
    <Section id="rules" title={t.rules.heading}>
      <p>{rulesIntroduction(model)}</p>
      <dl class="rules">
        {ruleTexts(model).map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
