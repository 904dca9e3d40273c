import type { Unanswered } from "../outcome.ts";
import type { Submission } from "../submission.ts";

/** Why a file of a submission has nothing to check: it is not there, or could not be read. */
export function missingFile({ problems }: Submission, file: string): Unanswered {
  const problem = problems.find((found) => found.file === file);
  return problem === undefined
    ? { status: "missing", message: `the submission must have ${file}, found none` }
    : { status: "invalid", message: `${file}: ${problem.message}` };
}
