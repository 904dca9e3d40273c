import { CommanderError } from "@commander-js/extra-typings";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { withoutControls } from "../../src/text/controls.ts";
import { chooseLanguage, type LanguageChoice } from "../messages/language.ts";
import { messages } from "../messages/messages.ts";
import { colorError } from "./command.ts";
import { SilentExit, UserError } from "../system/errors.ts";
import { systemCode, systemReason } from "../system/reasons.ts";
import type { Streams } from "../progress/streams.ts";

/** What the operating system refuses or runs out of, or what somebody took away or put in the way meanwhile: the user's to mend. */
const SYSTEM_ERRORS =
  "EACCES EBUSY EDQUOT EEXIST EFBIG EIO EISDIR ELOOP EMFILE ENAMETOOLONG ENFILE ENOENT ENOMEM ENOSPC ENOTDIR ENOTEMPTY EPERM EROFS"
    .split(" ");

/** Prints the message where the input or the system is at fault, else that this is a bug; with `debug` the stack. Returns the exit code. */
export function reportError(
  thrown: unknown,
  { streams, debug, languages }: { streams: Streams; debug: boolean; languages: LanguageChoice },
): 0 | 1 | 2 {
  const error = firstOf(thrown);
  // Commander has printed its own; help is one of its errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof SilentExit) return error.exitCode;
  const message = withoutControls(error instanceof Error ? error.message : String(error), {
    keepLines: true,
  });
  const code = systemCode(error) ?? "";
  const stack = error instanceof Error ? error.stack ?? message : message;
  if (error instanceof UserError || error instanceof ConfigError || SYSTEM_ERRORS.includes(code)) {
    const japanese = japaneseMessage(error, languages);
    if (japanese !== undefined && !debug) {
      const { error: kind } = messages("ja");
      streams.stderr(colorError(`${kind} ${withoutControls(japanese, { keepLines: true })}\n`, streams));
      return error instanceof UserError ? error.exitCode : 2;
    }
    const said = error instanceof UserError || error instanceof ConfigError
      ? message
      : refusal(message, error);
    streams.stderr(colorError(`error: ${debug ? stack : said}\n`, streams));
    return error instanceof UserError ? error.exitCode : 2;
  }
  const details = debug
    ? `${stack}\ndeno ${Deno.version.deno}, v8 ${Deno.version.v8}, ${Deno.build.target}\n`
    : `${message}\nThis is a bug. Please report it, with what the same command prints with --debug.\n`;
  streams.stderr(colorError(`error: unexpected: ${details}`, streams));
  return 1;
}

/** What went wrong first, where giving things back went wrong after it. */
function firstOf(error: unknown): unknown {
  return error instanceof SuppressedError ? firstOf(error.suppressed ?? error.error) : error;
}

/** What the system refused that nobody above knew more of, and of which file, where Deno says it: `Permission denied (os error 13): open 'x.csv'`. */
function refusal(message: string, error: unknown): string {
  // What Deno itself does not allow is told by its own words, which name it.
  if (error instanceof Deno.errors.NotCapable) return message;
  const path = /: \w+ '(.+?)'(?: -> '.*')?$/s.exec(message)?.[1];
  const reason = error instanceof Error ? systemReason(error, { code: systemCode(error) ?? "" }) : message;
  return path === undefined ? reason[0].toUpperCase() + reason.slice(1) : `Cannot use ${path}: ${reason}`;
}

/** What an error says in Japanese, where that is the language and it does: system errors do not. */
function japaneseMessage(error: unknown, languages: LanguageChoice): string | undefined {
  if (error instanceof ConfigError) {
    return chooseLanguage(languages, error.language) === "ja" ? error.ja : undefined;
  }
  return error instanceof UserError && chooseLanguage(languages) === "ja" ? error.ja : undefined;
}
