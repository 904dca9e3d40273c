import { Command, type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { Streams } from "../progress/streams.ts";

export interface CommandContext {
  /** Aborted on Ctrl-C; the command then stops as soon as nothing is left half-written. */
  signal: AbortSignal;
  streams: Streams;
  /** The command line, the verb first. */
  args: readonly string[];
}

export type DefineCommand = (context: CommandContext) => CommandUnknownOpts;

/** What every command has. Its file adds options and an action, which throws if it fails and imports lazily: `--help` stays fast. */
export function createCommand(name: string, context: CommandContext): Command<[], { debug?: true }> {
  const { streams } = context;
  const helpWidth = () => Math.min(100, streams.size().columns);
  return new Command(name)
    .exitOverride()
    .configureOutput({
      writeOut: streams.stdout,
      writeErr: streams.stderr,
      outputError: (message, write) => write(colorError(message, streams)),
      getOutHelpWidth: helpWidth,
      getErrHelpWidth: helpWidth,
      getOutHasColors: () => false,
      getErrHasColors: () => streams.color,
    })
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .showHelpAfterError(`See \`deno task ${name} --help\`.`)
    .helpOption("-h, --help", "show this help")
    .addOption(new Option("--debug", "show the stack trace of an unexpected error").hideHelp());
}

/** A message for standard error that begins with `error:`, that word in red where colour is wanted. */
export function colorError(message: string, streams: Streams): string {
  return streams.color ? message.replace(/^error:/, "\x1b[31merror:\x1b[39m") : message;
}
