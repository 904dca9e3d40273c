import assert from "node:assert/strict";
import { main } from "../main_in_process.ts";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { tinyExperiment } from "../tiny_experiment.ts";

/** Runs a command line as on a machine whose environment asks for the language. */
async function run(environment: "en" | "ja", ...args: string[]) {
  const streams = new RecordedStreams({});
  const code = await main(args, { signal: new AbortController().signal, streams, environment });
  return { code, out: streams.out, err: streams.err };
}

async function readFolder(folder: string, below = ""): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)) {
    const path = `${below}${name}`;
    if (isDirectory) Object.assign(files, await readFolder(folder, `${path}/`));
    else files[path] = new TextDecoder("latin1").decode(await Deno.readFile(`${folder}/${path}`));
  }
  return files;
}

Deno.test("what is printed goes by the environment, what is written into a results folder by the config alone", async () => {
  await inTemporaryFolder(async (folder) => {
    const experiment = await tinyExperiment(folder);
    await Deno.writeTextFile(`${folder}/x.json`, JSON.stringify(experiment));
    const flags = ["--out", `${folder}/out`, "--store", `${folder}/store`, "--workers", "1"];
    const english = await run("en", "sweep", `${folder}/x.json`, ...flags);
    assert.equal(english.code, 0, english.err);
    assert.match(english.err, /^2 trials x 1 seed = 2 runs\n/);
    assert.match(
      english.out,
      /^best trial \d .*\n2 of 2 runs learned nothing that the test images can show: .*\nResults: .* \(2 runs, .* s\)\nReport: /,
    );
    const written = await readFolder(`${folder}/out`);

    // All is written anew, but for the times, which are those of before.
    for (const name of ["report.md", "report.html", "summary.csv"]) {
      await Deno.remove(`${folder}/out/${name}`);
    }
    const japanese = await run("ja", "sweep", `${folder}/x.json`, ...flags);
    assert.equal(japanese.code, 0, japanese.err);
    assert.match(japanese.err, /^2 試行 × シード 1 個 = 訓練 2 回\n/);
    assert.match(
      japanese.out,
      /^最良の試行 \d .*検証正解率 .*\n訓練 2 回のうち 2 回は、テスト画像で示せるほどの学習をしていません: .*\n結果: .* \(訓練 2 回、(?:保存済み 2、)?学習なし 2、.*秒\)\nレポート: /,
    );
    const words = (japanese.out + japanese.err).replaceAll(folder, "").replaceAll(/\S+\.html/g, "");
    assert.doesNotMatch(words, /\b(?:run|trial|seed|cached|epoch|report)s?\b/);
    assert.deepEqual(await readFolder(`${folder}/out`), written);

    // From nothing the same but for the times.
    await run("ja", "sweep", `${folder}/x.json`, "--out", `${folder}/b`, "--store", `${folder}/b-store`);
    const timeless = (files: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(files).filter(([name]) =>
          /^(results|history|summary)\.csv$|^runs|^figures/.test(name)
        ),
      );
    assert.deepEqual(timeless(await readFolder(`${folder}/b`)), timeless(written));
  });
});

Deno.test("the config's language comes before the environment's, and --language before both", async () => {
  await inTemporaryFolder(async (folder) => {
    const experiment = await tinyExperiment(folder);
    const flags = ["--out", `${folder}/out`, "--store", `${folder}/store`];
    const status = async (environment: "en" | "ja", report: object | undefined, ...more: string[]) => {
      await Deno.writeTextFile(`${folder}/x.json`, JSON.stringify({ ...experiment, report }));
      return (await run(environment, "status", `${folder}/x.json`, ...flags, ...more)).out;
    };
    assert.match(await status("en", { language: "ja" }), /^tiny: 訓練 2 回のうち 2 回が未完了\n/);
    assert.match(await status("ja", { language: "en" }), /^tiny: 2 of 2 runs to do\n/);
    assert.match(await status("ja", undefined), /^tiny: 訓練 2 回/);
    assert.match(await status("ja", undefined, "--language", "en"), /^tiny: 2 of 2 runs to do\n/);
    assert.match(await status("ja", undefined, "--set", "report.language=en"), /^tiny: 2 of 2 runs to do\n/);
    // Programs read English, and no word of Japanese beside it.
    const json = await status("en", { language: "ja" }, "--json", "--language", "ja");
    assert.doesNotMatch(json, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]|"ja":/u);
    assert.match(json, /"not done yet"/);
  });
});

