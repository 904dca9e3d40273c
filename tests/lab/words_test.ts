import assert from "node:assert/strict";
import { digitWords } from "../../src/lab/digit/words.ts";
import { graphWords } from "../../src/lab/graph/words.ts";
import { PAGES } from "../../src/lab/pages.ts";
import { playgroundWords } from "../../src/lab/playground/words.ts";
import { rulesWords } from "../../src/lab/rules/words.ts";
import { startWords } from "../../src/lab/start/words.ts";
import { LANGUAGES } from "../../src/text/language.ts";

/** What is called so outside of this project. */
const KNOWN = ["NumPy", "ReLU", "RandomState", "PyTorch", "TensorFlow"];

Deno.test("no page of the lab says a name of the program's: what is renamed is not in its texts", () => {
  for (const language of LANGUAGES) {
    const words = [startWords, playgroundWords, graphWords, rulesWords, digitWords].map((of) => of(language));
    const titles = Object.values(PAGES).map(({ title }) => title[language]);
    const names = [...texts([words, titles])].flatMap((text) => text.match(/\b[A-Z]\w*[a-z][A-Z]\w*/g) ?? []);
    assert.deepEqual(names.filter((name) => !KNOWN.includes(name)), []);
  }
});

/** Every text of a list of words; what its functions make of their arguments is left out. */
function* texts(words: unknown): Generator<string> {
  if (typeof words === "string") yield words;
  else if (typeof words === "object" && words !== null) {
    for (const inner of Object.values(words)) yield* texts(inner);
  }
}
