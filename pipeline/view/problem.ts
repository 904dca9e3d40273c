import type { Texts } from "../../src/text/language.ts";
import { textsOf, UserError } from "../system/errors.ts";
import { systemCode } from "../system/reasons.ts";

/** What is wrong with a folder, for whoever looks at it; what is no fault of the folder's is a fault of the program's, and goes on. */
export function problemOf(error: unknown): Texts {
  const isFolders = error instanceof UserError || error instanceof SyntaxError ||
    systemCode(error) !== null ||
    (error instanceof Error && error.name === "ConfigError") || error instanceof RangeError ||
    error instanceof TypeError;
  if (!isFolders) throw error;
  return textsOf(error);
}
