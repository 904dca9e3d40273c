import { runName } from "../../src/tables/results_csv.ts";
import type { FinishEvent, PipelineEvent, PlanEvent, RunEndEvent, StepEvent, StopEvent } from "./events.ts";
import { isAccuracy, type Metric } from "../../src/tables/metrics.ts";
import { formatCount, formatCounted } from "../../src/text/numbers.ts";
import { formatSeconds } from "../../src/text/durations.ts";
import { formatAccuracy, formatLoss } from "./format.ts";
import type { SweepProgress } from "./sweep_progress.ts";
import { withoutControls } from "./text_width.ts";

/** `quickstart: 16 trials, 32 runs (4 cached), 2 workers`. */
export function planText(event: PlanEvent): string {
  const cached = event.cached > 0 ? ` (${formatCount(event.cached)} cached)` : "";
  return `${withoutControls(event.name)}: ${formatCounted(event.trials, "trial")}, ${
    runsText(event)
  }${cached}, ${formatCounted(event.workers, "worker")}`;
}

/** What a sweep does one after another: a run, or where it is trained rung by rung a leg of one. */
export function unitOf({ runs, legs }: Pick<PlanEvent, "runs" | "legs">): "run" | "leg" {
  return legs === runs ? "run" : "leg";
}

/** `32 runs`, `27 runs in 39 legs`. */
function runsText(plan: PlanEvent): string {
  const runs = formatCounted(plan.runs, "run");
  return unitOf(plan) === "run" ? runs : `${runs} in ${formatCounted(plan.legs, "leg")}`;
}

/** `preprocess: 0.4 s`, `download: cached`. */
export function stepText(event: StepEvent): string {
  if (event.status === "started") return `${event.step} ...`;
  if (event.status === "cached") return `${event.step}: cached`;
  return `${event.step}: ${event.seconds === undefined ? "done" : formatSeconds(event.seconds)}`;
}

/** `run 3-0 diverged (lr=1e+250) after 1.2 s: the loss was not finite in epoch 2`; `metric` is what ranks. */
export function runEndText(event: RunEndEvent, metric: Metric = "test_accuracy"): string {
  const { label, status, cached, seconds } = event;
  const run = `run ${runName(event)} ${status}${label && ` (${withoutControls(label)})`}`;
  if (status === "ok") {
    const metrics = [...new Set([metric, "test_accuracy"] as const)].map((name) =>
      metricText(name, event[name])
    );
    return `${run}: ${[...metrics, cached ? "cached" : formatSeconds(seconds)].join(", ")}`;
  }
  const reason = event.reason === undefined ? "" : `: ${withoutControls(event.reason)}`;
  return `${run} ${cached ? "earlier, cached" : `after ${formatSeconds(seconds)}`}${reason}`;
}

function metricText(metric: Metric, value: number | null): string {
  return `${metric} ${value === null || isAccuracy(metric) ? formatAccuracy(value) : formatLoss(value)}`;
}

/** The summary, then where the results are and how many runs ended how, and the report last; whole lines. */
export function finishText(event: FinishEvent, progress: SweepProgress | null): string {
  const lines = event.summary.map((line) => withoutControls(line));
  const idle = event.learned_nothing === 0 ? [] : [`${formatCount(event.learned_nothing)} learned nothing`];
  const counts = progress === null ? idle : [runsText(progress.plan), ...notableEnds(progress), ...idle];
  lines.push(
    `Results: ${withoutControls(event.out)} (${[...counts, formatSeconds(event.seconds)].join(", ")})`,
  );
  lines.push(`Report: ${withoutControls(event.report)}`);
  return lines.map((line) => `${line}\n`).join("");
}

/** What is kept of a sweep that was interrupted, and the command that goes on; whole lines. */
export function stopText({ command }: StopEvent, progress: SweepProgress | null): string {
  const kept = progress === null
    ? "what was downloaded is kept"
    : `${formatCount(progress.done - progress.ended.failed)} of ${
      formatCounted(progress.plan.legs, unitOf(progress.plan))
    } ` +
      `kept${
        progress.underWay > 0
          ? `, and of the ${progress.underWay} under way all but the last seconds or epoch`
          : ""
      }`;
  return `Stopped: ${kept}. To go on:\n  ${withoutControls(command)}\n`;
}

/** A message after its kind, whole lines; lines after the first are indented below it. */
export function messageText(kind: string, message: string): string {
  return `${kind}${withoutControls(message, { keepLines: true }).trimEnd().replaceAll("\n", "\n  ")}\n`;
}

/** What the user should look at: a warning, or a run that did not end well; empty for any other event. In colour, `warning:` is yellow. */
export function warningText(event: PipelineEvent, { color = false } = {}): string {
  const kind = color ? "\x1b[33mwarning:\x1b[39m " : "warning: ";
  if (event.type === "warning") return messageText(kind, event.message);
  const bad = event.type === "run_end" && (event.status === "failed" || event.status === "diverged");
  return bad ? messageText(kind, runEndText(event)) : "";
}

function notableEnds(progress: SweepProgress): string[] {
  const { diverged, failed, cached: told } = progress.ended;
  const cached = Math.max(progress.plan.cached, told.ok + told.diverged);
  return [
    [cached, "cached"] as const,
    [diverged + told.diverged, "diverged"] as const,
    [failed, "failed"] as const,
  ]
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${formatCount(count)} ${what}`);
}
