import assert from "node:assert/strict";
import { compareMessages } from "../../src/report/messages/compare.ts";
import { messages } from "../../src/report/messages/messages.ts";
import { type Language, LANGUAGES } from "../../src/text/language.ts";

type Leaf = string | ((...values: never[]) => string);

function leaves(value: object, path = ""): [string, Leaf][] {
  return Object.entries(value).flatMap(([key, inner]): [string, Leaf][] =>
    typeof inner === "object" ? leaves(inner, `${path}${key}.`) : [[path + key, inner]]
  );
}

const all = (language: Language) => leaves({ ...messages(language), compare: compareMessages(language) });

Deno.test("every language says everything, with the same values", () => {
  const [english, ...others] = LANGUAGES.map((language) => {
    const said = all(language);
    return said.map(([path, leaf]) => `${path}/${typeof leaf === "function" ? leaf.length : 0}`);
  });
  for (const other of others) assert.deepEqual(other, english);
});

Deno.test("Japanese is Japanese: each message has a Japanese letter, but for names, formulas and signs", () => {
  const same =
    /^(language|statuses|comma|space|colon|answer\.(layers|semicolon)|conclusions\.(interval|edge)|compare\.(against|text\.(metric|interval)))$/;
  for (const [path, leaf] of all("ja")) {
    if (same.test(path)) continue;
    const text = typeof leaf === "string" ? leaf : leaf.toString();
    assert.match(text, /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}\u3000-\u303f\uff00-\uffef]/u, path);
    assert.doesNotMatch(text, /[A-Za-z]{3,} [A-Za-z]{3,} [A-Za-z]{3,}(?![^`]*`)(?!.*1998)/, path);
  }
});

Deno.test("in Japanese a run's name has a space before the particle where it ends in a number, as one seed's does", () => {
  const { how, seedRun, run } = messages("ja");
  assert.equal(how.weightsOf(seedRun(0)), "シード 0 の重みの SHA-256");
  assert.match(how.weights(seedRun(0), "ab"), /、シード 0 の重みの/);
  assert.equal(how.weightsOf(run(3, 0)), "試行 3（シード 0）の重みの SHA-256");
});
