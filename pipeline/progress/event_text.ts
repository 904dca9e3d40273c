import { runName } from "../../src/tables/results_csv.ts";
import type {
  FinishEvent,
  PipelineEvent,
  PlanEvent,
  RemarkEvent,
  RunEndEvent,
  StepEvent,
  StopEvent,
} from "./events.ts";
import { isAccuracy, type Metric } from "../../src/tables/metrics.ts";
import type { Messages } from "../messages/messages.ts";
import { formatAccuracy, formatLoss } from "./format.ts";
import type { SweepProgress } from "./sweep_progress.ts";
import { withoutControls } from "../../src/text/controls.ts";

/** `quickstart: 16 trials, 32 runs (4 cached), 2 workers`. */
export function planText(event: PlanEvent, t: Messages): string {
  return t.progress.plan({ ...event, name: withoutControls(event.name) });
}

/** What a sweep does one after another: a run, or where it is trained rung by rung a leg of one. */
export function unitOf({ runs, legs }: Pick<PlanEvent, "runs" | "legs">): "run" | "leg" {
  return legs === runs ? "run" : "leg";
}

/** `preprocess: 0.4 s`, `data: cached`. */
export function stepText(event: StepEvent, t: Messages): string {
  const step = t.steps[event.step];
  if (event.status === "started") return t.progress.stepStarted(step);
  if (event.status === "cached") return t.progress.stepCached(step);
  return t.progress.stepDone(step, event.seconds === undefined ? null : t.seconds(event.seconds));
}

/** `run 3-0 diverged (lr=1e+250) after 1.2 s: the loss was not finite in epoch 2`; `metric` is what ranks. */
export function runEndText(event: RunEndEvent, t: Messages, metric: Metric = "test_accuracy"): string {
  const { status, cached, seconds } = event;
  const run = runName(event);
  const label = withoutControls(event.label);
  if (status === "ok") {
    const metrics = [...new Set([metric, "test_accuracy"] as const)].map((name) =>
      t.metric(name, metricText(name, event[name] ?? null))
    );
    const details = [...metrics, cached ? t.progress.cached : t.seconds(seconds)].join(t.comma);
    return t.progress.runOk(run, label, details);
  }
  const reason = t.language === "ja" ? event.ja ?? event.reason : event.reason;
  return t.progress.runBroken({
    run,
    label,
    status,
    after: cached ? null : t.seconds(seconds),
    reason: reason === undefined ? null : withoutControls(reason),
  });
}

function metricText(metric: Metric, value: number | null): string {
  return value === null || isAccuracy(metric) ? formatAccuracy(value) : formatLoss(value);
}

/** The summary, then where the results are and how many runs ended how, and the report last; whole lines. */
export function finishText(event: FinishEvent, progress: SweepProgress | null, t: Messages): string {
  const { runs, counts, results, report } = t.progress;
  const summary = t.language === "ja" ? event.ja ?? event.summary : event.summary;
  const idle = event.learned_nothing === 0 ? [] : [counts.idle(event.learned_nothing)];
  const ends = progress === null
    ? idle
    : [runs(progress.plan.runs, progress.plan.legs), ...notableEnds(progress, t), ...idle];
  const lines = [
    ...summary.map((line) => withoutControls(line)),
    results(withoutControls(event.out), [...ends, t.seconds(event.seconds)].join(t.comma)),
    report(withoutControls(event.report)),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** What is kept of a sweep that was interrupted, and the command that goes on; whole lines. */
export function stopText({ command }: StopEvent, progress: SweepProgress | null, t: Messages): string {
  const kept = progress === null ? t.progress.downloadsKept : t.progress.runsKept({
    kept: progress.done - progress.ended.failed,
    legs: progress.plan.legs,
    unit: unitOf(progress.plan),
    underWay: progress.underWay,
  });
  return `${t.progress.stopped(kept, withoutControls(command))}\n`;
}

/** A message after its kind, whole lines; lines after the first are indented below it. */
function messageText(kind: string, message: string): string {
  return `${kind}${withoutControls(message, { keepLines: true }).trimEnd().replaceAll("\n", "\n  ")}\n`;
}

/** A note, whole lines. */
export function noteText({ message, ja }: RemarkEvent, t: Messages): string {
  return messageText("", t.language === "ja" ? ja ?? message : message);
}

/** What the user should look at: a warning, or a run that did not end well; empty for any other event. In colour, `warning:` is yellow. */
export function warningText(event: PipelineEvent, { color }: { color: boolean }, t: Messages): string {
  const kind = color ? `\x1b[33m${t.warning}\x1b[39m ` : `${t.warning} `;
  if (event.type === "warning") return kind + noteText(event, t);
  const bad = event.type === "run_end" && (event.status === "failed" || event.status === "diverged");
  return bad ? messageText(kind, runEndText(event, t)) : "";
}

function notableEnds(progress: SweepProgress, { progress: { counts } }: Messages): string[] {
  const { diverged, failed, cached: told } = progress.ended;
  const cached = Math.max(progress.plan.cached, told.ok + told.diverged);
  return [
    [cached, counts.cached] as const,
    [diverged + told.diverged, counts.diverged] as const,
    [failed, counts.failed] as const,
  ]
    .filter(([count]) => count > 0)
    .map(([count, text]) => text(count));
}
