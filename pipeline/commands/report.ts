import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { tellNotes } from "../progress/warner.ts";
import { toldIn } from "../system/errors.ts";
import { languageOption } from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";

export function reportCommand(context: CommandContext): CommandUnknownOpts {
  const { help } = messagesFor(context);
  return createCommand("report", context)
    .usage("<results> [options]")
    .description(help.report.about)
    .argument("<results>", help.report.results)
    .addOption(languageOption(help, help.report.language))
    .addHelpText("after", help.report.examples)
    .action(async (results, { language }) => {
      const [{ rerenderReport }, { resultsLanguageOf }] = await Promise.all([
        import("../report/from_folder.ts"),
        import("../results/manifest.ts"),
      ]);
      const written = await toldIn(
        await resultsLanguageOf(results),
        () => rerenderReport(results, { language }),
      );
      // English need not have been chosen by anybody.
      const t = messagesFor(context, written.language === "ja" ? "ja" : undefined);
      tellNotes(context.streams, t, written.notes);
      context.streams.stdout(`${written.files.map((name) => `${name}\n`).join("")}`);
    });
}
