import type { ClassMember } from "../roster.ts";
import type { Rubric } from "../rubric.ts";
import { formatCsv } from "./csv.ts";

/** canvas.csv: what Canvas's gradebook imports: a column of the assignment, with the points that there are to get in the first row. */
export function formatCanvas(
  members: readonly ClassMember[],
  { title, points }: Pick<Rubric, "title" | "points">,
): string {
  return formatCsv(
    ["Student", "ID", "SIS Login ID", "Section", title],
    [
      ["Points Possible", null, null, null, points],
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
