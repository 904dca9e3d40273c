import type { FinalGrade } from "../../src/grade/final_grade.ts";
import { formatClassReport } from "../../src/grade/outputs/class_report.ts";
import { formatFeedback } from "../../src/grade/outputs/feedback_markdown.ts";
import { formatGradebook } from "../../src/grade/outputs/gradebook_csv.ts";
import { formatGradescope } from "../../src/grade/outputs/gradescope_json.ts";
import { formatJunit } from "../../src/grade/outputs/junit_xml.ts";
import { formatNbgrader } from "../../src/grade/outputs/nbgrader_csv.ts";
import { formatSimilarity } from "../../src/grade/outputs/similarity_csv.ts";
import type { Rubric } from "../../src/grade/rubric.ts";
import type { Stage } from "../../src/grade/submission_grade.ts";
import type { SimilarPair } from "../../src/grade/similarity.ts";
import type { GradesFolder } from "./grades_folder.ts";

/** Writes every file of the grades. */
export async function writeGrades(
  folder: GradesFolder,
  { grades, rubric, stage, pairs }: {
    grades: readonly FinalGrade[];
    rubric: Rubric;
    stage: Stage;
    pairs: readonly SimilarPair[];
  },
): Promise<void> {
  await folder.write("gradebook.csv", formatGradebook(grades, rubric));
  await folder.write("nbgrader.csv", formatNbgrader(grades, rubric));
  await folder.write("junit.xml", formatJunit(grades));
  await folder.write("similarity.csv", formatSimilarity(pairs));
  await folder.write("report.md", formatClassReport(grades, { rubric, pairs }));
  const taken = new Set<string>();
  for (const grade of grades) {
    const name = fileName(grade.student, taken);
    await folder.write(`feedback/${name}.md`, formatFeedback(grade, { rubric, stage }));
    await folder.write(`${name}.gradescope.json`, formatGradescope(grade));
  }
}

/** A student's name as every file system takes it; of two that would be the same file the later one gets a number. */
function fileName(student: string, taken: Set<string>): string {
  const plain = student.replaceAll(/[^\p{L}\p{N}._-]+/gu, "_").replace(/^\.+/, "").slice(0, 64) || "student";
  let name = plain;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain}-${n}`;
  taken.add(name.toLowerCase());
  return name;
}
