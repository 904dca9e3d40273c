import { parse } from "csv-parse/sync";
import { z } from "zod";
import { UserError } from "../system/errors.ts";
import { readInputText } from "../system/read_input.ts";

const time = z.iso.datetime({ offset: true });

/**
 * When submissions were handed in, as the instructor knows it: a CSV file with the columns `submission` and `submitted` (the submission's or
 * student's name, and a time with its zone), as learning platforms export it. Throws a UserError that names the line at fault.
 */
export async function readSubmitted(file: string): Promise<Map<string, string>> {
  const fail = (reason: string): never => {
    throw new UserError(`Cannot read the times of submission ${file}: ${reason}`);
  };
  const text = await readInputText(file, "times of submission");
  let rows: string[][];
  try {
    rows = parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
  const [header = [], ...body] = rows;
  const [name, submitted] = [header.indexOf("submission"), header.indexOf("submitted")];
  if (name < 0 || submitted < 0) {
    return fail(`it must have the columns submission and submitted, found ${header.join(", ") || "nothing"}`);
  }
  const times = new Map<string, string>();
  for (const [i, row] of body.entries()) {
    const [who, when] = [row[name] ?? "", row[submitted] ?? ""];
    if (!time.safeParse(when).success) {
      return fail(
        `line ${i + 2}: submitted must be a time with its zone, such as 2026-05-01T23:59:00+09:00, found ${
          JSON.stringify(when)
        }`,
      );
    }
    times.set(who, when);
  }
  return times;
}
