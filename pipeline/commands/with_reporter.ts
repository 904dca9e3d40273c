import type { Messages } from "../messages/messages.ts";
import { createReporter } from "../progress/create_reporter.ts";
import type { ProgressReporter } from "../progress/events.ts";
import type { CommandContext } from "./command.ts";

/** Leaves the terminal as it was found, however the task ends. */
export async function withReporter<Result>(
  { streams, json = false, quiet, t }:
    & Pick<CommandContext, "streams">
    & { json?: boolean; quiet: boolean; t: Messages },
  task: (reporter: ProgressReporter) => Promise<Result>,
): Promise<Result> {
  const reporter = createReporter({ json, quiet, streams, t, now: () => performance.now() });
  const close = () => reporter.close();
  // A second Ctrl-C exits at once: the terminal gets its cursor back all the same.
  addEventListener("unload", close);
  try {
    return await task(reporter);
  } finally {
    removeEventListener("unload", close);
    close();
  }
}
