import type { CommandUnknownOpts } from "@commander-js/extra-typings";
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
      const { text, language } = await trialConfig(place, { asked: context.languages.asked, file: save });
      if (save === undefined) return context.streams.stdout(text);
      await toldIn(language, () => saveConfig(text, save));
      context.streams.stdout(`${messagesFor(context, language).files.written(save)}\n`);
    });
}
