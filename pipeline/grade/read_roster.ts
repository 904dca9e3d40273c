import { parse } from "csv-parse/sync";
import { readRoster, type RosterEntry } from "../../src/grade/roster.ts";
import { UserError } from "../system/errors.ts";

/** The students of the course from a CSV file: our own, or what a learning platform exports. Throws a UserError that says what is wrong. */
export async function readRosterFile(file: string): Promise<RosterEntry[]> {
  try {
    const text = await Deno.readTextFile(file);
    return readRoster(parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true }));
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such file"
      : error instanceof Error
      ? error.message
      : String(error);
    throw new UserError(`Cannot read the roster ${file}: ${reason}`, { cause: error });
  }
}
