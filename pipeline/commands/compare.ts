import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { LANGUAGES } from "../../src/text/language.ts";
import { parsePath } from "./options.ts";
import { UserError } from "../system/errors.ts";
import { type CommandContext, createCommand } from "./command.ts";

const PAGE = "compare.html";

const EXAMPLES = `
Examples:
  deno task compare results/course results/course-faster
  deno task compare results/sweep#3 results/sweep#17
  deno task compare results/a results/b results/c --csv > comparison.csv
  deno task compare results/a results/b --html
  deno task compare results/a results/b --html a-and-b.html --language ja

A folder stands for its best trial, DIR#3 for trial 3. Changes are against the first.
Exit codes: 0 done, 2 the input is wrong`;

export function compareCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("compare", context)
    .usage("<results> <results>... [options]")
    .description("Compare trials: settings that differ, metrics with their intervals, learning curves.")
    .argument("<results...>", "results folders, or trials of them as DIR#3; two or more")
    .option("--md", "write Markdown")
    .addOption(new Option("--csv", "write CSV, one value a row").conflicts("md"))
    .addOption(
      new Option("--html [file]", `write a page for a browser (default file: ${PAGE})`).argParser(parsePath)
        .preset(PAGE).conflicts(["md", "csv"]),
    )
    .addOption(
      new Option("--language <language>", "of the page (default: that of the first's report)")
        .choices(LANGUAGES),
    )
    .option("--replace", "put the page in the place of another file")
    .addHelpText("after", EXAMPLES)
    .action(async (places, { md = false, csv = false, html, language, replace = false }) => {
      if (places.length < 2) {
        throw new UserError(`Cannot compare: results must be two or more, found ${places.join()}`);
      }
      if (html === undefined && (language !== undefined || replace)) {
        throw new UserError(
          `Cannot compare: ${replace ? "--replace" : "--language"} must come with --html, found it alone`,
        );
      }
      if (html !== undefined) {
        const { writeComparisonPage } = await import("../report/comparison_page.ts");
        await writeComparisonPage(places, { file: html, replace, language, args: context.args });
        return context.streams.stdout(`${html} written\n`);
      }
      const { comparePlaces } = await import("../results/compare.ts");
      context.streams.stdout(await comparePlaces(places, csv ? "csv" : md ? "markdown" : "text"));
    });
}
