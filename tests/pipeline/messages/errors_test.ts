import assert from "node:assert/strict";
import { FileLock } from "../../../pipeline/system/file_lock.ts";
import { readReason, systemReason } from "../../../pipeline/system/reasons.ts";
import { errorsEn } from "../../../pipeline/messages/errors_en.ts";
import { errorsJa } from "../../../pipeline/messages/errors_ja.ts";
import { main } from "../main_in_process.ts";
import type { Language } from "../../../src/text/language.ts";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { probeCommand } from "../probe_command.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { tinyExperiment } from "../tiny_experiment.ts";

/** A command line and what it says in English; `FOLDER` is the test's. */
type Case = readonly [args: readonly string[], english: string];

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** What stays as it is: code, quoted text, paths and addresses, options with their values. */
const NO_SENTENCE = /`[^`]*`|deno task|'[^']*'|\S*[/.]\S*|--[\w-]+(?: [A-Z]+\b)?/g;

function hasEnglish(text: string): boolean {
  return /\b[A-Za-z]+,? [A-Za-z]+,? [A-Za-z]+\b/.test(text.replaceAll(NO_SENTENCE, "・"));
}

/** What a command line prints on standard error. */
async function say(args: readonly string[], environment: Language): Promise<string> {
  const streams = new RecordedStreams({});
  const surroundings = { signal: new AbortController().signal, streams, environment };
  const code = await main([...args], surroundings, args[0] === "probe" ? [probeCommand] : undefined);
  assert.ok(code === 1 || code === 2, `${args.join(" ")}: exit code ${code}`);
  return streams.err;
}

/** In English it is said in the words that people know, and in Japanese in no others than Japanese ones. */
async function check(folder: string, cases: readonly Case[]): Promise<void> {
  for (const [words, english] of cases) {
    const args = words.map((word) => word.replace("FOLDER", folder));
    assert.equal((await say(args, "en")).replaceAll(folder, "FOLDER"), english);
    const japanese = await say(args, "ja");
    assert.match(japanese, /^エラー: /m, args.join(" "));
    assert.match(japanese, JAPANESE);
    assert.ok(!hasEnglish(japanese), japanese);
  }
}

async function write(folder: string, files: Record<string, string | Uint8Array<ArrayBuffer>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(`${folder}/${path}`, bytes);
  }
}

Deno.test("what is wrong with a config, a folder or a store is said in the reader's language", () =>
  inTemporaryFolder(async (folder) => {
    await write(folder, {
      "x.json": JSON.stringify(await tinyExperiment(folder)),
      "many.yaml": "name: many\ndataset: strokes\nseeds: {count: 2}\n" +
        "sweep: {method: random, count: 100000, parameters: {train.batch_size: {int_uniform: [1, 1024]}, " +
        "train.learning_rate: {uniform: [0.1, 1]}}}\n",
      "sjis.yaml": Uint8Array.of(0x23, 0x83, 0x65, 0x83, 0x58, 0x83, 0x67, 0x0a),
      "file": "",
      "full/letter.txt": "",
      "busy/manifest.json": "{}",
    });
    await Deno.symlink("a.yaml", `${folder}/a.yaml`);
    const [config, out, store] = ["FOLDER/x.json", "FOLDER/out", "FOLDER/store"];
    const places = ["--out", out, "--store", store];
    const RUNS = "2 trials x 1 seed = 2 runs\n";
    using _lock = await FileLock.take(`${folder}/busy/.sweep.lock`);
    await Deno.writeTextFile(`${folder}/busy/.sweep.lock`, "4711");
    await check(folder, [
      [
        ["sweep", "FOLDER/nope.toml"],
        "error: Cannot read the config FOLDER/nope.toml: there is no such file\n",
      ],
      [
        ["status", "FOLDER/y.json"],
        "error: Cannot read the config FOLDER/y.json: there is no such file; did you mean FOLDER/x.json?\n",
      ],
      [
        ["sweep", "-"],
        "error: Cannot read the config -: there is no such file; it is read from a file, not from standard input\n",
      ],
      [["sweep", "FOLDER/full"], "error: Cannot read the config FOLDER/full: FOLDER/full is a folder\n"],
      [
        ["sweep", "FOLDER"],
        "error: Cannot read the config FOLDER: FOLDER is a folder; did you mean FOLDER/a.yaml, FOLDER/many.yaml, FOLDER/sjis.yaml?\n",
      ],
      [
        ["sweep", "FOLDER/a.yaml"],
        "error: Cannot read the config FOLDER/a.yaml: it must be a file, found symbolic links that lead in a circle\n",
      ],
      [
        ["sweep", "FOLDER/sjis.yaml"],
        "error: Cannot read the config FOLDER/sjis.yaml: it must be text in UTF-8, found what looks like Shift_JIS; save it again in UTF-8\n",
      ],
      [
        ["sweep", config, "--out", "FOLDER/file", "--store", store],
        RUNS +
        "error: Cannot write results to FOLDER/file: it must be a folder, found a file; pass a writable folder with --out DIR\n",
      ],
      [
        ["sweep", config, "--out", "FOLDER/file/x", "--store", store],
        RUNS +
        "error: Cannot write results to FOLDER/file/x: a part of its path must be a folder, found a file; pass a writable folder with --out DIR\n",
      ],
      [
        ["sweep", config, "--out", "FOLDER/full", "--store", store],
        RUNS +
        "error: Cannot write results to FOLDER/full: it must be empty or hold earlier results, found letter.txt and no manifest.json; pass another folder with --out DIR\n",
      ],
      [
        ["sweep", config, "--out", "FOLDER/busy", "--store", store],
        RUNS +
        "error: Cannot write results to FOLDER/busy: another sweep (process 4711) is writing there; wait until it ends, or pass another folder with --out DIR\n",
      ],
      [
        ["sweep", config, "--out", out, "--store", "FOLDER/file"],
        RUNS +
        "error: Cannot open the store FOLDER/file: it must be a folder, found a file; pass a writable folder with --store DIR\n",
      ],
      [
        ["status", config, "--store", "FOLDER/full"],
        "error: Cannot open the store FOLDER/full: it must be empty or an earlier store, found letter.txt and no artifacts; pass another folder with --store DIR\n",
      ],
      [
        ["status", "FOLDER/many.yaml", ...places],
        "error: Cannot look at many: it must have at most 100,000 runs, found 200,000\n",
      ],
      [
        ["gc", "--store", "FOLDER/none"],
        "error: Cannot collect garbage in FOLDER/none: there is no such store\n",
      ],
      [
        ["view", "FOLDER/none"],
        "error: Cannot view FOLDER/none: it must be a folder, found none of that name\n",
      ],
      [
        ["lab", "--out", "FOLDER/full"],
        "error: Cannot write FOLDER/full: it must be a file, found a folder; pass a name in it\n",
      ],
      [
        ["worker", "http://localhost"],
        "error: Cannot reach machines: the address must be nats://HOST:PORT or tls://HOST:PORT, found http://localhost\n",
      ],
    ]);
  }));

Deno.test("what is wrong with results is said in the reader's language", () =>
  inTemporaryFolder(async (folder) => {
    await write(folder, { "x.json": JSON.stringify(await tinyExperiment(folder)) });
    const flags = ["--out", `${folder}/out`, "--store", `${folder}/store`, "--workers", "1", "--quiet"];
    const streams = new RecordedStreams({});
    const done = await main(["sweep", `${folder}/x.json`, ...flags], {
      signal: new AbortController().signal,
      streams,
    });
    assert.equal(done, 0, streams.err);
    for (const name of ["headless", "empty", "short", "damaged", "moved", "spoilt"]) {
      await copyFolder(`${folder}/out`, `${folder}/${name}`);
    }
    const table = await Deno.readTextFile(`${folder}/out/results.csv`);
    const manifest = JSON.parse(await Deno.readTextFile(`${folder}/out/manifest.json`));
    const { "0-0": _, ...runs } = manifest.runs;
    await Deno.remove(`${folder}/headless/results.csv`);
    await write(folder, {
      "empty/results.csv": table.split("\n")[0] + "\n",
      "spoilt/results.csv": table.replace(/\n\d+,/, "\nx,"),
      "short/manifest.json": JSON.stringify({ ...manifest, runs }),
      "damaged/manifest.json": JSON.stringify({ ...manifest, files: { x: 1 } }),
      "none/x": "",
      "mine.yaml": "name: mine\n",
      "mine.html": "<html></html>",
    });
    await Deno.remove(`${folder}/moved/runs`, { recursive: true });
    await check(folder, [
      [
        ["best", "FOLDER/none"],
        "error: Cannot read results from FOLDER/none: there is no manifest.json, which every sweep writes into its results folder\n",
      ],
      [
        ["best", "FOLDER/headless"],
        "error: Cannot read FOLDER/headless/results.csv: there is no such file\n",
      ],
      [
        ["compare", "FOLDER/empty", "FOLDER/out"],
        "error: Cannot read FOLDER/empty/results.csv: it must have a run or more, found none\n",
      ],
      [
        ["best", "FOLDER/damaged"],
        "error: Cannot read FOLDER/damaged/manifest.json: it must be as a sweep wrote it, found 1 in the place of files.x\n",
      ],
      [
        ["best", "FOLDER/out", "--save", "FOLDER/mine.yaml"],
        "error: Cannot write FOLDER/mine.yaml: it must be a new file, found another config; pass another name or remove it\n",
      ],
      [
        ["best", "FOLDER/out", "--save", "FOLDER/nowhere/x.yaml"],
        "error: Cannot write FOLDER/nowhere/x.yaml: there is no folder FOLDER/nowhere\n",
      ],
      [
        ["compare", "FOLDER/out#0", "FOLDER/out#1", "--html", "FOLDER/mine.html"],
        "error: Cannot write FOLDER/mine.html: it must be a new file or a page of compare, found another file; pass another name with --html FILE, or replace it with --replace\n",
      ],
      [
        ["report", "FOLDER/none"],
        "error: Cannot render a report: FOLDER/none must be a results folder, found no results.csv in it\n",
      ],
      [
        ["report", "FOLDER/empty"],
        "error: Cannot render a report: FOLDER/empty/results.csv must have a run or more, found none\n",
      ],
      [
        ["verify", "FOLDER/none"],
        "error: Cannot verify FOLDER/none: it must be a results folder, found no manifest.json, which every sweep writes\n",
      ],
      [
        ["verify", "FOLDER/short"],
        "error: Cannot verify FOLDER/short: manifest.json must list each run of its experiment, found no 0-0\n",
      ],
      [
        ["report", "FOLDER/spoilt"],
        'error: Cannot render the report of FOLDER/spoilt: Cannot parse results.csv: line 2, trial must be an integer of 0 or more, found "x"\n',
      ],
      [
        ["gc", "--store", "FOLDER/store", "--results", "FOLDER/damaged", "--dry-run"],
        "error: Cannot collect garbage: FOLDER/damaged/manifest.json is damaged, and nobody can tell what its results are made of; sweep into that folder again or remove it. Nothing was removed.\n",
      ],
      [
        ["lab", "--weights", "FOLDER/moved", "--out", "FOLDER/lab.html"],
        "error: Cannot take weights from FOLDER/moved: there is no FOLDER/moved/runs/0-0/weights.npz; sweep again what it is made of: deno task sweep FOLDER/x.json\n",
      ],
    ]);
  }));

Deno.test("what is wrong with submissions is said in the reader's language", () =>
  inTemporaryFolder(async (folder) => {
    await write(folder, {
      "file": "",
      "text.txt": "",
      "empty/.x": "",
      "starter/network.py": "",
      "a/s1/manifest.yaml": "",
      "b/s1/manifest.yaml": "",
      "grades/manifest.json": "{}",
      "times.csv": "who,when\n",
      "zone.csv": "submission,submitted\ns1,2026-05-01\n",
    });
    const RUBRIC = "configs/rubrics/sprint-nn.yaml";
    const grade = (...more: string[]) => ["grade", RUBRIC, ...more, "--store", "FOLDER/store"];
    await check(folder, [
      [
        ["grade", "FOLDER/none.toml", "FOLDER"],
        "error: Cannot read the rubric FOLDER/none.toml: there is no such file\n",
      ],
      [grade("FOLDER/s9"), "error: Cannot grade FOLDER/s9: there is no such file or folder\n"],
      [
        grade("FOLDER/text.txt"),
        "error: Cannot grade FOLDER/text.txt: a submission must be a folder, a .zip or a .ipynb, found another file\n",
      ],
      [
        grade("FOLDER/empty"),
        "error: Cannot grade FOLDER/empty: it must be a submission, with one of manifest.yaml, src/mod.ts, probe.npz, weights.npz in it, or a folder of submissions, found neither\n",
      ],
      [
        grade("FOLDER/a/s1", "FOLDER/b/s1"),
        "error: Cannot grade: submissions must differ in their names, found FOLDER/a/s1 and FOLDER/b/s1\n",
      ],
      [
        grade("FOLDER/a", "--roster", "FOLDER/roster.csv"),
        "error: Cannot read the roster FOLDER/roster.csv: there is no such file\n",
      ],
      [
        grade("FOLDER/a", "--submitted", "FOLDER/times.csv"),
        "error: Cannot read the times of submission FOLDER/times.csv: it must have the columns submission and submitted, found who, when\n",
      ],
      [
        grade("FOLDER/a", "--submitted", "FOLDER/zone.csv"),
        'error: Cannot read the times of submission FOLDER/zone.csv: line 2: submitted must be a time with its zone, such as 2026-05-01T23:59:00+09:00, found "2026-05-01"\n',
      ],
      [
        grade("FOLDER/a", "--out", "FOLDER/grades"),
        "error: Cannot write grades to FOLDER/grades: it holds other results; pass another folder with --out DIR\n",
      ],
      [
        grade("FOLDER/a", "--out", "FOLDER/file"),
        "error: Cannot write grades to FOLDER/file: File exists (os error 17): mkdir 'FOLDER/file'; pass another folder with --out DIR\n",
      ],
      [
        ["check-submission", "FOLDER/s9"],
        "error: Cannot read the submission FOLDER/s9: there is no such file or folder\n",
      ],
      [
        ["check-submission", "FOLDER/a/s1", "--rubric", "FOLDER/none.yaml"],
        "error: Cannot read the rubric FOLDER/none.yaml: there is no such file\n",
      ],
      [
        ["template", "FOLDER/starter"],
        "error: Cannot make a starter in FOLDER/starter: network.py is there already; pass another folder\n",
      ],
      [
        ["template", "FOLDER/file"],
        "error: Cannot make a starter in FOLDER/file: it must be a folder, found a file\n",
      ],
      [
        ["template", "FOLDER/file/x"],
        "error: Cannot make a starter in FOLDER/file/x: Not a directory (os error 20): mkdir 'FOLDER/file/x'\n",
      ],
    ]);
  }));

Deno.test("what is wrong with a command line is said in the reader's language", async () => {
  const see = (command: string) => `\nSee \`deno task ${command} --help\`.\n`;
  await check("FOLDER", [
    [["sweep", "--wrong"], `error: unknown option '--wrong'${see("sweep")}`],
    [["sweep", "--quite"], `error: unknown option '--quite'\n(Did you mean --quiet?)${see("sweep")}`],
    [
      ["sweep", "--learning-rate", "1"],
      `error: unknown option '--learning-rate'${
        see("sweep")
      }Settings of a config are set by --set: --set train.learning_rate=VALUE\n`,
    ],
    [["sweep", "--out"], `error: option '--out <dir>' argument missing${see("sweep")}`],
    [
      ["sweep", "--workers", "0"],
      `error: option '--workers <n>' argument '0' is invalid. It must be a whole number from 1 to 256.${
        see("sweep")
      }`,
    ],
    [
      ["template", "x", "--track", "c"],
      `error: option '--track <track>' argument 'c' is invalid. Allowed choices are ts, artifact.${
        see("template")
      }`,
    ],
    [
      ["check-submission", ""],
      `error: command-argument value '' is invalid for argument 'dir'. It must not be empty.${
        see("check-submission")
      }`,
    ],
    [
      ["sweep", "--view", "--dry-run"],
      `error: option '--view' cannot be used with option '--dry-run'${see("sweep")}`,
    ],
    [
      ["sweep", "a", "b"],
      `error: too many arguments for 'sweep'. Expected 1 argument but got 2: a, b.${see("sweep")}`,
    ],
    [["best"], `error: missing required argument 'results'${see("best")}`],
    [["swep"], "error: unknown command 'swep'\n(Did you mean sweep?)\n"],
  ]);
});

