import { hashBytes } from "../store/hash.ts";

/**
 * `count` of the runs, by chance that can be repeated: those whose SHA-256 of `<salt> <run>` is smallest, in their own order. With a
 * hash of the results as the salt, whoever wrote them could not choose which ones are looked at.
 */
export function chooseRuns(
  runs: readonly string[],
  { count, salt }: { count: number; salt: string },
): string[] {
  const drawn = runs.map((run) => ({ run, lot: hashBytes(`${salt} ${run}`) }))
    .sort((a, b) => a.lot < b.lot ? -1 : 1)
    .slice(0, count);
  const chosen = new Set(drawn.map(({ run }) => run));
  return runs.filter((run) => chosen.has(run));
}
