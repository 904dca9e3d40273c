import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { parseExperiment } from "../../../src/config/parse.ts";
import { Journal, JOURNAL_FILE } from "../../../pipeline/results/journal.ts";
import { remark } from "../../../pipeline/progress/events.ts";

const experiment = parseExperiment("name: x\ndataset: strokes\n", { file: "x.yaml" });
const begin = { config: "x.yaml", experiment };
const runStart = {
  type: "run_start",
  worker: 0,
  trial: 0,
  seed: 0,
  label: "",
  epochs: 1,
  images: 1,
} as const;
const note = (message: string) => remark("note", { en: message, ja: message });

async function withFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await act(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function fail(error: Error): void {
  throw error;
}

function linesOf(folder: string): Record<string, unknown>[] {
  const text = Deno.readTextFileSync(`${folder}/${JOURNAL_FILE}`);
  assert.ok(text.endsWith("\n"));
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

Deno.test("a journal holds whole lines, each with its time, soon after they are told", async () => {
  await withFolder(async (folder) => {
    using journal = Journal.open(folder, begin, { onFailure: fail });
    for (let i = 0; i < 500; i++) journal.handle(note(`note ${i}`));
    await sleep(300);
    const lines = linesOf(folder);
    assert.equal(lines.length, 501);
    assert.equal(lines[0].type, "begin");
    assert.deepEqual(lines[0].experiment, JSON.parse(JSON.stringify(experiment)));
    assert.equal(lines[500].message, "note 499");
    assert.ok(lines.every(({ at }) => Math.abs(Number(at) - Date.now()) < 60_000));
  });
});

Deno.test("the next sweep goes on behind what a killed one left, without its half line", async () => {
  for (const left of ["", "x".repeat(200_000), '{"type":"note","message":"wh']) {
    await withFolder(async (folder) => {
      const whole = JSON.stringify({ at: 1, type: "note", message: "あ".repeat(50_000) }) + "\n";
      await Deno.writeTextFile(`${folder}/${JOURNAL_FILE}`, whole + left);
      Journal.open(folder, begin, { onFailure: fail })[Symbol.dispose]();
      assert.deepEqual(linesOf(folder).map(({ type }) => type), ["note", "begin"]);
    });
  }
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/${JOURNAL_FILE}`, "no line at all");
    const journal = Journal.open(folder, begin, { onFailure: fail });
    journal.handle(runStart);
    journal[Symbol.dispose]();
    assert.deepEqual(linesOf(folder).map(({ type }) => type), ["begin", "run_start"]);
  });
});

Deno.test("a sweep that ends before its first run leaves no journal, unless one before it did", async () => {
  await withFolder(async (folder) => {
    const journal = Journal.open(folder, begin, { onFailure: fail });
    journal.handle(note("the data cannot be had"));
    journal[Symbol.dispose]();
    await assert.rejects(Deno.lstat(`${folder}/${JOURNAL_FILE}`), Deno.errors.NotFound);
    const started = Journal.open(folder, begin, { onFailure: fail });
    started.handle(runStart);
    started[Symbol.dispose]();
    Journal.open(folder, begin, { onFailure: fail })[Symbol.dispose]();
    assert.deepEqual(linesOf(folder).map(({ type }) => type), ["begin", "run_start", "begin"]);
  });
});

Deno.test("a journal that is complete is gone, and told things after that it says nothing", async () => {
  await withFolder(async (folder) => {
    const journal = Journal.open(folder, begin, { onFailure: fail });
    await journal.complete();
    journal.handle(note("late"));
    await sleep(150);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  });
});

Deno.test("a journal that can no longer be written says so once", async () => {
  await withFolder(async (folder) => {
    const failures: string[] = [];
    using journal = Journal.open(folder, begin, { onFailure: ({ message }) => void failures.push(message) });
    const { writeSync } = Deno.FsFile.prototype;
    Deno.FsFile.prototype.writeSync = () => {
      throw new Error("no space is left");
    };
    try {
      for (let i = 0; i < 3; i++) {
        journal.handle(note("x"));
        await sleep(150);
      }
    } finally {
      Deno.FsFile.prototype.writeSync = writeSync;
    }
    assert.deepEqual(failures, ["no space is left"]);
  });
});

Deno.test("a journal is touched while nothing happens", async () => {
  await withFolder(async (folder) => {
    using _journal = Journal.open(folder, begin, { onFailure: fail });
    await sleep(150);
    const path = `${folder}/${JOURNAL_FILE}`;
    Deno.utimeSync(path, 1, 1);
    await sleep(1200);
    assert.ok(Date.now() - Number(Deno.statSync(path).mtime) < 60_000);
  });
});

Deno.test("what stands in a journal's place is not written through", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/precious`, "mine");
    await Deno.symlink(`${folder}/precious`, `${folder}/${JOURNAL_FILE}`);
    assert.throws(() => Journal.open(folder, begin, { onFailure: fail }), {
      message:
        `Cannot write ${folder}/${JOURNAL_FILE}: it must be a regular file, found something else; remove it`,
    });
    assert.equal(await Deno.readTextFile(`${folder}/precious`), "mine");
  });
});
