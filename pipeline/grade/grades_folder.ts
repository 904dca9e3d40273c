import { dirname, join } from "node:path";
import { say } from "../messages/messages.ts";
import type { Texts } from "../../src/text/language.ts";
import { UserError } from "../system/errors.ts";
import { FileLock } from "../system/file_lock.ts";
import {
  isLink,
  isTemporary,
  listIfPresent,
  readTextIfPresent,
  removeIfPresent,
  replaceFile,
} from "../system/files.ts";
import { because, quotedReason } from "../system/reasons.ts";
import { MANIFEST_FILE } from "../results/manifest.ts";
import { hashBytes } from "../store/hash.ts";
import type { FinalGrade, UnknownNames } from "../../src/grade/final_grade.ts";
import { classData } from "../../src/grade/outputs/class_data.ts";
import { formatClassReport } from "../../src/grade/outputs/class_report.ts";
import { feedbackOf } from "../../src/grade/outputs/feedback.ts";
import { formatFeedback } from "../../src/grade/outputs/feedback_markdown.ts";
import { CLASS_PAGE, FEEDBACK_FOLDER, GRADEBOOK_FILE } from "../../src/grade/outputs/file_names.ts";
import { formatGradebook } from "../../src/grade/outputs/gradebook_csv.ts";
import { formatGradescope } from "../../src/grade/outputs/gradescope_json.ts";
import { formatJunit } from "../../src/grade/outputs/junit_xml.ts";
import { formatNbgrader } from "../../src/grade/outputs/nbgrader_csv.ts";
import { studentFileNames } from "../../src/grade/outputs/student_file_names.ts";
import { formatSimilarity } from "../../src/grade/outputs/similarity_csv.ts";
import { classPage } from "../../src/grade/pages/class_page.tsx";
import { studentPage } from "../../src/grade/pages/student_page.tsx";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import { classMembers, type RosterEntry } from "../../src/grade/roster.ts";
import { formatCanvas } from "../../src/grade/outputs/canvas_csv.ts";
import { formatMoodle } from "../../src/grade/outputs/moodle_csv.ts";
import { isMapping } from "../../src/text/show_value.ts";
import type { Rubric } from "../../src/grade/rubric.ts";
import type { Stage } from "../../src/grade/submission_grade.ts";
import type { SimilarPair } from "../../src/grade/similarity.ts";

/** Held while a grading is at work on the folder; it says the process's id. */
const LOCK_FILE = ".grade.lock";

/**
 * The folder that grades are written to, locked against others. Files are replaced one by one, each whole or not at all, and manifest.json last: it lists what was
 * written with its SHA-256, and what it listed before and no longer does is removed. Everything else in the folder is the instructor's.
 */
export class GradesFolder implements Disposable {
  readonly path: string;
  readonly #lock: FileLock;
  readonly #before: readonly string[];
  readonly #files: Record<string, string> = {};

  private constructor(path: string, { lock, before }: { lock: FileLock; before: readonly string[] }) {
    this.path = path;
    this.#lock = lock;
    this.#before = before;
  }

  /**
   * Makes the folder where there is none. Throws a UserError where that cannot be, another grading is at work there, or the folder holds
   * results of something else.
   */
  static async open(path: string): Promise<GradesFolder> {
    let lock: FileLock | null = null;
    try {
      await Deno.mkdir(path, { recursive: true });
      lock = await take(path);
      const feedback = join(path, FEEDBACK_FOLDER);
      if (isLink(feedback)) {
        throw cannotWrite(path, because((t) => t.linkInTheWay(FEEDBACK_FOLDER)));
      }
      for (const inside of [path, feedback]) await removeLeftovers(inside);
      const text = await readTextIfPresent(join(path, MANIFEST_FILE));
      return new GradesFolder(path, { lock, before: text === null ? [] : listedFiles(text, path) });
    } catch (error) {
      if (lock !== null) release(lock);
      throw refusal(path, error);
    }
  }

