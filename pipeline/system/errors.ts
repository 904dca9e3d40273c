import type { Texts } from "../../src/text/language.ts";

/**
 * An error whose cause lies with the user's input or surroundings (a config, a flag, a data file, the network, a full disk) and not with
 * the program. The command line prints its message alone, without a stack trace, and exits with `exitCode`.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  /** 2 for wrong input, 1 for a run or check that failed. */
  readonly exitCode: 1 | 2;
  /** The message in Japanese; undefined where it is in English only. */
  readonly ja: string | undefined;

  constructor(message: string | Texts, options: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(typeof message === "string" ? message : message.en, { cause: options.cause });
    this.ja = typeof message === "string" ? undefined : message.ja;
    this.exitCode = options.exitCode ?? 2;
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
