import { type Fault, sayFault } from "./fault.ts";
import type { GradeMessages } from "./messages/messages.ts";
import type { Mistake, Place } from "./mistakes/mistake.ts";
import type { CallResult } from "./student_program.ts";

/** How a check ended. */
export type CheckStatus =
  /** All points, some of them, none. */
  | "passed"
  | "partial"
  | "failed"
  /** The program or file gave nothing to check: no points. */
  | Exclude<CallResult["status"], "ok">
  /** It could not be checked here, through no fault of the student's: no points yet, and everywhere said so. */
  | "not_graded";

export interface Outcome {
  readonly status: CheckStatus;
  /** Of the check's points, 0 to 1. */
  readonly fraction: number;
  /** What was found: one or a few sentences of plain text. */
  readonly reason: string;
  /** Why the check could not be made here, if it could not. */
  readonly obstacle: string | null;
  /** What to do about it, where points were lost and something is known. */
  readonly hint: string | null;
  /** Mistakes that were recognised, whether they cost points here or not. */
  readonly mistakes: readonly Mistake[];
  /**
   * Where a mistake of another part of the work explains everything, so that no points are lost here: what the outcome is if that mistake
   * costs no points there either.
   */
  readonly otherwise: Outcome | null;
  /** The part of the work that the check is of; null where it is of none, or had nothing to look at. */
  readonly place: Place | null;
  /** Where no points are lost because the student's own earlier answers, which are wrong, lead here: the parts that those are of. */
  readonly follows: readonly Place[];
  /** Whether more is wrong than these mistakes explain. */
  readonly unexplained: boolean;
  /** For the instructor alone: nothing that is wrong, but worth a look. */
  readonly remarks: readonly Remark[];
}

/** What an instructor may want to look at. */
export interface Remark {
  /** Stable, for programs: snake_case. */
  readonly id:
    | "by_differences"
    | "changes_arguments"
    | "differs_from_notebook"
    | "several_networks"
    | "not_from_notebook"
    | "no_network"
    | "settings_unknown"
    | "notebook_broken";
  /** A sentence. */
  readonly text: string;
}

/** What an outcome has besides how many points it gives and why. */
type Details = Pick<
  Outcome,
  "hint" | "mistakes" | "otherwise" | "place" | "follows" | "unexplained" | "remarks"
>;

const NO_DETAILS: Details = {
  hint: null,
  mistakes: [],
  otherwise: null,
  place: null,
  follows: [],
  unexplained: false,
  remarks: [],
};

/** A check that gives this part of its points. */
export function graded(fraction: number, reason: string, details: Partial<Details> = {}): Outcome {
  const status = fraction >= 1 ? "passed" : fraction > 0 ? "partial" : "failed";
  const bounded = Math.min(1, Math.max(0, fraction));
  return { status, fraction: bounded, reason, obstacle: null, ...NO_DETAILS, ...details };
}

/** A check that has nothing to look at. */
export function unanswered({ status, message }: Unanswered): Outcome {
  return { status, fraction: 0, reason: message, obstacle: null, ...NO_DETAILS };
}

/** A check that cannot be made here. */
export function notGraded(fault: Fault, t: GradeMessages): Outcome {
  const obstacle = sayFault(fault, t);
  const reason = t.checks.notGraded(obstacle);
  return { status: "not_graded", fraction: 0, reason, obstacle, ...NO_DETAILS };
}

/** Why there is nothing to check. */
export interface Unanswered {
  readonly status: Exclude<CallResult["status"], "ok">;
  readonly message: string;
}

/** One outcome of several, each with its share of the points; shares add up to 1. */
export function weighted(
  parts: readonly (readonly [share: number, outcome: Outcome])[],
  t: GradeMessages,
): Outcome {
  const { space } = t.checks;
  const outcomes = parts.map(([, outcome]) => outcome);
  const fraction = parts.reduce((sum, [share, outcome]) => sum + share * outcome.fraction, 0);
  const hints = [...new Set(outcomes.flatMap(({ hint }) => hint ?? []))];
  const otherwise = outcomes.some((outcome) => outcome.otherwise !== null)
    ? weighted(parts.map(([share, outcome]) => [share, outcome.otherwise ?? outcome]), t)
    : null;
  return graded(
    outcomes.every((outcome) => outcome.fraction === 1) ? 1 : fraction,
    [...new Set(outcomes.map(({ reason }) => reason))].join(space),
    {
      hint: hints.length === 0 ? null : hints.join(space),
      mistakes: [...new Set(outcomes.flatMap(({ mistakes }) => mistakes))],
      otherwise,
      place: outcomes.find(({ place }) => place !== null)?.place ?? null,
      follows: [...new Set(outcomes.flatMap(({ follows }) => follows))],
      remarks: outcomes.flatMap(({ remarks }) => remarks),
    },
  );
}
