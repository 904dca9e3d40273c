import { z } from "zod";
import { comparableId } from "../../src/grade/student_id.ts";
import { cannotRead, readCells } from "./read_cells.ts";

const time = z.iso.datetime({ offset: true });
const TIMES = { en: "times of submission", ja: "提出日時の一覧" };

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
    throw cannotRead(file, TIMES, {
      en: `it must have the columns submission and submitted, found ${found || "nothing"}`,
      ja: `submission と submitted の列が必要ですが、${
        found ? `見つかった列は ${found} です` : "列がひとつもありません"
      }`,
    });
  }
  const times = new Map<string, string>();
  const lines = new Map<string, number>();
  for (const { cells, line } of body) {
    const [who, when] = [cells[name] ?? "", cells[submitted] ?? ""];
    if (!time.safeParse(when).success) {
      throw cannotRead(file, TIMES, {
        en: `line ${line}: submitted must be a time with its zone, such as 2026-05-01T23:59:00+09:00, found ${
          JSON.stringify(when)
        }`,
        ja:
          `${line} 行目：submitted は 2026-05-01T23:59:00+09:00 のような、時差の付いた日時でなければなりませんが、${
            JSON.stringify(when)
          } となっています`,
      });
    }
    const earlier = lines.get(comparableId(who));
    if (earlier !== undefined) {
      throw cannotRead(file, TIMES, {
        en: `line ${line}: ${who} has a time in line ${earlier} already; remove one of the two`,
        ja: `${line} 行目：${who} の日時は ${earlier} 行目にもあります。どちらかを取り除いてください`,
      });
    }
    lines.set(comparableId(who), line);
    times.set(who, when);
  }
  return times;
}
