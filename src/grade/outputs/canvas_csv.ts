import type { ClassMember } from "../roster.ts";
import { type Rubric, titleIn } from "../rubric.ts";
import { formatCsv } from "./csv.ts";

/** canvas.csv: what Canvas's gradebook imports: a column of the assignment, with the points that there are to get in the first row. */
export function formatCanvas(
  members: readonly ClassMember[],
  rubric: Pick<Rubric, "title" | "points" | "language">,
): string {
  return formatCsv(
    ["Student", "ID", "SIS Login ID", "Section", titleIn(rubric, rubric.language)],
    [
      ["Points Possible", null, null, null, rubric.points],
      ...members.map(({ student, name, id, section, final }) => [
        name ?? student,
        id,
        student,
        section,
        final?.score ?? null,
      ]),
    ],
  );
}
