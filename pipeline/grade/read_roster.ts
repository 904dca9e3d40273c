import { type Fault, FaultError, sayFault } from "../../src/grade/fault.ts";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import { readRoster, type RosterEntry } from "../../src/grade/roster.ts";
import { withoutControls } from "../../src/text/controls.ts";
import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import { cannotRead } from "../system/files.ts";
import { readCells } from "./read_cells.ts";

const ROSTER = say((t) => t.errors.whats.roster);

/** The students of the course from a CSV file, and what is odd in it: our own, or what a learning platform exports. Throws a UserError that says what is wrong. */
export async function readRosterFile(
  file: string,
): Promise<{ roster: RosterEntry[]; warnings: Texts[] }> {
  const rows = await readCells(file, ROSTER);
  const warnings: Texts[] = [];
  const onOdd = (fault: Fault) => {
    const [en, ja] = [gradeMessages("en"), gradeMessages("ja")].map((t) =>
      withoutControls(sayFault(fault, t))
    );
    warnings.push({ en: `The roster ${file}, ${en}`, ja: `名簿 ${file}：${ja}` });
  };
  try {
    const roster = readRoster(rows.map(({ cells }) => cells), { onOdd, lineOf: (row) => rows[row].line });
    return { roster, warnings };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { fault } = error;
    const reason = { en: sayFault(fault, gradeMessages("en")), ja: sayFault(fault, gradeMessages("ja")) };
    throw cannotRead(file, reason, { what: ROSTER, cause: error });
  }
}
