/** Longer texts of others help nobody. */
const MAX_LENGTH = 500;

/** Control characters, and what changes the direction of writing or is not seen. */
const UNPRINTABLE =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/g;

/** A text that somebody else wrote as one line of at most 500 characters that can be shown anywhere. */
export function cleanText(text: string): string {
  const line = text.slice(0, 4 * MAX_LENGTH).replace(UNPRINTABLE, " ").toWellFormed().trim();
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH - 3).toWellFormed()}...`;
}
