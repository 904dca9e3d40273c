import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { STAGES } from "../../src/grade/submission_grade.ts";
import {
  budgetOption,
  languageOption,
  mirrorOption,
  outOption,
  pathParser,
  quietOption,
  storeOption,
  workersOption,
} from "./options.ts";
import { type CommandContext, createCommand, messagesFor } from "./command.ts";
import { DEFAULT_NOTEBOOK_LIMITS } from "../grade/notebook/sandbox.ts";
import { projectPath } from "../system/place.ts";

export function gradeCommand(context: CommandContext): CommandUnknownOpts {
  const { help } = messagesFor(context);
  const { grade } = help;
  const parsePath = pathParser(help);
  return createCommand("grade", context)
    .usage("<rubric> <submission...> [options]")
    .description(grade.about)
    .argument("<rubric>", grade.rubric, parsePath)
    .argument("<submission...>", grade.submissions)
    .addOption(outOption(help, grade.out(projectPath("results/grades/<assignment>"))))
    .addOption(storeOption(help))
    .addOption(mirrorOption(help))
    .option("--submitted <file>", grade.submitted, parsePath)
    .option("--roster <file>", grade.roster, parsePath)
    .addOption(new Option("--stage <stage>", grade.stage).choices(STAGES).default("open" as const))
    .addOption(languageOption(help, grade.language))
    .addOption(workersOption(help, grade.workers))
    .addOption(budgetOption(help, DEFAULT_NOTEBOOK_LIMITS.budget))
    .option("--artifacts-only", grade.artifactsOnly)
    .option("--save-reference <file>", grade.saveReference, parsePath)
    .addOption(quietOption(help))
    .addHelpText("after", grade.examples)
    .action(async (rubric, submissions, { quiet = false, ...options }) => {
      const { runGrade } = await import("../grade/grade.ts");
      await runGrade({ rubric, submissions, quiet, ...options }, context);
    });
}
