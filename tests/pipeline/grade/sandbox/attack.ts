import { sayFault } from "../../../../src/grade/fault.ts";
import { gradeMessages } from "../../../../src/grade/messages/messages.ts";
import type { CallResult, GradeValue, StudentProgram } from "../../../../src/grade/student_program.ts";
import type { ProgramLimits } from "../../../../pipeline/grade/sandbox/walls.ts";
import { startProgram } from "../../../../pipeline/grade/sandbox/start_program.ts";

const SUBMISSIONS = new URL("../../../grade/submissions/", import.meta.url);

/** Starts the program of tests/grade/submissions/attack-<name>/. */
export async function attack(
  name: string,
  limits: Partial<ProgramLimits> = {},
): Promise<StudentProgram & AsyncDisposable> {
  return startProgram(await Deno.readTextFile(new URL(`attack-${name}/src/mod.ts`, SUBMISSIONS)), limits);
}

/** The value of a call that went well. */
export function valueOf(result: CallResult): GradeValue {
  if (result.status !== "ok") throw new Error(`The call must go well, found ${Deno.inspect(result)}`);
  return result.value;
}

/** A call's result for comparison: the status, with what is wrong where something is. */
export function outcomeOf(result: CallResult): string {
  return "fault" in result
    ? `${result.status}: ${sayFault(result.fault, gradeMessages("en"))}`
    : result.status;
}
