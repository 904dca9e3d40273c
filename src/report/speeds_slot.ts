import type { TimingRow } from "../tables/timings_csv.ts";

/** Where report.html keeps how fast trainings went, for axes in seconds. */
export const SPEEDS_ID = "report-speeds";

const OPENING = `<script type="application/json" id="${SPEEDS_ID}">`;

/** The place of the speeds while there are none. They are a clock's readings, as those of TIMINGS_SLOT: put in when the page is written. */
export const SPEEDS_SLOT = `${OPENING}null</script>`;

/** Images a second by trial, over all of its runs that were timed; null where none was. */
export function trainingSpeeds(rows: readonly TimingRow[]): Record<string, number> | null {
  const sums = new Map<number, { seconds: number; images: number }>();
  for (const { step, trial, seconds, images_per_second: speed } of rows) {
    if (step !== "train" || trial === null || speed === null || !(seconds > 0)) continue;
    const { seconds: before, images } = sums.get(trial) ?? { seconds: 0, images: 0 };
    sums.set(trial, { seconds: before + seconds, images: images + seconds * speed });
  }
  if (sums.size === 0) return null;
  return Object.fromEntries(
    Array.from(sums, ([trial, { seconds, images }]) => [trial, Math.round(images / seconds)]),
  );
}

/** A page with its speeds in place. Other texts stay as they are. */
export function fillSpeeds(page: string, rows: readonly TimingRow[]): string {
  const speeds = trainingSpeeds(rows);
  if (speeds === null) return page;
  return page.replace(SPEEDS_SLOT, () => `${OPENING}${JSON.stringify(speeds)}</script>`);
}
