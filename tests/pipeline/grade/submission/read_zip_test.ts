import assert from "node:assert/strict";
import { gradeMessages } from "../../../../src/grade/messages/messages.ts";
import { sayProblem } from "../../../../src/grade/submission.ts";
import fc from "fast-check";
import {
  DEFAULT_SUBMISSION_LIMITS,
  type SubmissionLimits,
} from "../../../../pipeline/grade/submission/handed_in.ts";
import { readZip } from "../../../../pipeline/grade/submission/read_zip.ts";
import { buildZip, type EntrySpec, LOCAL_HEADER } from "./build_zip.ts";

const HONEST: EntrySpec = { path: "honest.csv", content: "index,label\n" };

/** The names of the files read, and the problems as `file: message`. */
function reading(specs: readonly EntrySpec[], limits: Partial<SubmissionLimits> = {}) {
  const { files, problems } = readZip(buildZip(specs), { ...DEFAULT_SUBMISSION_LIMITS, ...limits });
  return {
    files: [...files.keys()],
    problems: problems.map((problem) => sayProblem(problem, gradeMessages("en"))),
  };
}

Deno.test("stored and deflated files are read, folders and leftovers passed over", () => {
  const text = "epoch,train_loss\n".repeat(100);
  const zip = buildZip([
    { path: "src/", mode: 0o040755, method: 0 },
    { path: "src/mod.ts", content: text },
    { path: "stored.csv", content: text, method: 0 },
    { path: "windows.csv", content: text, mode: 0 },
    { path: "empty.txt" },
    { path: "é.txt", content: "x" },
    { path: "__MACOSX/._mod.ts", content: "x" },
    { path: ".git/config", content: "x" },
    { path: "src/node_modules/a.js", content: "x" },
  ]);
  const { files, problems } = readZip(zip, DEFAULT_SUBMISSION_LIMITS);
  const texts = Array.from(files, ([path, bytes]) => [path, new TextDecoder().decode(bytes)]);
  const expected = {
    "src/mod.ts": text,
    "stored.csv": text,
    "windows.csv": text,
    "empty.txt": "",
    "é.txt": "x",
  };
  assert.deepEqual(Object.fromEntries(texts), expected);
  assert.deepEqual(problems, []);
});

Deno.test("each hostile entry is a problem of its own, and the honest ones are read", () => {
  const bomb = "0".repeat(2 * 1024 * 1024);
  const damaged = "is damaged: it is not what the zip says it is";
  const cases: [EntrySpec, string][] = [
    [{ path: "../up" }, "has a path that leads out of the submission"],
    [{ path: "a/../../up" }, "has a path that leads out of the submission"],
    [{ path: ".." }, "has a path that leads out of the submission"],
    [{ path: "../up/", mode: 0o040755 }, "has a path that leads out of the submission"],
    [{ path: "/etc/passwd" }, "has an absolute path"],
    [{ path: "c:up" }, "has an absolute path"],
    [{ path: "a\\b" }, "has a path with a backslash; a path has / between its parts"],
    [{ path: "a\u0000b" }, "has a path with control characters"],
    [{ path: "a/./b" }, "has a path with an empty part"],
    [{ path: "" }, "has a path with an empty part"],
    [{ path: "a".repeat(251) }, "has a path of more than 250 characters"],
    [{ path: "link", mode: 0o120777, content: "/etc/passwd" }, "is a symbolic link; hand in the file itself"],
    [{ path: "fifo", mode: 0o010644 }, "is neither a file nor a folder"],
    [{ path: "device", mode: 0o020644 }, "is neither a file nor a folder"],
    [{ path: "slash/", mode: 0o100644 }, "has a path with an empty part"],
    [{ path: "locked", flags: 1 }, "is encrypted"],
    [{ path: "packed", method: 14, content: "x" }, "must be stored or deflated, found another compression"],
    [
      { path: "bomb", content: bomb },
      "must be at most 100 times its packed size, found 2097152 bytes from 2062",
    ],
    [{ path: "large", content: "x", size: 2 ** 31 }, "must be at most 67108864 bytes, found 2147483648"],
    [{ path: "sum", content: "x", sum: 1 }, damaged],
    [{ path: "more", content: bomb, size: 5 }, damaged],
    [{ path: "less", content: "x", size: 5 }, damaged],
    [{ path: "stored", content: "x", method: 0, size: 5 }, damaged],
    [{ path: "garbage", content: Uint8Array.of(255, 255, 255), method: 0 }, "ok"],
    [{ path: "elsewhere", content: "x", offset: 7 }, "is not where the zip says it is"],
    [{ path: "beyond", content: "x", offset: 2 ** 30 }, "is not where the zip says it is"],
    [{ path: "reach", content: "x", packed: 2 ** 20 }, "is not where the zip says it is"],
    [{ path: "two", content: "x", localPath: "one" }, "is not where the zip says it is"],
  ];
  for (const [entry, message] of cases) {
    const ok = message === "ok";
    assert.deepEqual(reading([HONEST, entry]), {
      files: ok ? [HONEST.path, entry.path] : [HONEST.path],
      problems: ok ? [] : [`${entry.path}: ${message}`],
    }, entry.path);
  }
});

