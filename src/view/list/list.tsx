/// <reference lib="dom" />
import { useComputed, useSignal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { formatMetric, METRIC } from "../../tables/metrics.ts";
import { formatClock } from "../../text/durations.ts";
import { MISSING } from "../../text/numbers.ts";
import { Bar } from "../bar.tsx";
import type { Connection } from "../news.ts";
import type { ViewWords } from "../words.ts";
import { CompareTicked, TickBox, type Ticked } from "./ticked.tsx";
import { shownExperiments } from "./order.ts";
import { type ExperimentState, type ExperimentSummary, STATES } from "./summary.ts";

/** What the page is drawn from. */
export interface ListProps {
  readonly summaries: ReadonlySignal<ReadonlyMap<string, ExperimentSummary>>;
  readonly connection: ReadonlySignal<Connection>;
  readonly t: ViewWords;
}

/** Every experiment that the server finds, with a search and a filter. */
export function List({ summaries, connection, t }: ListProps): JSX.Element {
  const search = useSignal("");
  const state = useSignal<ExperimentState | null>(null);
  const shown = useComputed(() =>
    shownExperiments(summaries.value, { search: search.value, state: state.value, datasets: t.datasets })
  );
  const date = useMemo(
    () => new Intl.DateTimeFormat(t.language, { dateStyle: "medium", timeStyle: "short" }),
    [],
  );
  const counts = useComputed(() => {
    const counts = new Map<ExperimentState, number>();
    for (const { state } of summaries.value.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
    return counts;
  });
  // The same element again tells Preact that nothing of the row has changed.
  const known = useMemo(() => new WeakMap<ExperimentSummary, JSX.Element>(), []);
  const ticked = useSignal<readonly string[]>([]);
  const row = (summary: ExperimentSummary) => {
    const element = known.get(summary) ??
      <Row key={summary.id} summary={summary} date={date} ticked={ticked} t={t} />;
    known.set(summary, element);
    return element;
  };
  const all = summaries.value.size;
  return (
    <>
      <form class="find" role="search" onSubmit={(event) => event.preventDefault()}>
        <label>
          <span>{t.search}</span>
          <input
            type="search"
            placeholder={t.searchHint}
            value={search.value}
            onInput={(event) => search.value = event.currentTarget.value}
          />
        </label>
        <div class="states" role="group" aria-label={t.show}>
          <button type="button" aria-pressed={state.value === null} onClick={() => state.value = null}>
            {t.all} <small>{all}</small>
          </button>
          {STATES.filter((each) => counts.value.has(each) || state.value === each).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={state.value === each}
              onClick={() => state.value = state.value === each ? null : each}
            >
              {t.states[each]} <small>{counts.value.get(each) ?? 0}</small>
            </button>
          ))}
        </div>
      </form>
      <p class="note" role="status">
        {connection.value === "open"
          ? t.shown(shown.value.length, all)
          : <span class={connection.value === "over" ? "" : "bad"}>{t[connection.value]}</span>}
      </p>
      <CompareTicked ticked={ticked} there={summaries.value} t={t} />
      {shown.value.length === 0 && <p class="lead">{all === 0 ? t.none : t.noneFound}</p>}
      <ul class="experiments">{shown.value.map(row)}</ul>
    </>
  );
}

function Row({ summary, date, ticked, t }: {
  summary: ExperimentSummary;
  date: Intl.DateTimeFormat;
  ticked: Ticked;
  t: ViewWords;
}): JSX.Element {
  const { id, name, title, place, state, problem, dataset, best, at } = summary;
  return (
    <li class={state}>
      <div class="what">
        <TickBox id={id} name={title ?? name} ticked={ticked} t={t} />
        <a href={`/e/${id}/?lang=${t.language}`}>{title ?? name}</a>
        <span class="note">{place}</span>
      </div>
      <span class="state">{t.states[state]}</span>
      <Progress summary={summary} t={t} />
      <div class="best">
        {best === null ? <span class="note">{MISSING}</span> : (
          <>
            <span class="note">{METRIC[best.metric].label[t.language]}</span>{" "}
            <strong>{formatMetric(best.metric, best.value)}</strong>{" "}
            <span class="note">{t.trial(best.trial)}</span>
          </>
        )}
      </div>
      <span class="data note">{dataset === null ? MISSING : t.datasets[dataset] ?? dataset}</span>
      <time class="when note" dateTime={new Date(at).toISOString()}>
        {at === 0 ? MISSING : date.format(at)}
      </time>
      {problem !== null && <p class="problem bad">{problem[t.language]}</p>}
    </li>
  );
}

function Progress({ summary: { state, done, all, diverged, failed, fraction, secondsLeft }, t }: {
  summary: ExperimentSummary;
  t: ViewWords;
}): JSX.Element {
  if (state === "damaged") return <span class="done note">{MISSING}</span>;
  if (state === "finished" || state === "failed") {
    const ended = [
      t.progress.runs(done, done),
      ...diverged > 0 ? [t.progress.diverged(diverged)] : [],
      ...failed > 0 ? [t.progress.failed(failed)] : [],
    ];
    return <span class="done note">{ended.join(t.comma)}</span>;
  }
  return (
    <div class="done">
      <Bar fraction={fraction} label={t.progress.bar} />
      <span class="note">
        {all === null ? t.progress.preparing : t.of(done, all)}
        {secondsLeft !== null && t.comma + t.left(formatClock(secondsLeft))}
      </span>
    </div>
  );
}
