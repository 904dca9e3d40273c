import assert from "node:assert/strict";
import { compareCommand } from "../../../pipeline/commands/compare.ts";
import { main } from "../main_in_process.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { sweepIn } from "../sweep_in_process.ts";

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const streams = new RecordedStreams({});
  const code = await main(args, { signal: new AbortController().signal, streams }, [compareCommand]);
  return { code, out: streams.out, err: streams.err };
}

const config = {
  name: "small",
  dataset: "strokes",
  preprocess: { limit: 200 },
  model: { hidden: [5] },
  train: { epochs: 2, batch_size: 10 },
  seeds: { count: 2 },
  report: { language: "ja" },
  sweep: { parameters: { "train.learning_rate": [0.1, 0.2] } },
};

Deno.test("compare --html writes a page in the report's language, and puts it in the place of no other file", () =>
  inTemporaryFolder(async (folder) => {
    const { code, err } = await sweepIn(folder, { config, out: "a" });
    assert.equal(code, 0, err);
    const [first, second, page] = [`${folder}/a#0`, `${folder}/a#1`, `${folder}/page.html`];
    const written = await run("compare", first, second, "--html", page);
    assert.deepEqual([written.code, written.out], [0, `${page} に保存しました\n`], written.err);
    const japanese = await Deno.readTextFile(page);
    assert.match(japanese, /<html lang="ja">/);
    assert.match(japanese, /実験 small/);
    // Another such page takes its place.
    assert.equal((await run("compare", second, first, "--html", page, "--language", "en")).code, 0);
    const english = await Deno.readTextFile(page);
    assert.match(english, /<html lang="en">/);
    assert.match(
      english,
      /experiment small, data [^<]*, trial 1 of 2, 2 runs: 2 ok|experiment small.*best of 2 trials/,
    );

    await Deno.writeTextFile(page, "mine");
    const refused = await run("compare", first, second, "--html", page);
    assert.equal(refused.code, 2);
    assert.match(
      refused.err,
      /Cannot write .*page\.html: it must be a new file or a page of compare, found another file/,
    );
    assert.equal(await Deno.readTextFile(page), "mine");
    assert.equal((await run("compare", first, second, "--html", page, "--replace")).code, 0);
    assert.match(await Deno.readTextFile(page), /^<!doctype html>/);

    const nowhere = await run("compare", first, second, "--html", `${folder}/no/page.html`);
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.err, /Cannot write .*: there is no folder /);
    const taken = await run("compare", first, second, "--html", folder);
    assert.equal(taken.code, 2);
    assert.match(taken.err, /it must be a file, found a folder/);
    const alone = await run("compare", first, second, "--replace");
    assert.deepEqual(
      [alone.code, alone.err],
      [2, "error: Cannot compare: --replace must come with --html, found it alone\n"],
    );
    const csv = await run("compare", first, second, "--csv", "--language", "ja");
    assert.equal(csv.code, 2);
    assert.match(csv.err, /^エラー: 比較できません。--csv の出力はどの言語でも同じ/);

    // The tables go by the results' language, or by the one that is asked for.
    const table = await run("compare", first, second);
    assert.match(
      table.out,
      /^ {3}試行 .*訓練の回数\nA {2}\S+#0 +2\nB {2}\S+#1 +2\n\n異なる設定\n設定 +A +B\n/,
    );
    assert.doesNotMatch(table.out.replaceAll(folder, ""), /\b(?:trial|runs|seed|epoch|better|worse|by|to)\b/);
    assert.match((await run("compare", first, second, "--language", "en")).out, /^ {3}trial .*runs\nA/);
    assert.match((await run("compare", first, second, "--md")).out, /^## 異なる設定$/m);
  }));

Deno.test("a comparison's page knows how fast its trials trained, and what shows the same without JavaScript", () =>
  inTemporaryFolder(async (folder) => {
    const { code, err } = await sweepIn(folder, { config, out: "a" });
    assert.equal(code, 0, err);
    const path = `${folder}/a/timings.csv`;
    const lines = ["step,trial,seed,seconds,images_per_second"];
    for (const [trial, speed] of [1000, 4000].entries()) {
      for (const seed of [0, 1]) lines.push(`train,${trial},${seed},1,${speed}`);
    }
    await Deno.writeTextFile(path, `${lines.join("\n")}\n`);
    const page = `${folder}/page.html`;
    const write = async (...places: string[]) => {
      const written = await run("compare", ...places, "--html", page, "--language", "en");
      assert.equal(written.code, 0, written.err);
      return await Deno.readTextFile(page);
    };
    // By its place on the page, whatever its number is.
    const html = await write(`${folder}/a#1`, `${folder}/a#0`);
    assert.match(html, /id="report-speeds">\{"0":4000,"1":1000\}<\/script>/);
    // 200 of which a fifth validates, in batches of 10.
    assert.equal(html.match(/"images":160,"iterations":16/g)?.length, 2);
    const [, said] = /<noscript>(.*?)<\/noscript>/s.exec(html) ?? [];
    assert.match(said, /without --html the same command prints the curves too/);
    assert.doesNotMatch(said, /report\.md/);

    for (const text of [null, "damaged"]) {
      if (text === null) await Deno.remove(path);
      else await Deno.writeTextFile(path, text);
      assert.match(await write(`${folder}/a#1`, `${folder}/a#0`), /id="report-speeds">null<\/script>/);
    }
  }));
