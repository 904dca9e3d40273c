import { type Language, LANGUAGES } from "../../src/text/language.ts";

/** What decides in which language a command prints, beside its config. */
export interface LanguageChoice {
  /** `--language`. */
  readonly asked?: Language | undefined;
  /** That of the environment. */
  readonly environment: Language;
}

/**
 * The one rule: `--language`, else the language that the config or the results ask for, else the environment's. It is about what is
 * printed. What is written into a results folder goes by the config alone.
 */
export function chooseLanguage({ asked, environment }: LanguageChoice, config?: Language): Language {
  return asked ?? config ?? environment;
}

/** By the variables of POSIX, of which the first that is set decides: Japanese where it begins with `ja`, else English. */
export function environmentLanguage(read: (name: string) => string | undefined = readVariable): Language {
  const locale = ["LC_ALL", "LC_MESSAGES", "LANG"].map(read).find((value) =>
    value !== undefined && value !== ""
  );
  return /^ja(?![a-z])/i.test(locale ?? "") ? "ja" : "en";
}

/** Not asked for where it may not be read. */
function readVariable(name: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable: name });
  return state === "granted" ? Deno.env.get(name) : undefined;
}

/** The value of `--language` in a command line that is not parsed yet, for its help and for what is wrong with it. */
export function askedLanguage(args: readonly string[]): Language | undefined {
  const values = args.flatMap((arg, i) =>
    arg === "--language" ? [args[i + 1]] : arg.startsWith("--language=") ? [arg.slice(11)] : []
  );
  return LANGUAGES.find((language) => language === values.at(-1));
}
