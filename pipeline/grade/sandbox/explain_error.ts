import { cleanText } from "../clean_text.ts";

/** Where the module that was made of src/mod.ts stands in a stack trace. */
const PLACE = /\bblob:[^\s:]*:(\d+):(\d+)/;

/**
 * What a student's code threw, as one short line that begins with its place in src/mod.ts. All of it is the student's own words: it says
 * what it likes, but can neither be long nor move a terminal's cursor.
 */
export function explainError({ message, stack }: { message: string; stack: string }): string {
  const [, line, column] = PLACE.exec(message) ?? PLACE.exec(stack) ?? [];
  const place = line === undefined ? "" : `src/mod.ts:${line}:${column}: `;
  const [first] = message.replace(/^TypeError: (?=SyntaxError: )/, "").split(/\r?\n/, 1);
  return cleanText(place + first.replace(/(?: at)? blob:[^\s:]*:\d+:\d+/g, "").replace(/: $/, ""));
}
