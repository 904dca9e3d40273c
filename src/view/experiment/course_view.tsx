import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { formatMetric } from "../../tables/metrics.ts";
import { formatClock } from "../../text/durations.ts";
import { formatCount } from "../../text/numbers.ts";
import { Bar } from "../bar.tsx";
import { LanguageLink } from "../language_link.tsx";
import type { Connection } from "../news.ts";
import type { ViewWords } from "../words.ts";
import type { Course, WorkerCourse } from "./experiment_data.ts";

/** Of more workers the first are listed. */
const MAX_WORKERS = 16;

export interface CourseProps {
  readonly course: ReadonlySignal<Course>;
  readonly connection: ReadonlySignal<Connection>;
  readonly gone: ReadonlySignal<boolean>;
  readonly t: ViewWords;
}

/** What stands above an experiment: how far it has come, and what each worker does. */
export function CourseView({ course, connection, gone, t }: CourseProps): JSX.Element {
  const { place, state, problem, machines, rows, workers, remarks, hasRun } = course.value;
  const busy = hasRun && (state === "running" || state === "interrupted");
  return (
    <div class={`course ${state}`}>
      <p class="where">
        <a href={`/?lang=${t.language}`}>{t.back}</a>
        <code>{place}</code>
        <span class="state">{t.states[state]}</span>
        <LanguageLink language={t.language} />
      </p>
      <p class={`said ${connection.value === "over" ? "note" : "bad"}`} role="status">
        {connection.value === "over"
          ? t.over
          : gone.value
          ? t.gone
          : connection.value === "open"
          ? ""
          : t.lost}
      </p>
      {problem !== null && <p class="bad">{problem[t.language]}</p>}
      {busy && <Progress course={course.value} t={t} />}
      {state === "running" && machines.length > 0 && <MachineList {...{ machines, rows, t }} />}
      {state === "running" && workers.length > 0 && <Workers workers={workers} t={t} />}
      {busy && <p class="note">{t[state]}</p>}
      {!hasRun && <p class="note">{t.interruptedBefore}</p>}
      {busy && remarks.length > 0 && (
        <details>
          <summary>{t.remarks} ({remarks.length})</summary>
          <ul>{remarks.map((remark, i) => <li key={i}>{remark[t.language]}</li>)}</ul>
        </details>
      )}
    </div>
  );
}

function Progress({ course, t }: { course: Course; t: ViewWords }): JSX.Element {
  const { state, done, all, legs, fraction, secondsLeft, speed, rows, rung, step } = course;
  const steps: Readonly<Record<string, string>> = t.progress.steps;
  const facts = [
    all === null
      ? steps[step ?? ""] ?? t.progress.preparing
      : (legs ? t.progress.legs : t.progress.runs)(done, all),
    ...all !== null && step !== null && state === "running" ? [steps[step] ?? step] : [],
    ...state !== "running" || all === null || done === all
      ? []
      : [secondsLeft === null ? t.unknownLeft : t.left(formatClock(secondsLeft))],
    ...state === "running" && speed !== null ? [t.progress.rate(formatCount(Math.round(speed)), rows)] : [],
    ...rung === null ? [] : [t.progress.rung(rung.rung, rung.rungs, rung.trials, rung.epochs)],
  ];
  return (
    <div class="far">
      <Bar fraction={fraction} label={t.progress.bar} />
      <strong class="percent">{fraction === null ? "" : `${Math.floor(100 * fraction)}%`}</strong>
      <ul class="so-far">{facts.map((fact) => <li key={fact}>{fact}</li>)}</ul>
    </div>
  );
}

/** The machines that train; more than fit are counted. */
function MachineList(
  { machines, rows, t }: Pick<Course, "machines" | "rows"> & { t: ViewWords },
): JSX.Element {
  const shown = machines.slice(0, MAX_WORKERS);
  return (
    <>
      <ul class="machines" aria-label={t.progress.machines}>
        {shown.map(({ name, workers, silent, imagesPerSecond }, i) => (
          <li key={i} class={silent ? "bad" : ""}>
            <strong>{name}</strong> {silent
              ? t.progress.silent
              : t.progress.machine(workers, t.progress.rate(formatCount(Math.round(imagesPerSecond)), rows))}
          </li>
        ))}
      </ul>
      {machines.length > shown.length && <p class="note">{t.progress.more(machines.length - shown.length)}
      </p>}
    </>
  );
}

function Workers(
  { workers, t }: { workers: readonly (WorkerCourse | null)[]; t: ViewWords },
): JSX.Element {
  const shown = workers.slice(0, MAX_WORKERS);
  return (
    <>
      <ol class="workers" aria-label={t.progress.workers}>
        {shown.map((worker, i) => (
          <li key={i}>{worker === null ? t.progress.idle : <Worker {...{ worker, t }} />}</li>
        ))}
      </ol>
      {workers.length > shown.length && <p class="note">{t.progress.more(workers.length - shown.length)}</p>}
    </>
  );
}

function Worker({ worker, t }: { worker: WorkerCourse; t: ViewWords }): JSX.Element {
  const { machine, trial, seed, label, epoch, epochs, train_loss, val_accuracy } = worker;
  return (
    <>
      <strong>{t.trial(trial)}</strong>
      <span class="note">
        {machine === "" ? t.progress.seed(seed) : `${t.progress.seed(seed)}${t.comma}${machine}`}
      </span>
      <code>{label}</code>
      <Bar
        // Another run's bar begins anew, and does not run backwards.
        key={`${trial} ${seed}`}
        fraction={epochs === 0 ? 0 : epoch / epochs}
        label={t.progress.epoch(epoch, epochs)}
      />
      <span>{t.progress.epoch(epoch, epochs)}</span>
      <span class="note">
        {val_accuracy !== null
          ? formatMetric("val_accuracy", val_accuracy)
          : train_loss !== null
          ? formatMetric("train_loss", train_loss)
          : ""}
      </span>
    </>
  );
}
