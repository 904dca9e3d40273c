import assert from "node:assert/strict";
import { DataFileError } from "../../../src/data/data_file_error.ts";

/** Asserts that an error is of a file that somebody brings, and says in Japanese too what it says in English, number by number. */
export function assertToldInBoth(error: unknown): void {
  assert.ok(error instanceof DataFileError, String(error));
  assert.match(error.message, /^Cannot /);
  assert.match(error.ja, /[ぁ-ん]/);
  assert.deepEqual(numbersIn(error.ja), numbersIn(error.message));
}

/** Each once: a language may need it twice. */
function numbersIn(text: string): string[] {
  return [...new Set(text.match(/\d+(?:\.\d+)?/g))].sort();
}
