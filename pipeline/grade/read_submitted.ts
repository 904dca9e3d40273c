import { z } from "zod";
import { comparableId } from "../../src/grade/student_id.ts";
import { say } from "../messages/messages.ts";
import { cannotRead } from "../system/files.ts";
import { because } from "../system/reasons.ts";
import { readCells } from "./read_cells.ts";

const time = z.iso.datetime({ offset: true });
const TIMES = say((t) => t.errors.whats.times);

/**
 * When submissions were handed in, as the instructor knows it: a CSV file with the columns `submission` and `submitted` (the submission's or
 * student's name, and a time with its zone), as learning platforms export it. Throws a UserError that names the line at fault.
 */
export async function readSubmitted(file: string): Promise<Map<string, string>> {
  const [first, ...body] = await readCells(file, TIMES);
  const header = first?.cells ?? [];
  const [name, submitted] = [header.indexOf("submission"), header.indexOf("submitted")];
  if (name < 0 || submitted < 0) {
    const found = header.join(", ");
    throw cannotRead(file, because((t) => t.noTimeColumns(found)), { what: TIMES });
  }
  const times = new Map<string, string>();
  const lines = new Map<string, number>();
  for (const { cells, line } of body) {
    const [who, when] = [cells[name] ?? "", cells[submitted] ?? ""];
    if (!time.safeParse(when).success) {
      throw cannotRead(file, because((t) => t.noTime(line, JSON.stringify(when))), { what: TIMES });
    }
    const earlier = lines.get(comparableId(who));
    if (earlier !== undefined) {
      throw cannotRead(file, because((t) => t.twoTimes({ who, line, earlier })), { what: TIMES });
    }
    lines.set(comparableId(who), line);
    times.set(who, when);
  }
  return times;
}
