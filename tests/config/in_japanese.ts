import assert from "node:assert/strict";
import type { ConfigError } from "../../src/config/yaml/config_error.ts";

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** English that no message in Japanese may have left in it: words between spaces, but for those in code marks or quotes. */
const ENGLISH = /\b(?:must|found|remove|write|did you|is not|there is|allowed|whole number|a list|such as)\b/;

/** Holds that a config's error says in Japanese what it says in English: as many lines, of the same places, none of them left over. */
export function checkJapanese(error: ConfigError): void {
  const [english, japanese] = [error.message, error.ja].map((text) => text.split("\n"));
  assert.equal(japanese.length, english.length);
  for (const { message, ja = "" } of error.problems) {
    if (message === "") continue;
    assert.match(ja, JAPANESE, message);
    assert.doesNotMatch(ja.replaceAll(/`[^`]*`|"[^"]*"/g, ""), ENGLISH);
    assert.doesNotMatch(ja, /undefined|\[object|。。|、、/);
    // A problem ends as a title does; the text of it says where it is.
    assert.doesNotMatch(ja, /。$/);
  }
}
