import assert from "node:assert/strict";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import { checksJa } from "../../src/grade/messages/checks_ja.ts";
import { LANGUAGES } from "../../src/settings/setting.ts";

type Leaf = string | ((...values: never[]) => string);

function leaves(value: object, path = ""): [string, Leaf][] {
  return Object.entries(value).flatMap(([key, inner]): [string, Leaf][] =>
    typeof inner === "object" ? leaves(inner, `${path}${key}.`) : [[path + key, inner]]
  );
}

Deno.test("every language of grading says everything", () => {
  const [english, ...others] = LANGUAGES.map((language) =>
    leaves(gradeMessages(language).outputs).map(([path]) => path)
  );
  for (const other of others) assert.deepEqual(other, english);
});

Deno.test("what checks, files and faults say is there in every language, and is Japanese in Japanese", () => {
  for (const table of ["checks", "files", "faults"] as const) {
    const [english, ...others] = LANGUAGES.map((language) =>
      leaves(gradeMessages(language)[table]).map(([path]) => path).sort()
    );
    for (const other of others) assert.deepEqual(other, english, table);
    for (const [path, leaf] of leaves(gradeMessages("ja")[table])) {
      const text = (typeof leaf === "string" ? leaf : leaf.toString()).replaceAll(/`[^`$]*`/g, "");
      // What is a sign, a name, or put together elsewhere.
      if (
        !/^(space|faults|(arrays\.(forward|gradients|smallGradients|losses|validationLosses)\.one)|npy)$/
          .test(path)
      ) {
        assert.match(text, /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}、：「]/u, `${table}.${path}`);
      }
      assert.doesNotMatch(text, /(?<![\w.(`])[a-z]{3,} [a-z]{3,} [a-z]{3,}/, `${table}.${path}`);
    }
  }
});

Deno.test("the gradients of a smaller batch are called gradients, and no language asks for more than another", () => {
  const said = LANGUAGES.map((language) => gradeMessages(language));
  assert.deepEqual(said.map(({ checks: { arrays } }) => arrays.smallGradients.all), [
    "gradients of a smaller batch",
    "端数のミニバッチの勾配",
  ]);
  for (const { outputs } of said) assert.doesNotMatch(outputs.class.unlearnedNote, /first|最初に/);
});

Deno.test("Japanese of grading's outputs is Japanese: each message has a Japanese letter, but for signs and names", () => {
  const same = /^(space|track\.\w+|feedback\.problem)$/;
  for (const [path, leaf] of leaves(gradeMessages("ja").outputs)) {
    if (same.test(path)) continue;
    const text = typeof leaf === "string" ? leaf : leaf.toString();
    if (path !== "class.share") {
      assert.match(text, /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}\u3000-\u303f\uff00-\uffef]/u, path);
    }
    assert.doesNotMatch(text, /[A-Za-z]{3,} [A-Za-z]{3,} [A-Za-z]{3,}/, path);
  }
});

Deno.test("in Japanese a space stands before a particle after Latin letters and digits alone", () => {
  assert.equal(checksJa.times("W1 の更新量", -1, null), "W1 の更新量は採点側の値の -1 倍です");
  assert.equal(checksJa.times("dW1", -1, null), "dW1 は採点側の値の -1 倍です");
  for (const say of [checksJa.allZero, checksJa.isMissing, checksJa.notFinite, checksJa.follows.partly]) {
    assert.doesNotMatch(say("W1 の更新量"), /量 /);
  }
});
