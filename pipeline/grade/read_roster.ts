import { FaultError, sayFault } from "../../src/grade/fault.ts";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import { readRoster, type RosterEntry } from "../../src/grade/roster.ts";
import { cannotRead, readCells } from "./read_cells.ts";

const ROSTER = { en: "roster", ja: "名簿" };

/** The students of the course from a CSV file: our own, or what a learning platform exports. Throws a UserError that says what is wrong. */
export async function readRosterFile(file: string): Promise<RosterEntry[]> {
  const rows = await readCells(file, ROSTER);
  try {
    return readRoster(rows.map(({ cells }) => cells));
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { fault } = error;
    const reason = { en: sayFault(fault, gradeMessages("en")), ja: sayFault(fault, gradeMessages("ja")) };
    throw cannotRead(file, ROSTER, reason, error);
  }
}
