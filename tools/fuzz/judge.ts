import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { UserError } from "../../pipeline/system/errors.ts";

/** What is wrong with how a command ended, by its exit code and what it wrote to standard error; null for nothing. */
export function judge(code: number, err: string): string | null {
  if (![0, 1, 2].includes(code)) return `exit code ${code}`;
  return /unexpected|\bbug\b|undefined|NaN%|\[object | {4}at /.test(err) ? err.trim() : null;
}

/** The same of what a function threw. What the library throws is worded like this; anything else comes from the engine or a package. */
export function judgeError(error: unknown): string | null {
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const own = error instanceof UserError || error instanceof ConfigError ||
    ["SyntaxError", "RangeError", "TypeError"].includes(error.name) && error.message.startsWith("Cannot ") &&
      !/^Cannot (read propert|convert|set propert|mix|destructure)/.test(error.message);
  if (!own) return error.stack ?? String(error);
  return judge(2, error.message);
}
