import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { type CommandContext, createCommand } from "./command.ts";

const EXAMPLES = `
Examples:
  deno task --quiet best results/quickstart > configs/best.yaml
  deno task sweep configs/best.yaml

Exit codes: 0 done, 2 the input is wrong`;

export function bestCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("best", context)
    .usage("<results>")
    .description(
      "Print the best trial of a sweep as a config of its own, which gives the same weights again.",
    )
    .argument("<results>", "a results folder, or a trial of it as DIR#3")
    .addHelpText("after", EXAMPLES)
    .action(async (place) => {
      const { trialConfig } = await import("../results/best.ts");
      context.streams.stdout(await trialConfig(place));
    });
}
