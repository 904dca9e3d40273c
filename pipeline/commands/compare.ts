import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { UserError } from "../system/errors.ts";
import { type CommandContext, createCommand } from "./command.ts";

const EXAMPLES = `
Examples:
  deno task compare results/course results/course-faster
  deno task compare results/sweep#3 results/sweep#17
  deno task compare results/a results/b results/c --csv > comparison.csv

A folder stands for its best trial, DIR#3 for trial 3. Changes are against the first.
Exit codes: 0 done, 2 the input is wrong`;

export function compareCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("compare", context)
    .usage("<results> <results>... [options]")
    .description("Compare trials: settings that differ, metrics with their intervals, learning curves.")
    .argument("<results...>", "results folders, or trials of them as DIR#3; two or more")
    .option("--md", "write Markdown")
    .addOption(new Option("--csv", "write CSV, one value a row").conflicts("md"))
    .addHelpText("after", EXAMPLES)
    .action(async (places, { md = false, csv = false }) => {
      if (places.length < 2) {
        throw new UserError(`Cannot compare: results must be two or more, found ${places.join()}`);
      }
      const { comparePlaces } = await import("../results/compare.ts");
      context.streams.stdout(await comparePlaces(places, csv ? "csv" : md ? "markdown" : "text"));
    });
}
