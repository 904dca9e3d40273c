import assert from "node:assert/strict";
import { JournalTail } from "../../../pipeline/view/journal_tail.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

const line = (n: number, text = "") => JSON.stringify({ at: n, type: "note", message: text }) + "\n";

/** Reads until there is no more. */
function readAll(tail: JournalTail): number[] {
  const seen: number[] = [];
  for (;;) {
    const { lines, more } = tail.read();
    seen.push(...lines.map(({ at }) => at));
    if (!more) return seen;
  }
}

Deno.test("every line is read once, however it comes: in pieces of letters, many at once, longer than a block", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/journal`;
    const text = Array.from({ length: 300 }, (_, i) => line(i, "あ".repeat(i % 7))).join("") +
      line(300, "x".repeat(3 << 20)) + line(301);
    const bytes = new TextEncoder().encode(text);
    const tail = new JournalTail(path);
    const seen: number[] = [];
    for (let at = 0, size = 1; at < bytes.length; at += size, size = Math.ceil(size * 1.7)) {
      await Deno.writeFile(path, bytes.subarray(at, at + size), { append: true });
      seen.push(...readAll(tail));
    }
    assert.deepEqual(seen, Array.from({ length: 302 }, (_, i) => i));
    assert.deepEqual(readAll(tail), []);
  }));

Deno.test("what is no line of an event is passed over, and what comes after it is read", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/journal`;
    await Deno.writeTextFile(
      path,
      `${line(1)}{"at":\nnull\n[]\n"x"\n{"type":3,"at":1}\n{"type":"note"}\n\n${line(2)}`,
    );
    assert.deepEqual(readAll(new JournalTail(path)), [1, 2]);
    await Deno.writeFile(path, new Uint8Array(20 << 20).fill(120));
    await Deno.writeTextFile(path, `\n${line(3)}`, { append: true });
    const tail = new JournalTail(path);
    assert.deepEqual([...readAll(tail), ...readAll(tail), ...readAll(tail)], [3]);
  }));

Deno.test("a journal that is another one is read from its beginning: shorter, or longer in the place of the former on the disk", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/journal`;
    await Deno.writeTextFile(path, line(1) + line(2));
    const tail = new JournalTail(path);
    assert.equal(tail.read().fresh, true);
    await Deno.writeTextFile(path, line(3), { append: true });
    const more = tail.read();
    assert.deepEqual([more.fresh, more.lines.map(({ at }) => at)], [false, [3]]);
    await Deno.remove(path);
    assert.throws(() => tail.read(), Deno.errors.NotFound);
    await Deno.writeTextFile(path, line(4));
    const fresh = tail.read();
    assert.deepEqual([fresh.fresh, fresh.lines.map(({ at }) => at)], [true, [4]]);
    // As ext4 does with a number that was freed: the same one, and more bytes than were read.
    const { ino } = await Deno.stat(path);
    await Deno.writeTextFile(path, [5, 6, 7, 8].map((at) => line(at)).join(""));
    assert.equal((await Deno.stat(path)).ino, ino);
    const longer = tail.read();
    assert.deepEqual([longer.fresh, longer.lines.map(({ at }) => at)], [true, [5, 6, 7, 8]]);
    await Deno.writeTextFile(path, line(9), { append: true });
    const on = tail.read();
    assert.deepEqual([on.fresh, on.lines.map(({ at }) => at)], [false, [9]]);
    tail.forget();
    const anew = tail.read();
    assert.deepEqual([anew.fresh, anew.lines.map(({ at }) => at)], [true, [5, 6, 7, 8, 9]]);
  }));
