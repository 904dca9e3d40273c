import { finishText, messageText, runEndText, warningPrefix } from "./event_text.ts";
import type { PipelineEvent, ProgressReporter } from "./events.ts";
import type { Streams } from "./streams.ts";
import { SweepProgress } from "./sweep_progress.ts";

/** For scripts: no progress, only warnings, runs that did not end well, and the result. */
export class QuietReporter implements ProgressReporter {
  readonly #streams: Streams;
  #progress: SweepProgress | null = null;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  handle(event: PipelineEvent): void {
    if (event.type === "plan") this.#progress = new SweepProgress(event, 0);
    this.#progress?.handle(event, 0);
    if (event.type === "finish") this.#streams.stdout(finishText(event, this.#progress));
    const message = event.type === "warning"
      ? event.message
      : event.type === "run_end" && (event.status === "failed" || event.status === "diverged")
      ? runEndText(event)
      : null;
    if (message !== null) this.#streams.stderr(messageText(warningPrefix(this.#streams.color), message));
  }

  close(): void {}
}
