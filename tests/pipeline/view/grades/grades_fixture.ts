import { GradesFolder, writeGrades } from "../../../../pipeline/grade/grades_folder.ts";
import type { Language } from "../../../../src/text/language.ts";
import { sampleClass, shippedRubric } from "../../../grade/sample_class.ts";

/** Writes grades of a class into a folder, as `deno task grade` does. Returns how many students there are. */
export async function writeSampleGrades(
  folder: string,
  { language = "en" }: { language?: Language } = {},
): Promise<number> {
  const rubric = await shippedRubric(language);
  const grades = sampleClass(rubric);
  using out = await GradesFolder.open(folder);
  writeGrades(out, { grades, rubric, stage: "published", pairs: [] });
  await out.finish({
    assignment: rubric.assignment,
    submissions: grades.map(({ student }) => ({ submission: student, student, sha256: "" })),
  });
  return grades.length;
}
