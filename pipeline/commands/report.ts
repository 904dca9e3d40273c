import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { withoutControls } from "../../src/text/controls.ts";
import { LANGUAGES } from "../../src/text/language.ts";
import { type CommandContext, createCommand } from "./command.ts";

const EXAMPLES = `
Examples:
  deno task report results/quickstart
  deno task report results/quickstart --language ja`;

export function reportCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("report", context)
    .usage("<results> [options]")
    .description(
      "Render report.md, report.html and the figures of a results folder again, from the tables in it.",
    )
    .argument("<results>", "the results folder")
    .addOption(
      new Option("--language <language>", "write in another language than before").choices(LANGUAGES),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (results, { language }) => {
      const { rerenderReport } = await import("../report/from_folder.ts");
      const written = await rerenderReport(results, { language });
      for (const message of written.notes) context.streams.stderr(`note: ${withoutControls(message)}\n`);
      context.streams.stdout(`${written.files.map((name) => `${name}\n`).join("")}`);
    });
}
