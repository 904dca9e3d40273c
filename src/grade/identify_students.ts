import { asSentence, type GradeMessages } from "./messages/messages.ts";
import { platformName, studentOfName } from "./platform_name.ts";
import { type RosterEntry, rosterStudent } from "./roster.ts";
import { beginsWithId, comparableId, sameId } from "./student_id.ts";
import type { SubmissionGrade } from "./submission_grade.ts";

/** Whom the template's manifest names. */
const TEMPLATE_STUDENT = "your-id";

/**
 * Whose each submission is. A manifest is a claim: where submissions of several names claim one student, those whose name begins with the
 * student's id (`s1234567`, `s1234567-2`, `s1234567_final`) are that student's, and the others stand under their own names, with a note.
 * Nobody can hand in for somebody else. A submission that names nobody is the roster's student's after whom it is named. However an id is
 * written, a student has one spelling: the roster's, or the first manifest's.
 */
export function identifyStudents(
  grades: readonly SubmissionGrade[],
  t: GradeMessages,
  roster: readonly RosterEntry[] = [],
): SubmissionGrade[] {
  const spellings = new Map<string, string>();
  const spelled = (id: string) => {
    const key = comparableId(id);
    const known = spellings.get(key) ?? id.normalize("NFC");
    spellings.set(key, known);
    return known;
  };
  for (const { student } of roster) spelled(student);
  // What a student wrote comes before what became of it as the name of a file.
  for (const { student, submission } of grades) if (student !== studentOfName(submission)) spelled(student);
  const ofName = (submission: string) =>
    rosterStudent(submission, roster) ?? spelled(studentOfName(submission));
  const claims = grades.map((grade) => {
    const { student, submission } = grade;
    const unnamed = student === TEMPLATE_STUDENT || sameId(student, studentOfName(submission));
    return { grade, unnamed, submission, student: unnamed ? ofName(submission) : spelled(student) };
  });
  return claims.map((claim) => {
    const { grade, unnamed, submission, student } = claim;
    if (grade.student === TEMPLATE_STUDENT) {
      return { ...grade, student, claim: asSentence(t.files.templateStudent(student), t) };
    }
    if (unnamed || beginsWithId(submission, student)) return { ...grade, student };
    const claimed = claims.filter((other) =>
      sameId(other.student, student) || sameId(other.submission, student)
    );
    // Of one person of the learning platform they are attempts.
    const own = claimed.every((other) =>
      sameId(other.student, student) && (other === claim || samePerson(other.submission, submission))
    );
    if (own) return { ...grade, student };
    return {
      ...grade,
      student: ofName(submission),
      claim: asSentence(t.files.claimedStudent(student), t),
    };
  });
}

function samePerson(a: string, b: string): boolean {
  const [one, other] = [platformName(a), platformName(b)];
  return one !== null && one.platform === other?.platform && one.id === other.id &&
    one.person === other.person;
}
