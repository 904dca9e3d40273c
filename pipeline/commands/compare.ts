import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";

export function compareCommand(context: CommandContext): CommandUnknownOpts {
  const { help } = messagesFor(context);
  return createCommand("compare", context)
    .usage("<results> <results>... [options]")
    .description(help.compare.about)
    .argument("<results...>", help.compare.results)
    .option("--md", help.compare.md)
    .addOption(new Option("--csv", help.compare.csv).conflicts("md"))
    .addHelpText("after", help.compare.examples)
    .action(async (places, { md = false, csv = false }) => {
      if (places.length < 2) {
        throw new UserError(say(({ errors }) => errors.tooFewResults(places.join())));
      }
      const { comparePlaces } = await import("../results/compare.ts");
      context.streams.stdout(await comparePlaces(places, csv ? "csv" : md ? "markdown" : "text"));
    });
}