Deno.test("the events of --json are the same in every language", async () => {
  await inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/x.json`, JSON.stringify(await tinyExperiment(folder)));
    const events = async (environment: "en" | "ja") => {
      const places = ["--out", `${folder}/${environment}/out`, "--store", `${folder}/${environment}/store`];
      const flags = ["--workers", "1", "--json", "--language", environment];
      const { out } = await run(environment, "sweep", `${folder}/x.json`, ...places, ...flags);
      // Two runs may be evaluated in either order.
      return out.replaceAll(/("(?:seconds|out|report)":)[^,}]*/g, "$1").split("\n").sort().join("\n");
    };
    const english = await events("en");
    assert.match(english, /"summary":\["best trial /);
    assert.equal(await events("ja"), english);
  });
});

Deno.test("what is wrong with a config is said in the language that it asks for, right or wrong in the rest", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = `${folder}/x.yaml`;
    await Deno.writeTextFile(path, "name: a\ndataset: strokes\ntrain: {epoch: 3}\nreport: {language: ja}\n");
    const { code, err } = await run("en", "sweep", path);
    assert.equal(code, 2);
    assert.match(
      err,
      /^エラー: \S+x\.yaml:3:9: train\.epoch: このキーはありません。.*もしかして `epochs` ですか？\n$/,
    );
    assert.match((await run("en", "sweep", path, "--language", "en")).err, /^error: .* is not a known key; /);
    // Nothing was read that asks for a language.
    assert.match((await run("ja", "sweep", `${folder}/y.yaml`)).err, /^エラー: 設定 \S+ を読み取れません。/);
  });
});

Deno.test("what goes wrong after a config or results are read is told in their language by every command", async () => {
  await inTemporaryFolder(async (folder) => {
    const experiment = {
      ...await tinyExperiment(folder),
      train: { epochs: 1, learning_rate: 1e30 },
      sweep: undefined,
      report: { language: "ja" },
    };
    const config = `${folder}/x.json`;
    await Deno.writeTextFile(config, JSON.stringify(experiment));
    const said = async (...args: string[]) =>
      (await run("en", ...args)).err.split("\n").find((line) => /^(?:エラー|error): /.test(line));
    const store = `${folder}/store`;
    // No folder, but a file.
    assert.match(await said("status", config, "--store", config) ?? "", /^エラー: /);
    assert.match(await said("sweep", config, "--dry-run", "--store", config) ?? "", /^エラー: /);
    assert.match(
      await said("sweep", config, "--dry-run", "--out", `${store}/a`, "--store", store) ?? "",
      /^エラー: /,
    );
    assert.match(await said("status", config, "--store", config, "--language", "en") ?? "", /^error: /);
    await run("en", "sweep", config, "--out", `${folder}/out`, "--store", store, "--quiet");
    assert.match(await said("best", `${folder}/out`) ?? "", /^エラー: /);
    assert.match(await said("compare", `${folder}/out#0`, `${folder}/out#7`) ?? "", /^エラー: /);
    await Deno.writeTextFile(`${folder}/out/results.csv`, "a,b\n1,2\n");
    assert.match(await said("report", `${folder}/out`) ?? "", /^エラー: /);
    assert.match(await said("verify", `${folder}/out`, "--quiet") ?? "", /^エラー: /);
  });
});

Deno.test("a results folder is read in the language that it asks for: best, verify, gc, and the comments of a config", async () => {
  await inTemporaryFolder(async (folder) => {
    const experiment = { ...await tinyExperiment(folder), report: { language: "ja" } };
    await Deno.writeTextFile(`${folder}/x.json`, JSON.stringify(experiment));
    const store = ["--store", `${folder}/store`];
    await run("en", "sweep", `${folder}/x.json`, "--out", `${folder}/out`, ...store, "--quiet");
    const best = await run("en", "best", `${folder}/out`);
    assert.match(
      best.out,
      /^# yaml-language-server: \$schema=\.\/schema\.ja\.json\n#\n# tiny の試行 \d（2 試行のうち /,
    );
    assert.match(
      (await run("en", "best", `${folder}/out`, "--language", "en")).out,
      /\n# Trial \d of tiny, the best of 2 /,
    );
    assert.equal((await run("ja", "best", `${folder}/out`)).out, best.out);
    const verified = await run("en", "verify", `${folder}/out`, "--quiet");
    assert.match(verified.out, /: 訓練 2 回のうち 2 回を再計算\n全バイトが一致: /);
    await copyFolder(`${folder}/out`, `${folder}/changed`);
    await Deno.writeTextFile(`${folder}/changed/runs/0-0/predictions.csv`, "index,label\n");
    const changed = await run("ja", "verify", `${folder}/changed`, "--quiet");
    assert.equal(changed.code, 1);
    assert.match(changed.err, /^エラー: \d+ 個のファイルが一致しません:\n/);
    const gc = await run("ja", "gc", ...store, "--results", `${folder}/out`, "--dry-run");
    assert.match(
      gc.out,
      /: 結果のフォルダ 1 個のもとになりうるものを残します\n.*\n削除の対象: なし\n保持: .*train の記録 2 個/,
    );
  });
});
