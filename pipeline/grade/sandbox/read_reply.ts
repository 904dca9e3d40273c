import type { Fault } from "../../../src/grade/fault.ts";
import type { CallResult } from "../../../src/grade/student_program.ts";
import { cleanText } from "../../../src/grade/clean_text.ts";
import type { Frame } from "./frames.ts";
import { unpackValue } from "./values.ts";

const INVALID: CallResult = { status: "invalid", fault: ["noReply"] };

/**
 * A reply of boot.ts as the result of a call. `last` says that the process must serve no further request: so does every reply that is not as
 * it must be.
 */
export function readReply({ header, numbers }: Frame, seq: number): { result: CallResult; last: boolean } {
  const reply = parseRecord(header);
  if (reply === null || reply.seq !== seq) return { result: INVALID, last: true };
  const message = typeof reply.message === "string" ? reply.message : "";
  const last = reply.last === true;
  switch (reply.status) {
    case "ok": {
      try {
        const value = unpackValue(reply.value, numbers);
        const changed = typeof reply.changed === "string" ? cleanText(reply.changed) : "";
        return { result: { status: "ok", value, ...(changed === "" ? {} : { changed }) }, last };
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        return { result: INVALID, last: true };
      }
    }
    case "missing":
      return { result: { status: "missing" }, last };
    case "invalid":
      return { result: { status: "invalid", fault: returnedFault(reply.fault) }, last };
    case "error": {
      const stack = typeof reply.stack === "string" ? reply.stack : "";
      // Typed arrays and WebAssembly memory that cannot be had throw, where the heap would crash.
      const status = /could not allocate memory|buffer allocation failed/i.test(message) ? "memory" : "error";
      return { result: { status, fault: thrownFault(reply.thrown, { message, stack }) }, last };
    }
    default:
      return { result: INVALID, last: true };
  }
}

function parseRecord(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value as Record<string, unknown> : null;
  } catch {
    return null;
  }
}

/** The faults of returned values that boot.ts names. */
const RETURNED: readonly unknown[] = [
  "nestsTooDeep",
  "tooManyParts",
  "longString",
  "notData",
  "manyNames",
  "longName",
  "manyDimensions",
  "unequalRows",
  "notNumbers",
  "longArray",
  "manyNumbers",
] satisfies Fault[0][];

/** A fault as boot.ts sends it: a name and its values. */
function returnedFault(fault: unknown): Fault {
  if (!Array.isArray(fault) || !RETURNED.includes(fault[0])) return ["noReply"];
  if (!fault.every((part) => typeof part === "string" || typeof part === "number")) return ["noReply"];
  // boot.ts gives each of them the values that its message takes.
  return fault as unknown as Fault;
}

function thrownFault(thrown: unknown, said: { message: string; stack: string }): Fault {
  if (thrown === "value") return ["threwValue", cleanText(said.message)];
  if (thrown === "unreadable") return ["threwUnreadable"];
  return explainError(said);
}

/** Where the module that was made of src/mod.ts stands in a stack trace. */
const PLACE = /\bblob:[^\s:]*:(\d+):(\d+)/;

/**
 * What a student's code threw, as one short line that begins with its place in src/mod.ts. All of it is the student's own words: it says
 * what it likes, but can neither be long nor move a terminal's cursor.
 */
export function explainError({ message, stack }: { message: string; stack: string }): Fault {
  const [, line, column] = PLACE.exec(message) ?? PLACE.exec(stack) ?? [];
  const place = line === undefined ? null : `src/mod.ts:${line}:${column}`;
  const [first] = message.replace(/^TypeError: (?=SyntaxError: )/, "").split(/\r?\n/, 1);
  return ["threw", place, cleanText(first.replace(/(?: at)? blob:[^\s:]*:\d+:\d+/g, "").replace(/: $/, ""))];
}
