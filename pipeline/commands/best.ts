import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { parsePath } from "./options.ts";
import { type CommandContext, createCommand } from "./command.ts";

const EXAMPLES = `
Examples:
  deno task best results/quickstart
  deno task best results/quickstart --save configs/best.yaml
  deno task sweep configs/best.yaml

Exit codes: 0 done, 2 the input is wrong`;

export function bestCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("best", context)
    .usage("<results> [options]")
    .description(
      "Print the best trial of a sweep as a config of its own, which gives the same weights again.",
    )
    .argument("<results>", "a results folder, or a trial of it as DIR#3")
    .option("--save <file>", "write it to a file, instead of printing it", parsePath)
    .addHelpText("after", EXAMPLES)
    .action(async (place, { save }) => {
      const { saveConfig, trialConfig } = await import("../results/best.ts");
      const text = await trialConfig(place);
      if (save === undefined) return context.streams.stdout(text);
      await saveConfig(text, save);
      context.streams.stdout(`${save} written\n`);
    });
}
