import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { languageOption, pathParser } from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";

/** `deno task check-submission`: what students can see before they hand in. */
export function checkSubmissionCommand(context: CommandContext): CommandUnknownOpts {
  const t = messagesFor(context);
  const { help } = t;
  return createCommand("check-submission", context)
    .usage("<dir> [options]")
    .description(help.checkSubmission.about)
    .argument("<dir>", help.checkSubmission.submission, pathParser(help))
    .option("--rubric <file>", help.checkSubmission.rubric, pathParser(help))
    .addOption(languageOption(help, help.languageAlone))
    .addHelpText("after", help.checkSubmission.examples)
    .action(async (path, { language = t.language, ...options }) => {
      const { runCheckSubmission } = await import("../grade/check_submission.ts");
      await runCheckSubmission(path, { ...options, language }, context.streams);
    });
}
