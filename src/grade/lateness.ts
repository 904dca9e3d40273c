import type { Rubric } from "./rubric.ts";

/** How late a submission is, and what it costs. */
export interface Lateness {
  /** When it was handed in; null where nobody says, and then it is not taken for late. */
  readonly submitted: string | null;
  /** Days begun after the due time and its grace; 0 for in time. */
  readonly days: number;
  /** Per cent of the points earned that it takes. */
  readonly percent: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The lateness of a submission, from recorded times alone: no clock is read, so that grading again gives the same.
 *
 * @param submitted when it was handed in, ISO 8601 with zone
 * @param firstSubmitted when the student handed in first, if this is another attempt: until the rubric's `free_until` that time counts
 */
export function lateness(
  { submitted, firstSubmitted = null }: { submitted: string | null; firstSubmitted?: string | null },
  { due, late, attempts: { free_until } }: Pick<Rubric, "due" | "late" | "attempts">,
): Lateness {
  if (submitted === null || due === undefined) return { submitted, days: 0, percent: 0 };
  const own = Date.parse(submitted);
  const free = firstSubmitted !== null && free_until !== undefined && own <= Date.parse(free_until);
  const counted = free ? Math.min(own, Date.parse(firstSubmitted)) : own;
  const after = counted - Date.parse(due);
  if (after <= late.grace_minutes * MINUTE) return { submitted, days: 0, percent: 0 };
  const days = Math.ceil(after / DAY);
  return { submitted, days, percent: Math.min(late.maximum, days * late.per_day) };
}
