import { UserError } from "../../system/errors.ts";
import type { SourceFailure } from "./acquire.ts";
import type { Origin } from "./locate_files.ts";

/**
 * The one message for the files of a data set that no source delivers: which, why not at each source (said
 * once for the files that failed there alike), and what the user can do.
 */
export function acquisitionError(
  { files, attempt, advice }: Origin,
  missing: readonly { name: string; failures: readonly SourceFailure[] }[],
): UserError {
  const namesByReason = new Map<string, string[]>();
  for (const { name, failures } of missing) {
    for (const { source, reason } of failures) {
      const line = `${source.shown}: ${reason}`;
      namesByReason.set(line, [...namesByReason.get(line) ?? [], name]);
    }
  }
  const reasons = Array.from(
    namesByReason,
    ([line, names]) => names.length === missing.length ? `  ${line}` : `  ${names.join(", ")}: ${line}`,
  );
  const all = missing.length === Object.keys(files).length;
  const title = attempt(all ? "all" : missing.map(({ name }) => name));
  return new UserError([`Cannot ${title}:`, ...reasons, advice].join("\n"));
}