  [Symbol.dispose](): void {
    release(this.#lock);
  }

  /** The text of a file in the folder, null where there is none. */
  read(name: string): Promise<string | null> {
    return readTextIfPresent(join(this.path, name));
  }

  /** Writes a file and lists it. */
  write(name: string, text: string): void {
    this.#files[name] = hashBytes(text);
    this.#replace(name, text);
  }

  /** Writes a file that is the instructor's from then on, unless it is there. */
  async offer(name: string, text: string): Promise<void> {
    if (await this.read(name) === null) this.#replace(name, text);
  }

  /** Writes the manifest, and removes what an earlier one listed and this one does not. */
  async finish(manifest: Readonly<Record<string, unknown>>): Promise<void> {
    const files = Object.fromEntries(Object.entries(this.#files).sort(([a], [b]) => a < b ? -1 : 1));
    this.#replace(MANIFEST_FILE, JSON.stringify({ ...manifest, files }, null, 2) + "\n");
    for (const name of this.#before) {
      if (!Object.hasOwn(files, name)) await removeIfPresent(join(this.path, name));
    }
  }

  #replace(name: string, text: string): void {
    const path = join(this.path, name);
    try {
      Deno.mkdirSync(dirname(path), { recursive: true });
      replaceFile(path, new TextEncoder().encode(text));
    } catch (error) {
      throw refusal(this.path, error);
    }
  }
}

async function take(folder: string): Promise<FileLock> {
  const path = join(folder, LOCK_FILE);
  const lock = await FileLock.takePatiently(path);
  if (lock === null) {
    const holder = await FileLock.read(path);
    throw cannotWrite(folder, because((t) => t.anotherGrading(holder)));
  }
  await lock.write(String(Deno.pid));
  return lock;
}

function release(lock: FileLock): void {
  lock.remove();
  lock[Symbol.dispose]();
}

/** Removes what a grading that was killed left half written. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const { name } of listIfPresent(folder)) {
    if (isTemporary(name)) await Deno.remove(join(folder, name));
  }
}

const OWN_NAME = new RegExp(`^(?:${FEEDBACK_FOLDER}/)?(?!\\.)[^\\\\/]+$`);

/** What a manifest lists, if it is one of grades. One that cannot be read lists nothing: all is written again. */
function listedFiles(text: string, path: string): string[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return [];
  }
  if (!isMapping(manifest)) return [];
  if (typeof manifest.assignment !== "string") {
    throw cannotWrite(path, because((t) => t.otherResults));
  }
  // Those that a grading may have written: what a manifest names elsewhere is not ours to remove.
  return Object.keys(Object(manifest.files)).filter((name) => OWN_NAME.test(name));
}

function refusal(path: string, error: unknown): unknown {
  if (error instanceof UserError || !(error instanceof Error) || !("code" in error)) return error;
  const reason = quotedReason(error);
  return cannotWrite(path, say((t) => t.errors.reasons.elsewhere(reason[t.language])), error);
}

function cannotWrite(path: string, reason: Texts, cause?: unknown): UserError {
  return new UserError(say((t) => t.errors.cannotWriteGrades(path, reason[t.language])), { cause });
}

/** Writes every file of the grades. */
export function writeGrades(
  folder: GradesFolder,
  { grades, rubric, stage, pairs, roster = [], unknown, refused = [] }: {
    grades: readonly FinalGrade[];
    /** Who is in the course; those who handed in nothing too. */
    roster?: readonly RosterEntry[];
    rubric: Rubric;
    stage: Stage;
    pairs: readonly SimilarPair[];
    /** Names in the instructor's own files of which there is nothing. */
    unknown?: UnknownNames;
    /** What was handed in and could not be graded, and why. */
    refused?: readonly { readonly name: string; readonly reason: string }[];
  },
): void {
  folder.write(GRADEBOOK_FILE, formatGradebook(grades, rubric));
  const members = classMembers(grades, roster);
  folder.write("canvas.csv", formatCanvas(members, rubric));
  folder.write(
    "moodle.csv",
    formatMoodle(members, {
      points: rubric.points,
      feedback: ({ final }) => final === null ? "" : formatFeedback(feedbackOf(final, { rubric, stage })),
    }),
  );
  folder.write("nbgrader.csv", formatNbgrader(grades, rubric));
  folder.write("junit.xml", formatJunit(grades, rubric));
  folder.write("similarity.csv", formatSimilarity(pairs, gradeMessages(rubric.language)));
  const data = classData(grades, {
    rubric,
    pairs,
    roster: roster.length === 0 ? undefined : roster,
    ...(unknown && { unknown }),
    refused,
  });
  const names = studentFileNames(grades.map(({ student }) => student));
  const nameOf = (student: string) => names.get(student) ?? student;
  folder.write("report.md", formatClassReport(data));
  folder.write(
    CLASS_PAGE,
    classPage(data, (student) => `${FEEDBACK_FOLDER}/${encodeURIComponent(nameOf(student))}.html`),
  );
  for (const grade of grades) {
    const name = nameOf(grade.student);
    const feedback = feedbackOf(grade, { rubric, stage });
    folder.write(`${FEEDBACK_FOLDER}/${name}.md`, formatFeedback(feedback));
    folder.write(`${FEEDBACK_FOLDER}/${name}.html`, studentPage(feedback));
    folder.write(`${name}.gradescope.json`, formatGradescope(grade, { rubric, stage }));
  }
}
