import { gradeMessages } from "../../src/grade/messages/messages.ts";
import { rubricSchema } from "../../src/grade/rubric.ts";
import { selfCheck, withNotebook } from "../../src/grade/self_check.ts";
import type { Language } from "../../src/settings/setting.ts";
import { padToWidth } from "../../src/text/text_width.ts";
import type { Streams } from "../progress/streams.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { cannotRead, readTextIfPresent } from "../system/files.ts";
import { because } from "../system/reasons.ts";
import { parseYaml } from "./parse_yaml.ts";
import { notebookIn, openSubmission } from "./submission/open_submission.ts";

const RUBRIC = new URL("../../configs/rubrics/sprint-nn.yaml", import.meta.url);

/** Says of each file of a submission what is wrong with it. Throws a UserError of exit code 1 where something is. */
export async function runCheckSubmission(
  path: string,
  { rubric: file, language }: { rubric?: string; language: Language },
  streams: Streams,
): Promise<void> {
  const { files: t } = gradeMessages(language);
  const text = await readTextIfPresent(file ?? RUBRIC);
  if (text === null) {
    throw cannotRead(file ?? RUBRIC, because((t) => t.noFile), { what: say((t) => t.errors.whats.rubric) });
  }
  const rubric =
    parseYaml(text, { file: file ?? "sprint-nn.yaml", schema: rubricSchema, what: "a rubric" }).value;
  const submission = await openSubmission(path);
  const checked = selfCheck(submission, { rubric, language });
  const notebook = submission.manifest?.track === "ts" ? null : await notebookIn(path);
  const { files, understood } = notebook === null ? checked : withNotebook(checked, notebook, language);
  for (const { file, state, problems, checks } of files) {
    const looks = checks.length > 0 ? `  ${t.selfCheckLooks(checks)}` : "";
    const columns = [padToWidth(t.selfCheckStates[state], 8), padToWidth(file, 18)];
    streams.stdout(`${columns.join(" ")}${looks}`.trimEnd() + "\n");
    for (const problem of problems) streams.stdout(`${" ".repeat(9)}- ${problem}\n`);
  }
  for (const note of understood) streams.stdout(`${t.selfCheckRead(note)}\n`);
  const bad = files.filter(({ state }) => state !== "ok").length;
  if (bad > 0) {
    const said = (language: Language) => gradeMessages(language).files.selfCheckBad(bad);
    throw new UserError({ en: said("en"), ja: said("ja") }, { exitCode: 1 });
  }
  streams.stdout(`${notebook === null ? t.selfCheckGood : t.selfCheckNotebook}\n`);
}
