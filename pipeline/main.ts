import { CommanderError } from "@commander-js/extra-typings";
import type { Language } from "../src/text/language.ts";
import { type CommandContext, createCommand, type DefineCommand, messagesFor } from "./commands/command.ts";
import { askedLanguage, environmentLanguage } from "./messages/language.ts";
import { processStreams } from "./progress/streams.ts";
import { reportError } from "./commands/report_error.ts";
import { enterCallersFolder } from "./system/place.ts";

/** Exit codes as a shell reports them for a program that a signal ended. */
const EXIT = { interrupt: 130, closedPipe: 141, terminate: 143 };

/** The verbs, in the order of the help. Only the file of the one that is asked for is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<DefineCommand>>> = {
  sweep: async () => (await import("./commands/sweep.ts")).sweepCommand,
  worker: async () => (await import("./commands/worker.ts")).workerCommand,
  status: async () => (await import("./commands/status.ts")).statusCommand,
  report: async () => (await import("./commands/report.ts")).reportCommand,
  compare: async () => (await import("./commands/compare.ts")).compareCommand,
  best: async () => (await import("./commands/best.ts")).bestCommand,
  verify: async () => (await import("./commands/verify.ts")).verifyCommand,
  gc: async () => (await import("./commands/gc.ts")).gcCommand,
  grade: async () => (await import("./commands/grade.ts")).gradeCommand,
  view: async () => (await import("./commands/view.ts")).viewCommand,
  lab: async () => (await import("./commands/lab.ts")).labCommand,
  template: async () => (await import("./commands/template.ts")).templateCommand,
  "check-submission": async () => (await import("./commands/check_submission.ts")).checkSubmissionCommand,
  schema: async () => (await import("./commands/schema.ts")).schemaCommand,
};

/** The command that is asked for; all of them where it is none, for the help and for what it may have meant. */
async function loadCommands([verb]: string[]): Promise<DefineCommand[]> {
  const loaders = Object.hasOwn(COMMANDS, verb ?? "") ? [COMMANDS[verb]] : Object.values(COMMANDS);
  return await Promise.all(loaders.map((load) => load()));
}

type Surroundings = Omit<CommandContext, "args" | "languages"> & {
  /** The language that the environment asks for. */
  readonly environment?: Language;
};

/** Runs one command line and returns its exit code: 0 done, 1 a run or check failed, or a bug, 2 wrong input, 130 interrupted. */
export async function main(
  args: string[],
  { environment = "en", ...surroundings }: Surroundings,
  commands?: DefineCommand[],
): Promise<number> {
  const languages = { asked: askedLanguage(args), environment };
  const context = { ...surroundings, args, languages };
  const t = messagesFor(context);
  const program = createCommand("deno task", context)
    .usage("<command> [options]")
    .description(t.help.program)
    .showHelpAfterError(false)
    .helpCommand(false);
  for (const defineCommand of commands ?? await loadCommands(args)) {
    program.addCommand(defineCommand(context));
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    // Whatever an interrupted command fails with, the interruption is the reason.
    if (context.signal.aborted) return EXIT.interrupt;
    if (error instanceof CommanderError && ["sweep", "status"].includes(args[0])) {
      const { settingMeant } = await import("./commands/explain_option.ts");
      const meant = settingMeant(error);
      if (meant !== undefined) context.streams.stderr(`${t.errors.settingMeant(meant)}\n`);
    }
    return reportError(error, { streams: context.streams, debug: args.includes("--debug"), languages });
  }
}

/**
 * Runs this process's command line and exits. The first Ctrl-C or SIGTERM asks the command to stop, a Ctrl-C after it exits at once. Another
 * SIGTERM means nothing more: a scheduler sends it in each way that it has, and what it wants at once it kills.
 */
export async function runProcess(commands?: DefineCommand[]): Promise<never> {
  enterCallersFolder();
  const controller = new AbortController();
  let interruptedBy: number | null = null;
  const stop = (exitCode: number) => {
    interruptedBy ??= exitCode;
    controller.abort();
  };
  const onSignal = (exitCode: number) => {
    if (controller.signal.aborted && exitCode === EXIT.interrupt) Deno.exit(exitCode);
    stop(exitCode);
  };
  const streams = processStreams(() => stop(EXIT.closedPipe));
  const environment = environmentLanguage();
  Deno.addSignalListener("SIGINT", () => onSignal(EXIT.interrupt));
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => onSignal(EXIT.terminate));
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    const debug = Deno.args.includes("--debug");
    const languages = { asked: askedLanguage(Deno.args), environment };
    Deno.exit(interruptedBy ?? reportError(event.reason, { streams, debug, languages }));
  });
  const exitCode = await main(Deno.args, { signal: controller.signal, streams, environment }, commands);
  Deno.exit(interruptedBy ?? exitCode);
}

if (import.meta.main) await runProcess();
