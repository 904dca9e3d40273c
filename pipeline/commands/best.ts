import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { tellNotes } from "../progress/warner.ts";
import { toldIn } from "../system/errors.ts";
import { languageOption, pathParser } from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";

export function bestCommand(context: CommandContext): CommandUnknownOpts {
  const { help } = messagesFor(context);
  return createCommand("best", context)
    .usage("<results> [options]")
    .description(help.best.about)
    .argument("<results>", help.best.results)
    .option("--save <file>", help.best.save, pathParser(help))
    .addOption(languageOption(help))
    .addHelpText("after", help.best.examples)
    .action(async (place, { save }) => {
      const { saveConfig, trialConfig } = await import("../results/best.ts");
      const { asked } = context.languages;
      const { text, language, notes } = await trialConfig(place, { asked, file: save });
      const t = messagesFor(context, language);
      tellNotes(context.streams, t, notes);
      if (save === undefined) return context.streams.stdout(text);
      await toldIn(language, () => saveConfig(text, save));
      context.streams.stdout(`${t.files.written(save)}\n`);
    });
}
