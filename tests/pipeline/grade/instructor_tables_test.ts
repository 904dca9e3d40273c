import assert from "node:assert/strict";
import { join } from "node:path";
import { readRosterFile } from "../../../pipeline/grade/read_roster.ts";
import { readSubmitted } from "../../../pipeline/grade/read_submitted.ts";
import { UserError } from "../../../pipeline/system/errors.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

/** `学籍番号,氏名`, then `s01,青木` and `がぎ,江口`, in Shift_JIS as Excel writes it in Japan. */
const SHIFT_JIS = Uint8Array.fromHex(
  "8a7790d094d48d862c8e8196bc0d0a" + "7330312c90c296d80d0a" + "82aa82ac2c8d5d8cfb0d0a",
);

async function inFile<T>(content: string | Uint8Array, read: (file: string) => Promise<T>): Promise<T> {
  let result: T | undefined;
  await inTemporaryFolder(async (folder) => {
    const file = join(folder, "table.csv");
    await Deno.writeFile(file, typeof content === "string" ? new TextEncoder().encode(content) : content);
    result = await read(file);
  });
  return result as T;
}

function utf16(text: string): Uint8Array {
  const units = Uint16Array.from(`\ufeff${text}`, (unit) => unit.charCodeAt(0));
  return new Uint8Array(units.buffer);
}

/** What is said in both languages of a file that cannot be read, without its place. */
async function refusal(content: string, read: (file: string) => Promise<unknown>): Promise<string[]> {
  return await inFile(content, async (file) => {
    const error = await read(file).then(() => null, (error: unknown) => error);
    assert.ok(error instanceof UserError);
    return [error.message, error.ja ?? ""].map((text) => text.replace(file, "FILE"));
  });
}

Deno.test("a roster is read in Shift_JIS, UTF-16 and UTF-8, with Japanese columns and other separators", async () => {
  const named = [["s01", "青木"], ["がぎ", "江口"]];
  const text = "学籍番号,氏名\r\ns01,青木\r\nがぎ,江口\r\n";
  for (
    const content of [
      SHIFT_JIS,
      utf16(text),
      utf16(text.replaceAll(",", "\t")),
      `\ufeff${text}`,
      text.replaceAll(",", ";"),
      text.replace("学籍番号,氏名", "student,name"),
    ]
  ) {
    const { roster } = await inFile(content, readRosterFile);
    assert.deepEqual(roster.map(({ student, name }) => [student, name]), named);
  }
});

Deno.test("what is odd in a roster is told with its line, blank lines counted", async () => {
  const { warnings } = await inFile("\nstudent,name\nT01OK,A\n\n,B\nt01ok,C\n", async (file) => {
    const read = await readRosterFile(file);
    return {
      warnings: read.warnings.map(({ en, ja }) => [en.replace(file, "FILE"), ja.replace(file, "FILE")]),
    };
  });
  assert.deepEqual(warnings, [
    [
      "The roster FILE, line 5 names no student and counts for nobody",
      "名簿 FILE：5 行目には学生の ID がないため、数えていません",
    ],
    [
      "The roster FILE, line 6: t01ok stands in line 3 already, and counts once, as there",
      "名簿 FILE：6 行目の t01ok は 3 行目にもあるため、3 行目だけを使います",
    ],
  ]);
});

Deno.test("what is wrong with a roster is said in both languages", async () => {
  assert.deepEqual(await refusal("who,when\n", readRosterFile), [
    "Cannot read the roster FILE: it must have a column student, found who, when",
    "名簿 FILE を読み取れません。学生の ID の列 (student または 学籍番号) が必要ですが、見つかった列は who, when です",
  ]);
  const missing = await readRosterFile("none.csv").catch((error) => error);
  assert.deepEqual([missing.message, missing.ja], [
    "Cannot read the roster none.csv: there is no such file",
    "名簿 none.csv を読み取れません。ファイルがありません",
  ]);
});

Deno.test("two times of one submission are refused, however its name is written", async () => {
  const time = "2026-05-01T23:59:00+09:00";
  assert.deepEqual(await refusal(`submission,submitted\ns01,${time}\nS01,${time}\n`, readSubmitted), [
    "Cannot read the times of submission FILE: line 3: S01 has a time in line 2 already; remove one of the two",
    "提出日時の一覧 FILE を読み取れません。3 行目：S01 の日時は 2 行目にもあります。どちらかを取り除いてください",
  ]);
});

Deno.test("a line is named as an editor numbers it: empty ones count, and those within a cell", async () => {
  const time = "2026-05-01T23:59:00+09:00";
  const text =
    `submission,submitted,note\n\n"s01",${time},"late\n\nfor a reason"\ns02,${time},\n\ns03,soon,"a\nb"\n`;
  const place = text.slice(0, text.indexOf("s03")).split("\n").length;
  for (const end of ["\n", "\r\n", "\r"]) {
    const [en, ja] = await refusal(text.replaceAll("\n", end), readSubmitted);
    assert.match(en, new RegExp(`FILE: line ${place}: submitted must be a time`), JSON.stringify(end));
    assert.match(ja, new RegExp(`。${place} 行目：`));
    const [twice] = await refusal(
      text.replace("s03,soon", `S01,${time}`).replaceAll("\n", end),
      readSubmitted,
    );
    assert.match(twice, new RegExp(`line ${place}: S01 has a time in line 3 already`));
  }
});
