import { bestCommand } from "./commands/best.ts";
import { type CommandContext, createCommand, type DefineCommand } from "./commands/command.ts";
import { compareCommand } from "./commands/compare.ts";
import { gcCommand } from "./commands/gc.ts";
import { gradeCommand } from "./commands/grade.ts";
import { reportCommand } from "./commands/report.ts";
import { schemaCommand } from "./commands/schema.ts";
import { statusCommand } from "./commands/status.ts";
import { sweepCommand } from "./commands/sweep.ts";
import { templateCommand } from "./commands/template.ts";
import { verifyCommand } from "./commands/verify.ts";
import { processStreams } from "./progress/streams.ts";
import { reportError } from "./report_error.ts";

/** Exit codes as a shell reports them for a program that a signal ended. */
const EXIT = { interrupt: 130, closedPipe: 141, terminate: 143 };

const COMMANDS: DefineCommand[] = [
  sweepCommand,
  statusCommand,
  reportCommand,
  compareCommand,
  bestCommand,
  verifyCommand,
  gcCommand,
  gradeCommand,
  templateCommand,
  schemaCommand,
];

/**
 * Runs one command line and returns its exit code: 0 done, 1 a run or check failed, or a bug, 2 wrong input, 130
 * interrupted.
 */
export async function main(args: string[], context: CommandContext, commands = COMMANDS): Promise<number> {
  const program = createCommand("deno task", context)
    .usage("<command> [options]")
    .description("Reproducible experiments with neural networks written from scratch.")
    .showHelpAfterError(false)
    .helpCommand(false);
  for (const defineCommand of commands) program.addCommand(defineCommand(context));
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    // Whatever an interrupted command fails with, the interruption is the reason.
    if (context.signal.aborted) return EXIT.interrupt;
    return reportError(error, { streams: context.streams, debug: args.includes("--debug") });
  }
}

/** Runs this process's command line and exits. The first Ctrl-C asks the command to stop, a second one exits at once. */
export async function runProcess(commands = COMMANDS): Promise<never> {
  const controller = new AbortController();
  let interruptedBy: number | null = null;
  const stop = (exitCode: number) => {
    interruptedBy ??= exitCode;
    controller.abort();
  };
  const onSignal = (exitCode: number) => {
    if (controller.signal.aborted) Deno.exit(exitCode);
    stop(exitCode);
  };
  const streams = processStreams(() => stop(EXIT.closedPipe));
  Deno.addSignalListener("SIGINT", () => onSignal(EXIT.interrupt));
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => onSignal(EXIT.terminate));
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    const debug = Deno.args.includes("--debug");
    Deno.exit(interruptedBy ?? reportError(event.reason, { streams, debug }));
  });
  const exitCode = await main(Deno.args, { signal: controller.signal, streams }, commands);
  Deno.exit(interruptedBy ?? exitCode);
}

if (import.meta.main) await runProcess();
