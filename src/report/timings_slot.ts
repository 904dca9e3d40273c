import { mean } from "../metrics/statistics.ts";
import { formatSeconds } from "../text/durations.ts";
import { formatCount } from "../text/numbers.ts";
import type { Messages } from "./messages/en.ts";
import { fillSpeeds } from "./speeds_slot.ts";
import { formatTimings, parseTimings, type TimingRow } from "../tables/timings_csv.ts";

/**
 * Where a report says how long things took. A clock's readings differ each time, so they are no part of what a report is made from:
 * they are put in when it is written.
 */
export const TIMINGS_SLOT = "<!-- timings -->";

/** A report with its times in place: those of timings.csv, in its order and precision, so that it can be rendered again from there. */
export function fillTimings(report: string, rows: readonly TimingRow[], t: Messages): string {
  const written = parseTimings(formatTimings(rows));
  return fillSpeeds(report.replace(TIMINGS_SLOT, () => timingsText(written, t)), written);
}

function timingsText(rows: readonly TimingRow[], t: Messages): string {
  const trained = rows.filter(({ step, seconds }) => step === "train" && seconds > 0);
  if (trained.length === 0) return t.how.timeNone;
  const sum = (step: string) => rows.reduce((total, row) => total + (row.step === step ? row.seconds : 0), 0);
  const rate = mean(trained.map(({ images_per_second }) => images_per_second)).mean ?? 0;
  const evaluation = sum("evaluate");
  const rest = evaluation > 0 ? t.how.timeEvaluate(formatSeconds(evaluation, t.language)) : "";
  const training = formatSeconds(sum("train"), t.language);
  return t.how.timeText(training, trained.length, rest, formatCount(Math.round(rate)));
}
