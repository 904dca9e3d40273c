import { type Messages, messages } from "../messages/messages.ts";
import { finishText, stopText, warningText } from "./event_text.ts";
import type { PipelineEvent, ProgressReporter } from "./events.ts";
import { PlainReporter } from "./plain_reporter.ts";
import type { Streams } from "./streams.ts";
import { SweepProgress } from "./sweep_progress.ts";
import { TerminalReporter } from "./terminal_reporter.ts";

/**
 * The reporter for whoever watches: `json` for a program, `quiet` for a script, and for a person lines that move in a terminal and lines
 * that stay elsewhere. Results go to standard output, all else to standard error. `now` is a steady clock in milliseconds.
 */
export function createReporter(
  { json, quiet, streams, now, t }: {
    json: boolean;
    quiet: boolean;
    streams: Streams;
    now: () => number;
    t?: Messages | undefined;
  },
): ProgressReporter {
  if (json) return new JsonReporter(streams);
  if (quiet) return new QuietReporter(streams, t);
  return streams.terminal ? new TerminalReporter(streams, now, t) : new PlainReporter(streams, now, t);
}

/** For programs: every event as one line of JSON on standard output, in English. A number that is not finite becomes null. */
export class JsonReporter implements ProgressReporter {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  handle(event: PipelineEvent): void {
    this.#streams.stdout(JSON.stringify({ ...event, ja: undefined }) + "\n");
  }

  close(): void {}
}

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