Deno.test("names without the flag of UTF-8 are UTF-8 or, from an older Japanese Windows, Shift_JIS", () => {
  // Each as Python's "...".encode("cp932") gives it; the second byte of ソ, 表 and 能 is that of a backslash.
  const names = {
    "ソース/manifest.yaml": "835c815b83582f6d616e69666573742e79616d6c",
    "予測/能力.ipynb": "975c91aa2f945c97cd2e6970796e62",
    "課題/表.csv": "89db91e82f955c2e637376",
  };
  for (const host of [0, 3]) {
    const specs = Object.entries(names).map(([path, hex]) => ({ path, name: Uint8Array.fromHex(hex), host }));
    assert.deepEqual(reading(specs), { files: Object.keys(names), problems: [] });
  }
  // macOS writes UTF-8 and sets no flag; a name that says that it is UTF-8 is nothing else.
  assert.deepEqual(reading([{ path: "ソース.csv" }, { path: "表.csv", flags: 1 << 11 }]).files, [
    "ソース.csv",
    "表.csv",
  ]);
  const flagged = { path: "", name: Uint8Array.fromHex("955c2e637376"), flags: 1 << 11 };
  assert.deepEqual(reading([flagged]).problems, [
    "\ufffd\\.csv: has a path with a backslash; a path has / between its parts",
  ]);
  // In neither: as far as it can be read.
  assert.deepEqual(reading([{ path: "", name: Uint8Array.of(0xff, 0x78) }]).files, ["\ufffdx"]);
});

Deno.test("the backslashes of Windows PowerShell's zips are between parts, and lead no further than slashes do", () => {
  const windows = (path: string): EntrySpec => ({ path, host: 0, mode: 0 });
  const paths = ["work\\", "work\\src\\mod.ts", "work\\manifest.yaml"];
  assert.deepEqual(reading(paths.map(windows)), {
    files: ["work/src/mod.ts", "work/manifest.yaml"],
    problems: [],
  });
  assert.deepEqual(reading(["..\\up", "\\up", "c:\\up", "a/b\\c"].map(windows)).problems, [
    "../up: has a path that leads out of the submission",
    "/up: has an absolute path",
    "c:/up: has an absolute path",
    "a/b\\c: has a path with a backslash; a path has / between its parts",
  ]);
  const [folder, name] = ["8381835c", "5c835c2e637376"]; // メソ, \ソ.csv
  const both = { ...windows(""), name: Uint8Array.fromHex(folder + name) };
  assert.deepEqual(reading([both]), { files: ["メソ/ソ.csv"], problems: [] });
});

Deno.test("data that are no deflated data are a problem", () => {
  const zip = buildZip([HONEST, { path: "x", content: "some content" }]);
  const start = LOCAL_HEADER + HONEST.path.length;
  zip.fill(255, start, start + 4);
  const { files, problems } = readZip(zip, DEFAULT_SUBMISSION_LIMITS);
  assert.deepEqual([...files.keys()], ["x"]);
  assert.equal(problems.length, 1);
});

