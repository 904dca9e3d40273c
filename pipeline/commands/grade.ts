import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { LANGUAGES } from "../../src/settings/setting.ts";
import { STAGES } from "../../src/grade/submission_grade.ts";
import { mirrorOption, outOption, parsePath, quietOption, storeOption, workersOption } from "./options.ts";
import { type CommandContext, createCommand } from "./command.ts";
import { projectPath } from "../system/place.ts";

const EXAMPLES = `
A submission is a folder or a zip; docs/grading.md says what it holds. A folder of submissions stands for all of them.

Examples:
  deno task grade configs/rubrics/sprint-nn.yaml submissions/
  deno task grade configs/rubrics/sprint-nn.yaml s1.zip s2.zip --mirror ../mnist
  deno task grade configs/rubrics/sprint-nn.yaml submissions/ --submitted times.csv --stage published
  deno task grade configs/rubrics/sprint-nn.yaml submissions/ --language ja

Exit codes: 0 done, 1 checks could not be graded, 2 the input is wrong, 130 interrupted`;

export function gradeCommand(context: CommandContext): CommandUnknownOpts {
  return createCommand("grade", context)
    .usage("<rubric> <submission...> [options]")
    .description("Grade submissions by a rubric: points, reasons and feedback, by recomputing.")
    .argument("<rubric>", "how to grade, a YAML file", parsePath)
    .argument("<submission...>", "what students handed in: folders, zips, or folders of them")
    .addOption(outOption(`folder of the grades (default: ${projectPath("results/grades/<assignment>")})`))
    .addOption(storeOption())
    .addOption(mirrorOption())
    .option(
      "--submitted <file>",
      "CSV of submission,submitted: when each was handed in, instead of what manifests say",
      parsePath,
    )
    .option(
      "--roster <file>",
      "CSV of who is in the course, also as Moodle and Canvas export it: says who handed in nothing",
      parsePath,
    )
    .addOption(
      new Option("--stage <stage>", "what students may see by now").choices(STAGES).default("open" as const),
    )
    .addOption(
      new Option("--language <language>", "of feedback and reports, instead of the rubric's").choices(
        LANGUAGES,
      ),
    )
    .addOption(workersOption("submissions to grade at once"))
    .option(
      "--save-reference <file>",
      "write the reference runs that were used, to be shipped with a rubric",
      parsePath,
    )
    .addOption(quietOption())
    .addHelpText("after", EXAMPLES)
    .action(async (rubric, submissions, { quiet = false, ...options }) => {
      const { runGrade } = await import("../grade/grade.ts");
      const { signal, streams } = context;
      await runGrade({ rubric, submissions, quiet, ...options }, { signal, streams });
    });
}
