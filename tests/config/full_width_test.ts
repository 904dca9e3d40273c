import assert from "node:assert/strict";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { parseExperiment } from "../../src/config/parse.ts";
import { checkJapanese } from "./in_japanese.ts";

/** What is said of a config, from the line after `dataset` on, in both languages. */
function saidOf(text: string): { en: string[]; ja: string[] } {
  try {
    parseExperiment(`name: a\ndataset: strokes\n${text}`, { file: "x.yaml" });
  } catch (error) {
    assert.ok(error instanceof ConfigError, `${error}`);
    checkJapanese(error);
    return { en: error.message.split("\n"), ja: error.ja.split("\n") };
  }
  assert.fail(`accepted: ${text}`);
}

const BLANKS = "the indentation has a blank that is not half-width; use half-width blanks";
const DASHES = "the dash of a list and the blank after it must be half-width, as in `- 0.1`";
const COMMENTS = "a comment begins with a half-width blank and a half-width `#`";

/** Two lines of `train`, which follow the ones with the slip. */
const after = "  optimizer: sgd\n  shuffle: once\n";
const unreadable = "cannot be read as YAML:";

for (
  const [what, text, place, why] of [
    ["a full-width blank for two", "train:\n　epochs: 8\n", "4:1", BLANKS],
    ["full-width blanks", "train:\n　　epochs: 8\n", "4:1", BLANKS],
    ["a blank that does not break", "train:\n \u00a0epochs: 8\n", "4:2", BLANKS],
    [
      "a full-width colon",
      "train:\n  epochs： 8\n",
      "4:3",
      "the colon after `epochs` is full-width; write a half-width `:` and a blank, as in `epochs: ...`",
    ],
    [
      "a full-width blank after the colon",
      "train:\n  epochs:　8\n",
      "4:3",
      "the colon after `epochs` must be followed by a half-width blank, as in `epochs: ...`",
    ],
  ]
) {
  Deno.test(`${what} is told where it stands, and not what it does to the lines below`, () => {
    assert.deepEqual(saidOf(text + after).en, [`x.yaml:${place}: ${unreadable} ${why}`]);
  });
}

Deno.test("an indentation by full-width blanks is told in Japanese", () => {
  assert.deepEqual(saidOf(`train:\n　epochs: 8\n${after}`).ja, [
    "x.yaml:4:1: YAML として読み取れません。字下げに全角などの空白が使われています。半角の空白を使ってください",
  ]);
});

Deno.test("of what YAML takes for a text, full-width characters that make it one are told", () => {
  const hint = (text: string) => saidOf(text).en.at(-1)?.replace(/.*?(; |\))(?=[^;]*$)/, "");
  for (const list of ["-　0.1\n      -　0.2", "－ 0.1\n      － 0.2"]) {
    assert.equal(hint(`sweep:\n  parameters:\n    train.learning_rate:\n      ${list}\n`), DASHES);
  }
  for (const end of ["　# once", " ＃ once"]) {
    assert.equal(hint(`train: {}\nseeds: [1${end}\n  ]\n`), COMMENTS);
  }
  assert.equal(hint("report:\n　metric: val_accuracy\n")?.startsWith("use half-width"), true);
  const list = (value: string) => hint(`sweep: {parameters: {train.learning_rate: ${value}}}\n`);
  assert.equal(list("［0.05, 0.1］".replace(", ", "、")), "write [0.05, 0.1]");
  for (const between of ["、", "，", " "]) assert.equal(list(`[0.05${between}0.1]`), "write 0.05, 0.1");
  assert.equal(list("'0,05'"), "write [0.05]");
  assert.equal(list("'400, 200'"), "write [400, 200]");
  assert.equal(hint("train: {optimizer: “sgd”}\n"), "did you mean `sgd`?");
});

Deno.test("full-width characters where they may stand explain no fault elsewhere", () => {
  const closed = "the indentation does not fit the lines above, or a bracket or quote is not closed";
  for (
    const text of [
      "description: |\n  一行目\n  　二行目\n",
      "title: 全角：だけの 見出し\n",
      "description: >\n  説明：\n  　字下げした段落\n",
    ]
  ) {
    const line = text.split("\n").length + 3;
    assert.deepEqual(saidOf(`${text}train: {epochs: 3\nseeds: [0]\n`).en, [
      `x.yaml:${line}:1: ${unreadable} ${closed}`,
    ]);
  }
});