Deno.test("names that clash are all refused", () => {
  assert.deepEqual(reading([HONEST, { path: "a" }, { path: "a" }]).problems, [
    "a: is there twice",
    "a: is there twice",
  ]);
  assert.deepEqual(reading([HONEST, { path: "src/Mod.ts" }, { path: "SRC/mod.ts" }]), {
    files: [HONEST.path],
    problems: ["src/Mod.ts: is there also as SRC/mod.ts", "SRC/mod.ts: is there also as src/Mod.ts"],
  });
  assert.equal(reading([{ path: "e\u0301.csv" }, { path: "\u00e9.csv" }]).files.length, 0);
  assert.deepEqual(reading([HONEST, { path: "a" }, { path: "a/b" }]), {
    files: [HONEST.path],
    problems: ["a: is a file and a folder at once, as in a/b", "a/b: is inside of a, which is a file"],
  });
});

Deno.test("entries that share bytes are refused", () => {
  const inner = buildZip([{ path: "inside.csv", content: "x", method: 0 }]).slice(0, LOCAL_HEADER + 11);
  const at = buildZip([HONEST]).indexOf(0x50, 4); // the directory: where the next entry would begin
  const start = at + LOCAL_HEADER + "outside.csv".length;
  const result = reading([
    HONEST,
    { path: "outside.csv", content: inner, method: 0 },
    { path: "inside.csv", content: "x", method: 0, offset: start },
  ]);
  assert.deepEqual(result, {
    files: [HONEST.path],
    problems: [
      "outside.csv: shares its bytes with another file",
      "inside.csv: shares its bytes with another file",
    ],
  });
});

Deno.test("the sum of sizes is bounded", () => {
  const specs = ["a", "b", "c"].map((path) => ({ path, content: "0123456789" }));
  assert.deepEqual(reading(specs, { totalBytes: 25 }), {
    files: ["a", "b"],
    problems: ["c: is too much: a submission has at most 25 bytes"],
  });
});

Deno.test("what is no zip, or has too many entries, is not read at all", () => {
  const zip = buildZip([HONEST]);
  const patched = (offset: number, ...values: number[]) => {
    const copy = zip.slice();
    copy.set(values, zip.length - 22 + offset);
    return copy;
  };
  const cases: [Uint8Array, RegExp][] = [
    [new Uint8Array(0), /it must be a zip, found no zip's end$/],
    [new Uint8Array(100_000), /it must be a zip/],
    [zip.slice(0, -1), /it must be a zip/],
    [patched(4, 1), /it must be one file of less than 4 GiB$/],
    [patched(10, 255, 255), /it must be one file of less than 4 GiB$/],
    [patched(10, 2), /its directory must list its files, found other bytes$/],
    [patched(16, 255), /its directory must/],
    [patched(16, 0, 0, 0, 0), /its directory must list its files, found other bytes$/],
    [buildZip(Array(2001).fill(HONEST)), /it must have at most 2000 files and folders, found 2001$/],
  ];
  for (const [bytes, message] of cases) {
    assert.throws(() => readZip(bytes, DEFAULT_SUBMISSION_LIMITS), { name: "SyntaxError", message });
  }
});

Deno.test("no damage to a zip makes reading it fail in any other way", () => {
  const zip = buildZip([HONEST, { path: "src/mod.ts", content: "export {};\n".repeat(20) }, {
    path: "s",
    method: 0,
  }]);
  const damage = fc.array(fc.tuple(fc.nat({ max: zip.length - 1 }), fc.nat({ max: 255 })), { maxLength: 4 });
  fc.assert(
    fc.property(damage, fc.nat({ max: zip.length }), (changes, cut) => {
      const copy = zip.slice(cut % 3 === 0 ? cut : 0);
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      try {
        const { files } = readZip(copy, DEFAULT_SUBMISSION_LIMITS);
        for (const path of files.keys()) assert.ok(!path.startsWith("/") && !path.includes(".."));
      } catch (error) {
        assert.ok(error instanceof SyntaxError, String(error));
      }
    }),
    { numRuns: 500 },
  );
});
