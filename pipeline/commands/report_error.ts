import { CommanderError } from "@commander-js/extra-typings";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { withoutControls } from "../../src/text/controls.ts";
import type { Texts } from "../../src/text/language.ts";
import { chooseLanguage, type LanguageChoice } from "../messages/language.ts";
import { messages, say } from "../messages/messages.ts";
import { colorError } from "./command.ts";
import { SilentExit, textsOf, UserError } from "../system/errors.ts";
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
  const users = usersFault(error);
  const exitCode = users === null ? 1 : error instanceof UserError ? error.exitCode : 2;
  const print = (text: string) => streams.stderr(colorError(`${text}\n`, streams));
  const { en: message } = textsOf(error);
  if (debug) {
    const stack = error instanceof Error ? error.stack ?? message : message;
    const versions = `deno ${Deno.version.deno}, v8 ${Deno.version.v8}, ${Deno.build.target}`;
    print(`error: ${users === null ? `unexpected: ${stack}\n${versions}` : stack}`);
    return exitCode;
  }
  const t = messages(
    chooseLanguage(
      languages,
      error instanceof ConfigError || error instanceof UserError ? error.language : undefined,
    ),
  );
  const said = users === null ? t.errors.bug(message) : users[t.language];
  print(`${t.error} ${withoutControls(said, { keepLines: true })}`);
  return exitCode;
}

/** What went wrong first, where giving things back went wrong after it. */
function firstOf(error: unknown): unknown {
  return error instanceof SuppressedError ? firstOf(error.suppressed ?? error.error) : error;
}

/** What is said of an error that is the user's to mend; null of a bug. */
function usersFault(error: unknown): Texts | null {
  if (error instanceof UserError || error instanceof ConfigError) return textsOf(error);
  const code = systemCode(error) ?? "";
  return error instanceof Error && SYSTEM_ERRORS.includes(code) ? refusal(error, code) : null;
}

/** What the system refused that nobody above knew more of, and of which file, where Deno says it: `Permission denied (os error 13): open 'x.csv'`. */
function refusal(error: Error, code: string): Texts {
  const { message } = error;
  if (error instanceof Deno.errors.NotCapable) return say((t) => t.errors.notAllowed(message));
  const path = /: \w+ '(.+?)'(?: -> '.*')?$/s.exec(message)?.[1];
  const reason = systemReason(error, { code });
  return say(({ language, errors }) =>
    path === undefined
      ? reason[language][0].toUpperCase() + reason[language].slice(1)
      : errors.cannotUse(path, reason[language])
  );
}