Deno.test("what the system refuses, and a bug, are said in the reader's language", async () => {
  const probe = (behaviour: string) => ["probe", behaviour];
  await check("FOLDER", [
    [
      probe("full-disk"),
      "error: No space is left on the disk; free some and run the same command again (what is stored stays)\n",
    ],
    [probe("vanished"), "error: Cannot use /nowhere/at all: there is no such file\n"],
  ]);
  assert.equal(
    await say(probe("bug"), "ja"),
    "エラー: 予期しないエラー: x is not a function\n" +
      "プログラムの不具合です。同じコマンドに --debug を付けたときの表示を添えて報告してください。\n",
  );
  // What Deno does not allow, it names.
  assert.match(
    await say(probe("not-allowed"), "ja"),
    /^エラー: Deno .*（Requires read access to "x", .*）\n$/,
  );
});

Deno.test("each reason of the system's comes with its advice in both languages", () => {
  const codes = ["EEXIST", "ENOTDIR", "EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EFBIG"];
  for (const code of codes) {
    const { en, ja } = systemReason(new Error("x"), { code, option: "--store DIR" });
    assert.match(en, /--store DIR/);
    assert.match(ja, /--store DIR で/);
    assert.ok(JAPANESE.test(ja) && !hasEnglish(ja), ja);
    const without = systemReason(new Error("x"), { code });
    assert.doesNotMatch(without.en + without.ja, /--store|undefined/);
  }
  for (const code of ["EISDIR", "ENOTDIR", "ENOENT", "EACCES", "EMFILE", "ELOOP", "ENAMETOOLONG"]) {
    const { en, ja } = readReason(new Error("x"), code);
    const commands = (text: string) => text.match(/`[^`]*`/g);
    assert.deepEqual(commands(ja), commands(en));
    assert.ok(JAPANESE.test(ja) && !hasEnglish(ja), ja);
  }
});

/** An argument that is a text, a number, a list and a mapping of whatever name. */
const ANYTHING = new Proxy({}, {
  get: (_, name) =>
    ["toString", "join"].includes(String(name)) || typeof name === "symbol" ? () => "val_loss" : 7,
}) as never;

/** Every text of a table, by its path. */
function textsIn(table: object, path = ""): [string, string][] {
  return Object.entries(table).flatMap(([key, value]): [string, string][] => {
    const place = `${path}${key}`;
    if (typeof value === "function") return [[place, String(value(ANYTHING, ANYTHING, ANYTHING))]];
    return typeof value === "string" ? [[place, value]] : textsIn(value, `${place}.`);
  });
}

Deno.test("each error has a text of its own in each language", () => {
  const [english, japanese] = [textsIn(errorsEn), textsIn(errorsJa)].map((texts) => new Map(texts));
  assert.deepEqual([...japanese.keys()].sort(), [...english.keys()].sort());
  for (const [place, en] of english) {
    const ja = japanese.get(place) ?? "";
    assert.doesNotMatch(en, JAPANESE, place);
    assert.ok(!hasEnglish(ja), `${place}: ${ja}`);
    assert.notEqual(ja, en, place);
  }
});
