import type { Visibility } from "./check_schema.ts";
import type { CheckStatus } from "./outcome.ts";
import type { Track } from "./manifest_schema.ts";

/** What a submission got, before lateness and overrides. Plain data. */
export interface SubmissionGrade {
  /** The manifest's, or the submission's name where the manifest cannot be read. */
  readonly student: string;
  /** The folder's or archive's name. */
  readonly submission: string;
  readonly sha256: string;
  readonly track: Track;
  /** The manifest's own time, if it has one. */
  readonly submitted: string | null;
  readonly problems: readonly ProblemGrade[];
  /** The trained network's accuracy on the test images, recomputed; null where there is none or it was not asked for. */
  readonly testAccuracy: number | null;
  /** Files that could not be read, as `file: reason`. */
  readonly notes: readonly string[];
}

/** A problem's points and how they came about. */
export interface ProblemGrade {
  readonly name: string;
  readonly title: string;
  /** Points given. */
  readonly points: number;
  readonly max: number;
  readonly checks: readonly CheckGrade[];
  /** What was changed by hand, and why; null where nothing was. */
  readonly override: string | null;
}

/** One check's points and why. */
export interface CheckGrade {
  readonly name: string;
  readonly status: CheckStatus;
  readonly points: number;
  readonly max: number;
  readonly visibility: Visibility;
  readonly reason: string;
  readonly hint: string | null;
  /** Ids of the mistakes that were recognised. */
  readonly mistakes: readonly string[];
  /** What was changed by hand, and why; null where nothing was. */
  readonly override: string | null;
}

/** Points as they are written: at most two decimals, so that sums read as they should. */
export function roundPoints(points: number): number {
  return Math.round(points * 100) / 100;
}

/** The points of all problems. */
export function totalPoints({ problems }: Pick<SubmissionGrade, "problems">): number {
  return roundPoints(problems.reduce((sum, problem) => sum + problem.points, 0));
}

/** The checks that could not be made here. */
export function notGradedChecks({ problems }: Pick<SubmissionGrade, "problems">): CheckGrade[] {
  return problems.flatMap(({ checks }) => checks.filter(({ status }) => status === "not_graded"));
}
