import { type Fault, FaultError } from "./fault.ts";
import type { FinalGrade } from "./final_grade.ts";
import { platformName } from "./platform_name.ts";
import { comparableId, idInName, sameId } from "./student_id.ts";

/** Somebody of the course, as an instructor's list has them; null where it does not say. */
export interface RosterEntry {
  /** As manifests name the student. */
  readonly student: string;
  readonly name: string | null;
  readonly email: string | null;
  /** The learning platform's own number. */
  readonly id: string | null;
  readonly section: string | null;
}

/**
 * The names of a roster's columns, in small letters: our own, those of Canvas's gradebook and of Moodle's lists, and those of Japanese lists
 * of students. The first that is there counts.
 */
const COLUMNS: Readonly<Record<keyof RosterEntry, readonly string[]>> = {
  student: [
    "sis login id",
    "id number",
    "username",
    "student_id",
    "student",
    "学籍番号",
    "学生番号",
    "email address",
    "email",
  ],
  name: ["full name", "name", "氏名", "名前"],
  email: ["email address", "email", "メールアドレス"],
  id: ["identifier", "id"],
  section: ["section", "group", "groups", "クラス"],
};

/**
 * Reads a roster from the cells of a CSV file. Whoever is in it twice is one student, as the first row says.
 *
 * @param onOdd is told what is odd in it, with the line
 * @param lineOf the line of a row by its place; left out, each row is a line
 * @throws FaultError where no column names the students
 */
export function readRoster(
  cells: readonly (readonly string[])[],
  { onOdd = () => {}, lineOf = (row) => row + 1 }: {
    onOdd?: (fault: Fault) => void;
    lineOf?: (row: number) => number;
  } = {},
): RosterEntry[] {
  const isBlank = (row: readonly string[]) => row.every((text) => text.trim() === "");
  const top = cells.findIndex((row) => !isBlank(row));
  const header = cells[top] ?? [];
  const titles = header.map((title) => title.trim().normalize("NFKC").toLowerCase());
  const placeOf = (key: keyof RosterEntry) =>
    COLUMNS[key].map((title) => titles.indexOf(title)).find((place) => place >= 0) ?? -1;
  const student = placeOf("student");
  if (student < 0) {
    throw new FaultError(["rosterColumns", header.join(", ")]);
  }
  // Canvas has the names under Student, and a row of the points that there are to get.
  const canvas = titles.includes("student") && titles[student] !== "student";
  const [first, last] = ["first name", "last name"].map((title) => titles.indexOf(title));
  const cell = (row: readonly string[], place: number) => place < 0 ? null : row[place]?.trim() || null;
  const lines = new Map<string, number>();
  return cells.flatMap((row, i) => {
    if (i <= top || isBlank(row)) return [];
    const found = cell(row, student);
    // Canvas has a row of points, and one of a student for trying things out.
    const nobody = canvas &&
      (found === null || /^points possible$/i.test(cell(row, titles.indexOf("student")) ?? ""));
    if (nobody) return [];
    const line = lineOf(i);
    if (found === null) {
      onOdd(["rosterNameless", line]);
      return [];
    }
    const known = lines.get(comparableId(found));
    if (known !== undefined) {
      onOdd(["rosterTwice", line, found, known]);
      return [];
    }
    lines.set(comparableId(found), line);
    const both = [cell(row, first), cell(row, last)].filter((part) => part !== null).join(" ");
    return [{
      student: found,
      name: cell(row, canvas ? titles.indexOf("student") : placeOf("name")) ?? (both === "" ? null : both),
      email: cell(row, placeOf("email")),
      id: cell(row, placeOf("id"))?.replace(/^Participant /, "") ?? null,
      section: cell(row, placeOf("section")),
    }];
  });
}

/**
 * The student of the roster after whom a submission is named, by the learning platform's number or by the id that the name begins with;
 * undefined where it is nobody of them.
 */
export function rosterStudent(submission: string, roster: readonly RosterEntry[]): string | undefined {
  const platform = platformName(submission);
  if (platform !== null) return roster.find(({ id }) => id === platform.id)?.student;
  return idInName(submission, roster.map(({ student }) => student));
}

/** A student of the class, with what the roster and the learning platform say of them. */
export interface ClassMember extends RosterEntry {
  /** Null for somebody who handed in nothing. */
  readonly final: FinalGrade | null;
}

/**
 * The students of the roster who handed in nothing.
 *
 * @param refused names of what was handed in and could not be graded
 */
export function absentStudents(
  grades: readonly FinalGrade[],
  roster: readonly RosterEntry[],
  refused: readonly string[],
): string[] {
  const handedIn = refused.flatMap((name) => rosterStudent(name, roster) ?? []);
  return classMembers(grades, roster)
    .filter(({ student, final }) => final === null && !handedIn.some((one) => sameId(one, student)))
    .map(({ student }) => student);
}

/** Everybody with a grade, and everybody of the roster, by student. */
export function classMembers(grades: readonly FinalGrade[], roster: readonly RosterEntry[]): ClassMember[] {
  const graded = grades.map((final): ClassMember => {
    const platform = platformName(final.grade.submission);
    const entry = roster.find((one) => sameId(one.student, final.student)) ??
      roster.find((one) => platform !== null && one.id === platform.id);
    return {
      student: final.student,
      name: entry?.name ?? platform?.person ?? null,
      email: entry?.email ?? null,
      id: entry?.id ?? platform?.id ?? null,
      section: entry?.section ?? null,
      final,
    };
  });
  const handedIn = (entry: RosterEntry) =>
    graded.some(({ student, id }) => sameId(student, entry.student) || entry.id !== null && id === entry.id);
  const absent = roster.filter((entry) => !handedIn(entry)).map((entry): ClassMember => ({
    ...entry,
    final: null,
  }));
  return [...graded, ...absent].sort((a, b) => a.student < b.student ? -1 : 1);
}
