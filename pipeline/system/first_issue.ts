import type { z } from "zod";

/** What is wrong first with what a schema refused, in a line: where, and what. Zod's own text is JSON of all of it. */
export function firstIssue({ issues: [{ path, message }] }: z.core.$ZodError): string {
  return `${path.map(String).join(".") || "it"}: ${message}`;
}
