import assert from "node:assert/strict";
import { studentFileNames } from "../../../src/grade/outputs/student_file_names.ts";

Deno.test("each student gets a file of its own, whose name Windows takes too", () => {
  const names = studentFileNames([
    "s1",
    "S1",
    "山田 太郎",
    "a/b",
    "..",
    "con",
    "NUL.x",
    "student-con",
    "console",
  ]);
  assert.deepEqual(Object.fromEntries(names), {
    s1: "s1",
    S1: "S1-2",
    "山田 太郎": "山田_太郎",
    "a/b": "a_b",
    "..": "student",
    con: "student-con",
    "NUL.x": "student-NUL.x",
    "student-con": "student-con-2",
    console: "console",
  });
});
