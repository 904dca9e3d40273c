import type { Visibility } from "./checks/check.ts";
import type { Exhibits } from "./exhibits.ts";
import type { CheckStatus, Remark } from "./outcome.ts";
import type { Track } from "./manifest.ts";

/** What a submission got, before lateness and overrides. Plain data. */
export interface SubmissionGrade {
  /** The manifest's, or the submission's name where the manifest cannot be read. */
  readonly student: string;
  readonly submission: string;
  readonly sha256: string;
  readonly track: Track;
  /** The manifest's own time, if it has one. */
  readonly submitted: string | null;
  /** In the rubric's order. */
  readonly problems: readonly ProblemGrade[];
  /** The trained network's accuracy on the test images, recomputed; null where there is none or it was not asked for. */
  readonly testAccuracy: number | null;
  /** For the instructor alone: what may be worth a look. */
  readonly remarks: readonly Remark[];
  /** What is wrong with files, so that they count as not handed in: a sentence each. */
  readonly notes: readonly string[];
  /** What went wrong in the notebook that was run, a sentence each. */
  readonly warnings?: readonly string[] | undefined;
  /** Why it stands under another name than its manifest says; null where it does not. */
  readonly claim: string | null;
  /** What was read otherwise than it stands there, a sentence each. */
  readonly understood: readonly string[];
  /**
   * Whether the trained network is as good as the rubric's `learned` asks; false also where there is none to look at, null where the rubric
   * does not ask, the manifest could not be read, or it could not be run here.
   */
  readonly learned: boolean | null;
  /** The most points that a network that has not learned leaves; null where nothing bounds them. */
  readonly cap: number | null;
  /** What the student's page shows besides points. */
  readonly exhibits?: Exhibits | undefined;
}

export interface ProblemGrade {
  readonly name: string;
  readonly title: string;
  readonly points: number;
  /** Points that it is worth. */
  readonly max: number;
  /** Points given besides. */
  readonly bonus: number;
  /** Those of the submission's track, in the rubric's order. */
  readonly checks: readonly CheckGrade[];
  /** What was changed by hand, and why; null where nothing was. */
  readonly override: string | null;
}

export interface CheckGrade {
  readonly name: string;
  readonly status: CheckStatus;
  readonly points: number;
  /** Points that it is worth. */
  readonly max: number;
  /** Whether its points come besides the problem's. */
  readonly bonus: boolean;
  readonly visibility: Visibility;
  readonly reason: string;
  /** Why it could not be made here; null where it was made. */
  readonly obstacle: string | null;
  /** How to mend it; null where no points were lost, or nothing is known. */
  readonly hint: string | null;
  /** Ids of the mistakes that were recognised. */
  readonly mistakes: readonly string[];
  /** What was changed by hand, and why; null where nothing was. */
  readonly override: string | null;
  /** Where that is counted which costs nothing here: see countedElsewhere(). */
  readonly elsewhere?: readonly (readonly number[])[] | undefined;
}

/** How far the grading has come, for what students may see: nothing is due yet, it is past the due date, grades are published. */
export const STAGES = ["open", "due", "published"] as const;
export type Stage = (typeof STAGES)[number];

/** Points as they are written: at most two decimals, so that sums read as they should. */
export function roundPoints(points: number): number {
  return Math.round(points * 100) / 100;
}

/** Points of several checks or problems together, bonus aside: those given, or those that they are worth. */
export function sumPoints(
  parts: readonly (Pick<CheckGrade, "points" | "max"> & { readonly bonus?: boolean | number })[],
  which: "points" | "max" = "points",
): number {
  return roundPoints(parts.reduce((sum, part) => part.bonus === true ? sum : sum + part[which], 0));
}

/** What a problem's checks give: its points, and those besides. */
export function problemPoints(checks: readonly CheckGrade[]): { points: number; bonus: number } {
  const bonus = checks.filter((check) => check.bonus).reduce((sum, { points }) => sum + points, 0);
  return { points: sumPoints(checks), bonus: roundPoints(bonus) };
}

/** All points before the bounds of a cap and of the total. */
export function uncappedPoints({ problems }: Pick<SubmissionGrade, "problems">): number {
  return roundPoints(sumPoints(problems) + problems.reduce((sum, { bonus }) => sum + bonus, 0));
}

/**
 * What a submission gets, lateness aside.
 *
 * @param most the most that points and bonus give together
 */
export function totalPoints(
  grade: Pick<SubmissionGrade, "problems" | "cap">,
  most: number = sumPoints(grade.problems, "max"),
): number {
  return Math.min(uncappedPoints(grade), most, grade.cap ?? Infinity);
}

/** The checks that could not be made here. */
export function notGradedChecks({ problems }: Pick<SubmissionGrade, "problems">): CheckGrade[] {
  return problems.flatMap(({ checks }) => checks.filter(({ status }) => status === "not_graded"));
}
