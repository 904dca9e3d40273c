import type { GradeMessages } from "../messages/messages.ts";
import type { SimilarPair } from "../similarity.ts";
import { formatCsv } from "./csv.ts";

/** similarity.csv: pairs of students whose submissions look alike. */
export function formatSimilarity(pairs: readonly SimilarPair[], { outputs }: GradeMessages): string {
  const rows = pairs.map((
    { a, b, what, similarity, note, submissions },
  ) => [
    a,
    b,
    what,
    Math.round(similarity * 1000) / 1000,
    note === null ? "" : outputs.class.similarNote[note],
    submissions.a,
    submissions.b,
  ]);
  return formatCsv(
    ["student_a", "student_b", "what", "similarity", "note", "submission_a", "submission_b"],
    rows,
  );
}
