import { Command, type CommandUnknownOpts, Help, Option } from "@commander-js/extra-typings";
import type { Language } from "../../src/text/language.ts";
import { textWidth, wrapToWidth } from "../../src/text/text_width.ts";
import { chooseLanguage, type LanguageChoice } from "../messages/language.ts";
import { type Messages, messages } from "../messages/messages.ts";
import type { Streams } from "../progress/streams.ts";

export interface CommandContext {
  /** Aborted on Ctrl-C; the command then stops as soon as nothing is left half-written. */
  signal: AbortSignal;
  streams: Streams;
  /** The command line, the verb first. */
  args: readonly string[];
  languages: LanguageChoice;
}

/** What a command prints, where its config or its results ask for a language, or nothing does. */
export function messagesFor({ languages }: CommandContext, config?: Language): Messages {
  return messages(chooseLanguage(languages, config));
}

export type DefineCommand = (context: CommandContext) => CommandUnknownOpts;

const plain = new Help();

/** What every command has. Its file adds options and an action, which throws if it fails and imports lazily: `--help` stays fast. */
export function createCommand(name: string, context: CommandContext): Command<[], { debug?: true }> {
  const { streams } = context;
  const { help } = messagesFor(context);
  const helpWidth = () => Math.min(100, streams.size().columns);
  return new Command(name)
    .exitOverride()
    .configureOutput({
      writeOut: streams.stdout,
      writeErr: streams.stderr,
      outputError: (message, write) => write(colorError(help.wrongCommand(message), streams)),
      getOutHelpWidth: helpWidth,
      getErrHelpWidth: helpWidth,
      getOutHasColors: () => false,
      getErrHasColors: () => streams.color,
    })
    .configureHelp({
      subcommandTerm: (command) => `${command.name()} ${command.usage()}`,
      styleTitle: (title) => help.headings[title] ?? title,
      optionDescription: (option) => help.details(plain.optionDescription(option)),
      argumentDescription: (argument) => help.details(plain.argumentDescription(argument)),
      displayWidth: textWidth,
      boxWrap: wrapToWidth,
    })
    .showHelpAfterError(help.seeHelp(name))
    .helpOption("-h, --help", help.showHelp)
    .addOption(new Option("--debug", help.debug).hideHelp());
}

/** A message for standard error that begins with `error:`, or that in Japanese, that word in red where colour is wanted. */
export function colorError(message: string, streams: Streams): string {
  return streams.color ? message.replace(/^(?:error|エラー):/, "\x1b[31m$&\x1b[39m") : message;
}
