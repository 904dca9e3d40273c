import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { LANGUAGES } from "../../src/settings/setting.ts";
import { parsePath } from "./options.ts";
import { type CommandContext, createCommand } from "./command.ts";

const EXAMPLES = `
Nothing is run, nothing is compared with a right solution, and there are no points: what is right is for you to find out.

Examples:
  deno task check-submission my-network
  deno task check-submission my-network.zip --language ja

Exit codes: 0 every file is as it must be, 1 some are not, 2 the input is wrong`;

/** `deno task check-submission`: what students can see before they hand in. */
export function checkSubmissionCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("check-submission", context)
    .usage("<dir> [options]")
    .description("Say of each file of a submission whether it is there, readable and of the right shape.")
    .argument("<dir>", "what is to be handed in: a folder or a zip", parsePath)
    .option(
      "--rubric <file>",
      "by which it will be graded (default: configs/rubrics/sprint-nn.yaml)",
      parsePath,
    )
    .addOption(
      new Option("--language <language>", "of what is said").choices(LANGUAGES).default("en" as const),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (path, options) => {
      const { runCheckSubmission } = await import("../grade/check_submission.ts");
      await runCheckSubmission(path, options, context.streams);
    });
}
