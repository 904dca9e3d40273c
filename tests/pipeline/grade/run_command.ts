import { gradeCommand } from "../../../pipeline/commands/grade.ts";
import { main } from "../../../pipeline/main.ts";

/** What a command line did. */
export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `deno task grade ...` in this process. */
export async function runGradeCommand(...args: string[]): Promise<CommandRun> {
  let stdout = "";
  let stderr = "";
  const streams = {
    stdout: (text: string) => void (stdout += text),
    stderr: (text: string) => void (stderr += text),
    terminal: false,
    color: false,
    size: () => ({ columns: 80, rows: 24 }),
  };
  const context = { signal: new AbortController().signal, streams };
  const exitCode = await main(["grade", ...args], context, [gradeCommand]);
  return { exitCode, stdout, stderr };
}
