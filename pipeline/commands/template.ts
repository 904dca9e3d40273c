import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { TRACKS } from "../../src/grade/manifest.ts";
import { languageOption, pathParser } from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { lstatIfPresent } from "../system/files.ts";

export function templateCommand(context: CommandContext): CommandUnknownOpts {
  const t = messagesFor(context);
  const { help } = t;
  return createCommand("template", context)
    .usage("<dir> [options]")
    .description(help.template.about)
    .argument("<dir>", help.template.folder, pathParser(help))
    .addOption(
      new Option("--track <track>", help.template.track).choices(TRACKS).default("artifact" as const),
    )
    .addOption(languageOption(help, help.languageAlone))
    .addHelpText("after", help.template.examples)
    .action(async (folder, { track }) => {
      if (lstatIfPresent(folder)?.isFile) {
        throw new UserError(say(({ errors: e }) => e.noStarter(folder, e.reasons.fileAsFolder())));
      }
      const { writeTemplate } = await import("../grade/write_template.ts");
      const names = await writeTemplate(folder, track);
      context.streams.stdout(`${t.files.starter(folder, names.join(t.comma))}\n`);
    });
}
