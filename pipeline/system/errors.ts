import type { Language, Texts } from "../../src/text/language.ts";

/**
 * An error whose cause lies with the user's input or surroundings (a config, a flag, a data file, the network, a full disk) and not with
 * the program. The command line prints its message alone, without a stack trace, and exits with `exitCode`.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  /** 2 for wrong input, 1 for a run or check that failed. */
  readonly exitCode: 1 | 2;
  /** The message in Japanese. */
  readonly ja: string;
  /** The language that the config at work asks for. */
  language?: Language | undefined;

  constructor({ en, ja }: Texts, options: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(en, { cause: options.cause });
    this.ja = ja;
    this.exitCode = options.exitCode ?? 2;
  }
}

/** What an error says: in English in both languages where it says nothing in Japanese. */
export function textsOf(error: unknown): Texts {
  const en = error instanceof Error ? error.message : String(error);
  return { en, ja: error instanceof Error && "ja" in error && typeof error.ja === "string" ? error.ja : en };
}

/** What the task gives; a UserError that it throws is told in the language that the config asks for. */
export async function toldIn<Value>(
  language: Language | undefined,
  task: () => Promise<Value>,
): Promise<Value> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof UserError) error.language ??= language;
    throw error;
  }
}

/** Ends a command with an exit code when all that there is to say has been said. */
export class SilentExit extends Error {
  override readonly name = "SilentExit";
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2) {
    super(`exit code ${exitCode}`);
    this.exitCode = exitCode;
  }
}
