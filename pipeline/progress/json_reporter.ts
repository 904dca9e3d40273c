import type { PipelineEvent, ProgressReporter } from "./events.ts";
import type { Streams } from "./streams.ts";

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
