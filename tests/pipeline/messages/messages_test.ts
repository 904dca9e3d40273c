import assert from "node:assert/strict";
import { en } from "../../../pipeline/messages/en.ts";
import { ja } from "../../../pipeline/messages/ja.ts";

type Table = { readonly [key: string]: unknown };

/** Every text that a table has without arguments, by its path. */
function plainTexts(table: Table, path = ""): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(table)) {
    const place = `${path}${key}`;
    if (typeof value === "string") texts.set(place, value);
    else if (typeof value === "object") {
      for (const [inner, text] of plainTexts(value as Table, `${place}.`)) texts.set(inner, text);
    }
  }
  return texts;
}

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

Deno.test("every text of the terminal and of the help is there in both languages, each in its own", () => {
  const [english, japanese] = [plainTexts(en), plainTexts(ja)];
  assert.deepEqual([...japanese.keys()].sort(), [...english.keys()].sort());
  for (const [path, text] of english) assert.doesNotMatch(text, JAPANESE, path);
  const neutral = ["language", "comma"];
  const missing = [...japanese].filter(([path, text]) => !neutral.includes(path) && !JAPANESE.test(text));
  assert.deepEqual(missing, []);
});

Deno.test("the help names the same examples, files and exit codes in both languages", () => {
  const commands = (text: string) => text.match(/^ {2}deno task .*$/gm);
  const codes = (text: string) => text.split("\n").at(-1)?.match(/\b\d+(?= )/g);
  for (const [path, text] of plainTexts(en.help)) {
    if (!path.endsWith(".examples")) continue;
    const other = plainTexts(ja.help).get(path) ?? "";
    assert.deepEqual(commands(other), commands(text), path);
    assert.deepEqual(codes(other), codes(text), path);
    // Nobody wraps what follows an example.
    for (const line of other.split("\n")) assert.ok([...line].length <= 120, line);
  }
});

Deno.test("times are said in seconds, minutes and hours", () => {
  assert.deepEqual([0, 0.42, 8.25, 59.96, 125, 3720].map(ja.seconds), [
    "0.01 秒未満",
    "0.42 秒",
    "8.3 秒",
    "1 分 00 秒",
    "2 分 05 秒",
    "1 時間 02 分",
  ]);
});

Deno.test("of trials on other rows the rows are called by their kind", () => {
  const said = (rows: "images" | "rows") =>
    [en, ja].map(({ sweep }) => sweep.unlikeRows("preprocess.limit", rows));
  assert.match(said("images").join(), /on the same images: .*同じ画像で訓練・検証していません/);
  assert.match(said("rows").join(), /on the same rows: .*同じデータで訓練・検証していません/);
});

Deno.test("both numbers of a sentence are written alike, and what is counted agrees with its number", () => {
  const said = (idle: number, count: number) =>
    [en, ja].map(({ sweep }) => sweep.learnedNothing(idle, count, "images").split(/ ?: /)[0]);
  assert.deepEqual(said(1000, 12000), [
    "1,000 of 12,000 runs learned nothing that the test images can show",
    "訓練 12,000 回のうち 1,000 回は、テスト画像で示せるほどの学習をしていません",
  ]);
  assert.deepEqual(said(1, 1)[0], "1 of 1 run learned nothing that the test images can show");
});
