import type { GradeTensor } from "../student_program.ts";

/** How far a row's sum may be from 1. */
const SUM = 1e-3;

/** Why numbers of a shape (B, C) are no probabilities of which the largest could be predicted; null where they are. */
export function unusable(P: GradeTensor): "notFinite" | "noSum" | "tie" | "constant" | null {
  const [B, C] = P.shape;
  if (!P.data.every(Number.isFinite)) return "notFinite";
  const rows = Array.from({ length: B }, (_, b) => P.data.subarray(b * C, (b + 1) * C));
  if (rows.some((row) => Math.abs(row.reduce((sum, p) => sum + p, 0) - 1) > SUM)) return "noSum";
  if (rows.some(isTied)) return "tie";
  return B > 1 && rows.every((row) => row.every((p, c) => p === rows[0][c])) ? "constant" : null;
}

/** Whether the largest number occurs more than once. */
function isTied(row: Float64Array): boolean {
  const top = row.reduce((most, p) => Math.max(most, p), -Infinity);
  return row.indexOf(top) !== row.lastIndexOf(top);
}
