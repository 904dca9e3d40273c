import {
  finishText,
  noteText,
  planText,
  runEndText,
  stepText,
  stopText,
  unitOf,
  warningText,
} from "./event_text.ts";
import { type Messages, messages } from "../messages/messages.ts";
import type { PipelineEvent, ProgressReporter, RunEndEvent } from "./events.ts";
import { formatClock } from "../../src/text/durations.ts";
import { formatBytes } from "./format.ts";
import type { Streams } from "./streams.ts";
import { SweepProgress } from "./sweep_progress.ts";
import { withoutControls } from "../../src/text/controls.ts";

/** For logs: one line a finished step and run, no control characters. */
export class PlainReporter implements ProgressReporter {
  readonly #streams: Streams;
  readonly #now: () => number;
  readonly #t: Messages;
  #progress: SweepProgress | null = null;

  /** `now` is a steady clock in milliseconds. */
  constructor(streams: Streams, now: () => number, t: Messages = messages("en")) {
    this.#streams = streams;
    this.#now = now;
    this.#t = t;
  }

  handle(event: PipelineEvent): void {
    const now = this.#now() / 1000;
    if (event.type === "plan") this.#progress = new SweepProgress(event, now);
    this.#progress?.handle(event, now);
    if (event.type === "finish") this.#streams.stdout(finishText(event, this.#progress, this.#t));
    else this.#streams.stderr(this.#text(event, now));
  }

  close(): void {}

  #text(event: Exclude<PipelineEvent, { type: "finish" }>, now: number): string {
    const t = this.#t;
    switch (event.type) {
      case "plan":
        return `${planText(event, t)}\n`;
      case "step":
        return event.status === "started" ? "" : `${stepText(event, t)}\n`;
      case "download":
        if (event.bytes !== event.total) return "";
        return `${t.progress.downloaded(withoutControls(event.file), formatBytes(event.bytes))}\n`;
      case "machines":
      case "run_start":
      case "epoch":
        return "";
      case "run_end":
        return this.#runEndText(event, now);
      case "note":
        return noteText(event, t);
      case "stop":
        return stopText(event, this.#progress, t);
      case "warning":
        return warningText(event, { color: false }, t);
    }
  }

  /** `[ 3/16] run 2-0 ok (hidden=100): val_accuracy 0.9412, test_accuracy 0.9512, 1.2 s, ETA 0:42`. Of stored runs, which the plan counts, only those that diverged. */
  #runEndText(event: RunEndEvent, now: number): string {
    const progress = this.#progress;
    const t = this.#t;
    if (event.cached || progress === null) return warningText(event, { color: false }, t);
    const { plan, done } = progress;
    const legs = String(plan.legs);
    const place = t.progress.leg(`${String(done).padStart(legs.length)}/${legs}`, unitOf(plan));
    const left = progress.secondsLeft(now);
    return `[${place}] ${runEndText(event, t, plan.metric)}` +
      (left === null || progress.fraction === 1 ? "" : t.comma + t.progress.left(formatClock(left))) + "\n";
  }
}
