import { basename, join } from "node:path";
import { CLASS_PAGE, FEEDBACK_FOLDER, GRADEBOOK_FILE } from "../../../src/grade/outputs/file_names.ts";
import { splitCsv } from "../../../src/text/csv.ts";
import type { GradesSummary } from "../../../src/view/grades/document.tsx";
import { isMapping } from "../../../src/text/show_value.ts";
import { MANIFEST_FILE } from "../../results/manifest.ts";
import { cannotRead, lstatIfPresent } from "../../system/files.ts";
import { because } from "../../system/reasons.ts";
import { readInside, readTextInside } from "../inside.ts";
import { problemOf } from "../problem.ts";

const FEEDBACK = new RegExp(`^${FEEDBACK_FOLDER}/([^/\\\\\\0]{1,200})\\.html$`);
/** A page of a class of a thousand takes a few MB. */
const MOST = 1 << 26;
const MAX_STUDENTS = 5000;

/** A folder of grades that was found. */
export interface GradesPlace {
  readonly id: string;
  readonly path: string;
  /** As whoever started the server would type it. */
  readonly place: string;
}

/** What a folder of grades holds. */
export interface GradesContents {
  readonly summary: GradesSummary;
  /** Whether there is a page of the class. */
  readonly hasClassPage: boolean;
  /** Of the pages of feedback, as their files are called. */
  readonly students: readonly string[];
}

/** Reads what a grading wrote. What cannot be read is said in the summary. */
export async function readGrades({ id, path, place }: GradesPlace): Promise<GradesContents> {
  const at = Number(lstatIfPresent(join(path, MANIFEST_FILE))?.mtime ?? 0);
  const summary = { id, place, assignment: basename(path), at, submissions: 0, points: null, problem: null };
  try {
    const { assignment, submissions, files } = await readManifest(path);
    const students = files.flatMap((file) => FEEDBACK.exec(file)?.[1] ?? []).sort().slice(0, MAX_STUDENTS);
    return {
      summary: { ...summary, assignment, submissions, points: await readPoints(path) },
      hasClassPage: files.includes(CLASS_PAGE),
      students,
    };
  } catch (error) {
    return { summary: { ...summary, problem: problemOf(error) }, hasClassPage: false, students: [] };
  }
}

/** A page that the grading wrote, by the name that its manifest lists; null where it lists none such. Throws a UserError where it cannot be read. */
export async function readGradesPage(
  { path }: GradesPlace,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (name !== CLASS_PAGE && !FEEDBACK.test(name)) return null;
  const { files } = await readManifest(path);
  return files.includes(name) ? await readInside(path, name, { most: MOST }) : null;
}

async function readManifest(
  folder: string,
): Promise<{ assignment: string; submissions: number; files: readonly string[] }> {
  const text = await readTextInside(folder, MANIFEST_FILE);
  const found: unknown = text === null ? null : JSON.parse(text);
  const { assignment, submissions, files } = Object(found);
  if (typeof assignment !== "string" || !Array.isArray(submissions) || !isMapping(files)) {
    throw cannotRead(join(folder, MANIFEST_FILE), because((t) => t.notAsGraded));
  }
  return { assignment, submissions: submissions.length, files: Object.keys(files) };
}

/** The mean of the scores; null where the table does not have them. */
async function readPoints(folder: string): Promise<GradesSummary["points"]> {
  const text = await readTextInside(folder, GRADEBOOK_FILE);
  if (text === null) return null;
  const [header, ...rows] = splitCsv(text);
  const column = (name: string) => {
    const place = header?.indexOf(name) ?? -1;
    return rows.map((row) => Number(row[place] ?? NaN)).filter(Number.isFinite);
  };
  const [scores, [max]] = [column("score"), column("max")];
  if (scores.length === 0 || max === undefined) return null;
  return { mean: scores.reduce((sum, score) => sum + score, 0) / scores.length, max };
}
