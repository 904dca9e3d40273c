import type { SubmissionGrade } from "./submission_grade.ts";

/**
 * Whose each submission is. A manifest is a claim: where submissions of several names claim one student, those whose name begins with the
 * student's id (`s1234567`, `s1234567-2`, `s1234567_final`) are that student's, and the others stand under their own names, with a note.
 * Nobody can hand in for somebody else.
 */
export function identifyStudents(grades: readonly SubmissionGrade[]): SubmissionGrade[] {
  return grades.map((grade) => {
    const { student, submission } = grade;
    if (belongsTo(student, submission)) return grade;
    const claimed = grades.filter((other) => other.student === student || other.submission === student);
    if (claimed.length === 1 && claimed[0] === grade) return grade;
    const note =
      `manifest.yaml: says student ${student}, who has a submission of their own or is claimed by several`;
    return { ...grade, student: submission, notes: [...grade.notes, note] };
  });
}

function belongsTo(student: string, submission: string): boolean {
  return submission.startsWith(student) && !/^[\p{L}\p{N}]/u.test(submission.slice(student.length));
}
