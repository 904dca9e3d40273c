import { z } from "zod";
import { nearest } from "../config/explain/suggest.ts";
import { checkName } from "./checks/registry.ts";
import { type Fault, refuse } from "./fault.ts";
import type { GradeMessages } from "./messages/messages.ts";
import type { Rubric } from "./rubric.ts";
import { comparableId, sameId } from "./student_id.ts";
import {
  type CheckGrade,
  type ProblemGrade,
  problemPoints,
  type SubmissionGrade,
} from "./submission_grade.ts";

/** A grade that the instructor sets by hand. */
const overrideSchema = z.strictObject({
  student: z.string().min(1).describe("The student's id, as in gradebook.csv."),
  problem: z.string().min(1).optional().describe("The problem's name. Left out: the total, after lateness."),
  check: z.string().min(1).optional().describe(
    "The check's name within the problem. Left out: the problem as a whole.",
  ),
  points: z.number().min(0).max(10_000).describe("The points to give instead."),
  reason: z.string().min(1).describe("Why. The student reads it."),
}).superRefine(({ problem, check }, context) => {
  if (check !== undefined && problem === undefined) {
    refuse(context, ["check"], ["checkAlone"]);
  }
});

/** overrides.yaml: grades set by hand, which stay however often is graded. */
export const overridesSchema = z.strictObject({
  overrides: z.array(overrideSchema).nullable().default([]).transform((list) => list ?? [])
    .describe("Grades set by hand, one a place."),
}).describe("Grades set by hand.");

export type Override = z.infer<typeof overrideSchema>;

/** The override that names no place of this rubric, and why; undefined where all do. `index` is its place in the list. */
export function misplacedOverride(
  overrides: readonly Override[],
  { problems, points: all, with_bonus: most = all }: Rubric,
):
  | { index: number; key: "problem" | "check" | "points"; fault: Fault }
  | undefined {
  for (const [index, { problem: name, check, points }] of overrides.entries()) {
    if (name === undefined) {
      if (points <= most) continue;
      return { index, key: "points", fault: ["pointsTooMany", most, points] };
    }
    const problem = problems.find((candidate) => candidate.name === name);
    if (problem === undefined) {
      const allowed = problems.map((candidate) => candidate.name);
      return {
        index,
        key: "problem",
        fault: ["unknownProblem", name, allowed, nearest(name, allowed) ?? null],
      };
    }
    const checks = problem.checks.filter((spec) => check === undefined || checkName(spec) === check);
    if (check !== undefined && checks.length === 0) {
      const allowed = [...new Set(problem.checks.map(checkName))];
      const meant = nearest(check, allowed) ?? null;
      return {
        index,
        key: "check",
        fault: ["unknownCheck", { problem: name, found: check }, allowed, meant],
      };
    }
    const max = check === undefined
      ? problem.points
      : checks.reduce((most, { points }) => Math.max(most, points), 0);
    if (points > max) {
      return { index, key: "points", fault: ["pointsTooMany", max, points] };
    }
  }
}

/** The first two overrides, by their places in the list, that set the same points; undefined where no two do. */
export function doubledOverride(overrides: readonly Override[]): [first: number, second: number] | undefined {
  const seen = new Map<string, number>();
  for (const [index, { student, problem, check }] of overrides.entries()) {
    const place = JSON.stringify([comparableId(student), problem, check]);
    const first = seen.get(place);
    if (first !== undefined) return [first, index];
    seen.set(place, index);
  }
}

type Describe = GradeMessages["outputs"]["override"];

/** The grade with the overrides of its student's checks and problems. Those of the total are left for later: they come after lateness. */
export function applyOverrides(
  grade: SubmissionGrade,
  overrides: readonly Override[],
  { outputs: { override: describe } }: GradeMessages,
): SubmissionGrade {
  const own = overrides.filter(({ student }) => sameId(student, grade.student));
  const problems = grade.problems.map((problem) => {
    const all = own.filter((override) => override.problem === problem.name);
    // A problem's points count, whatever its checks then add up to.
    const of = [
      ...all.filter(({ check }) => check !== undefined),
      ...all.filter(({ check }) => check === undefined),
    ];
    return of.reduce((before, override) => applyToProblem(before, override, describe), problem);
  });
  return { ...grade, problems };
}

function applyToProblem(problem: ProblemGrade, override: Override, describe: Describe): ProblemGrade {
  const { check: name, points, reason } = override;
  if (name === undefined) return { ...problem, points, override: describe(problem.points, points, reason) };
  const checks = problem.checks.map((check) =>
    check.name === name ? applyToCheck(check, override, describe) : check
  );
  return { ...problem, checks, ...problemPoints(checks) };
}

function applyToCheck(check: CheckGrade, override: Override, describe: Describe): CheckGrade {
  const points = Math.min(check.max, override.points);
  const status = points >= check.max ? "passed" : points > 0 ? "partial" : "failed";
  return { ...check, status, points, override: describe(check.points, points, override.reason) };
}
