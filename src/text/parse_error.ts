import type { Texts } from "./language.ts";

/** A text is not as it must be: says what is wrong and where, in English as its message and in Japanese. */
export class ParseError extends SyntaxError {
  /** The message in Japanese. */
  readonly ja: string;

  constructor({ en, ja }: Texts, options?: ErrorOptions) {
    super(en, options);
    this.ja = ja;
  }
}
