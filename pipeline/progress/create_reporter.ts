import type { Messages } from "../messages/messages.ts";
import type { ProgressReporter } from "./events.ts";
import { JsonReporter } from "./json_reporter.ts";
import { PlainReporter } from "./plain_reporter.ts";
import { QuietReporter } from "./quiet_reporter.ts";
import type { Streams } from "./streams.ts";
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
