import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { TRACKS } from "../../src/grade/manifest.ts";
import { UserError } from "../system/errors.ts";
import { lstatIfPresent } from "../system/files.ts";
import { parsePath } from "./options.ts";
import { type CommandContext, createCommand } from "./command.ts";

const EXAMPLES = `
Examples:
  deno task template my-network
  deno task template my-network --track ts

docs/grading.md says what the files are to hold.`;

export function templateCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("template", context)
    .usage("<dir> [options]")
    .description("Make the starter of a submission.")
    .argument("<dir>", "the folder to make it in", parsePath)
    .addOption(
      new Option("--track <track>", "artifact: a NumPy program and the batch to run it on; ts: TypeScript")
        .choices(TRACKS).default("artifact" as const),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (folder, { track }) => {
      if (lstatIfPresent(folder)?.isFile) {
        throw new UserError(`Cannot make a starter in ${folder}: it must be a folder, found a file`);
      }
      const { writeTemplate } = await import("../grade/write_template.ts");
      const names = await writeTemplate(folder, track);
      context.streams.stdout(`${folder}: ${names.join(", ")} written\n`);
    });
}
