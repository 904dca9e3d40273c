import { type Messages, messages } from "../messages/messages.ts";
import { finishText, stopText, warningText } from "./event_text.ts";
import type { PipelineEvent, ProgressReporter } from "./events.ts";
import type { Streams } from "./streams.ts";
import { SweepProgress } from "./sweep_progress.ts";

/** For scripts: only warnings, runs that did not end well, and the result. */
export class QuietReporter implements ProgressReporter {
  readonly #streams: Streams;
  readonly #t: Messages;
  #progress: SweepProgress | null = null;

  constructor(streams: Streams, t: Messages = messages("en")) {
    this.#streams = streams;
    this.#t = t;
  }

  handle(event: PipelineEvent): void {
    if (event.type === "plan") this.#progress = new SweepProgress(event, 0);
    this.#progress?.handle(event, 0);
    if (event.type === "finish") this.#streams.stdout(finishText(event, this.#progress, this.#t));
    if (event.type === "stop") this.#streams.stderr(stopText(event, this.#progress, this.#t));
    const warning = warningText(event, this.#streams, this.#t);
    if (warning !== "") this.#streams.stderr(warning);
  }

  close(): void {}
}
