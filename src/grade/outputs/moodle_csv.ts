import type { ClassMember } from "../roster.ts";
import type { Rubric } from "../rubric.ts";
import { formatCsv } from "./csv.ts";

/**
 * moodle.csv: Moodle's offline grading worksheet (mod/assign/feedback/offline), which it imports by the identifier, and the gradebook's
 * import by email. Somebody who handed in nothing has no grade.
 *
 * @param feedback what a student reads
 */
export function formatMoodle(
  members: readonly ClassMember[],
  { points, feedback }: Pick<Rubric, "points"> & { feedback: (member: ClassMember) => string },
): string {
  return formatCsv(
    ["Identifier", "Full name", "Email address", "Grade", "Maximum Grade", "Feedback comments"],
    members.map((member) => [
      member.id === null ? null : `Participant ${member.id}`,
      member.name ?? member.student,
      member.email,
      member.final?.score ?? null,
      points,
      member.final === null ? null : feedback(member),
    ]),
  );
}
