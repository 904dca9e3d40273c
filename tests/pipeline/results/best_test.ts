import assert from "node:assert/strict";
import { main } from "../main_in_process.ts";
import { bestCommand } from "../../../pipeline/commands/best.ts";
import { reportCommand } from "../../../pipeline/commands/report.ts";
import { compareCommand } from "../../../pipeline/commands/compare.ts";
import { sweepCommand } from "../../../pipeline/commands/sweep.ts";
import { parseResults } from "../../../src/tables/results_csv.ts";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { sweepIn } from "../sweep_in_process.ts";

const COMMANDS = [sweepCommand, bestCommand, compareCommand, reportCommand];

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const streams = new RecordedStreams({});
  const code = await main(args, { signal: new AbortController().signal, streams }, COMMANDS);
  return { code, out: streams.out, err: streams.err };
}

const small = {
  title: "Which of them is best?",
  description: "All of them are tried.",
  dataset: "strokes",
  preprocess: { limit: 200 },
  model: { hidden: [5] },
  train: { epochs: 2, batch_size: 10 },
  seeds: { count: 2 },
};
const sweeps = {
  random: {
    method: "random",
    count: 3,
    parameters: { "train.learning_rate": { log_uniform: [0.05, 1] }, "model.hidden": [[4], [6, 3], []] },
  },
  halving: {
    method: "halving",
    factor: 2,
    candidates: {
      parameters: {
        "train.learning_rate": [0.3, 0.1],
        "model.init": [{ method: "xavier" }, { sigma: 0.05, bias: "zero" }],
      },
    },
  },
};

Deno.test("a folder's name may hold a #, a line break or a control character", () =>
  inTemporaryFolder(async (folder) => {
    const sweep = { parameters: { "train.learning_rate": [0.1, 0.2] } };
    const { code, err } = await sweepIn(folder, { config: { ...small, name: "plain", sweep }, out: "a" });
    assert.equal(code, 0, err);
    const plain = (await run("best", `${folder}/a#1`)).out;
    assert.match(plain, /^# Trial 1 of plain/m);
    for (const name of ["a#1", "line\nbreak", "#1", "\x1b[2J"]) {
      await copyFolder(`${folder}/a`, `${folder}/${name}`);
      const manifest = JSON.parse(await Deno.readTextFile(`${folder}/a/manifest.json`));
      manifest.experiment.name = "other";
      await Deno.writeTextFile(`${folder}/${name}/manifest.json`, JSON.stringify(manifest));
      const whole = await run("best", `${folder}/${name}`);
      assert.match(whole.out, /^# Trial \d of other, the best of 2/m, whole.err);
      assert.match((await run("best", `${folder}/${name}#1`)).out, /^# Trial 1 of other/m);
      const { out } = await run("compare", `${folder}/${name}#0`, `${folder}/a#1`);
      assert.match(out, /^A .*#0 +2$/m);
      // deno-lint-ignore no-control-regex
      assert.doesNotMatch(out, /\x1b/);
    }
    const { out, err: told } = await run("best", `${folder}/none\x1b[2J`);
    assert.equal(out, "");
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(told, /\x1b/);
  }));

Deno.test("best prints the winner as a config that gives the same weights", async () => {
  await inTemporaryFolder(async (folder) => {
    for (const [name, sweep] of Object.entries(sweeps)) {
      const { code, err } = await sweepIn(folder, { config: { ...small, name, sweep }, out: name });
      assert.equal(code, 0, err);
      const best = await run("best", `${folder}/${name}`);
      assert.equal(best.code, 0, best.err);
      const [first, , third] = best.out.split("\n");
      assert.equal(first, "# yaml-language-server: $schema=./schema.json");
      const [, trial] = /^# Trial (\d+) of \w+, the best of \d by val_accuracy: /.exec(third) ?? [];
      assert.match(best.out, new RegExp(`^name: ${name}-best\ndataset: strokes\n`, "m"));
      // Defaults are left out, and so are the sweep and what was said of it.
      assert.doesNotMatch(best.out, /^ *(title|description|scale|activation|optimizer|report|rng|sweep):/m);

      await Deno.writeTextFile(`${folder}/best.yaml`, best.out);
      const again = await run(
        "sweep",
        `${folder}/best.yaml`,
        "--out",
        `${folder}/${name}-best`,
        "--store",
        `${folder}/fresh-${name}`,
        "--quiet",
      );
      assert.equal(again.code, 0, again.err);
      const rowsOf = async (out: string) =>
        parseResults(await Deno.readTextFile(`${folder}/${out}/results.csv`));
      const expected = (await rowsOf(name)).filter((row) => row.trial === Number(trial));
      const found = await rowsOf(`${name}-best`);
      assert.equal(found.length, 2);
      assert.deepEqual(found, expected.map((row) => ({ ...row, trial: 0 })));
      for (const { weights_sha256 } of expected) {
        assert.ok(best.out.includes(`gives weights_sha256 ${weights_sha256}\n`));
      }
    }
  });
});

const PYYAML = await new Deno.Command("python3", { args: ["-c", "import yaml"], stderr: "null" }).output()
  .then(({ success }) => success, () => false);

Deno.test({
  name: PYYAML
    ? "PyYAML, a reader of YAML 1.1, reads numbers and texts of best as what they are"
    : "PyYAML reads what best prints: SKIPPED, there is none here",
  ignore: !PYYAML,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const name = "2024-01-02";
      const train = { epochs: 1, batch_size: 20, learning_rate: 1e-7 };
      const model = { hidden: [3], init: { sigma: 1.5e-9 } };
      const { code, err } = await sweepIn(folder, { config: { ...small, name, seeds: [0], model, train } });
      assert.equal(code, 0, err);
      const best = await run("best", `${folder}/results`);
      const report = await Deno.readTextFile(`${folder}/results/report.md`);
      for (const text of [best.out, /```yaml\n(.*?)```/s.exec(report)?.[1] ?? ""]) {
        await Deno.writeTextFile(`${folder}/x.yaml`, text);
        const args = [
          "-c",
          "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1], encoding='utf-8'))))",
        ];
        const { stdout } = await new Deno.Command("python3", { args: [...args, `${folder}/x.yaml`] })
          .output();
        const read = JSON.parse(new TextDecoder().decode(stdout));
        assert.deepEqual([read.train.learning_rate, read.model.init.sigma], [1e-7, 1.5e-9], text);
        assert.ok([name, `${name}-best`].includes(read.name), text);
      }
    }),
});

Deno.test("best --save writes a new file, and a config in UTF-16, as PowerShell 5.1 redirects it, is read", () =>
  inTemporaryFolder(async (folder) => {
    const { code, err } = await sweepIn(folder, { config: { ...small, name: "small" } });
    assert.equal(code, 0, err);
    const file = `${folder}/best.yaml`;
    for (let i = 0; i < 2; i++) {
      assert.deepEqual(await run("best", `${folder}/results`, "--save", file), {
        code: 0,
        out: `${file} written\n`,
        err: "",
      });
    }
    const { out } = await run("best", `${folder}/results`);
    assert.equal(await Deno.readTextFile(file), out);
    const other = await run("best", `${folder}/results#0`, "--save", `${folder}/results.json`);
    assert.deepEqual([other.code, other.err], [
      2,
      `error: Cannot write ${folder}/results.json: it must be a new file, found another config; pass another name or remove it\n`,
    ]);
    const nowhere = await run("best", `${folder}/results`, "--save", `${folder}/no/where.yaml`);
    assert.deepEqual([nowhere.code, nowhere.err], [
      2,
      `error: Cannot write ${folder}/no/where.yaml: there is no folder ${folder}/no\n`,
    ]);

    for (const littleEndian of [true, false]) {
      const view = new DataView(new ArrayBuffer(2 * out.length + 2));
      const text = `\ufeff${out}`;
      for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
      await Deno.writeFile(file, new Uint8Array(view.buffer));
      const flags = ["--out", `${folder}/again`, "--store", `${folder}/store`, "--quiet"];
      assert.equal((await run("sweep", file, ...flags)).code, 0);
    }
  }));

Deno.test("compare sets trials side by side, and says what it cannot read", async () => {
  await inTemporaryFolder(async (folder) => {
    const { code, err } = await sweepIn(folder, {
      config: { ...small, name: "grid", sweep: sweeps.halving.candidates },
      out: "a",
    });
    assert.equal(code, 0, err);
    const a = `${folder}/a`;
    const text = await run("compare", `${a}#0`, `${a}#3`);
    assert.equal(text.code, 0, text.err);
    assert.match(text.out, /^train\.learning_rate +0\.3 +0\.1$/m);
    assert.match(text.out, /^model\.init\.method +xavier +gaussian$/m);
    assert.match(text.out, /^model\.init\.sigma +– +0\.05$/m);
    assert.doesNotMatch(text.out, /^(dataset|seeds|model\.hidden|data\.)/m);
    assert.match(text.out, /^val_loss by epoch, log scale\nA \S\S\nB \S\S\n/m);
    const csv = await run("compare", a, `${a}#1`, "--csv");
    assert.match(csv.out, /^kind,name,epoch,index,trial,value,/);
    assert.match((await run("compare", a, `${a}#1`, "--md")).out, /^\| metric +\|/m);

    const refused = async (args: string[], message: RegExp) => {
      const { code, out, err } = await run(...args);
      assert.deepEqual([code, out], [2, ""], args.join(" "));
      assert.match(err, message);
    };
    await refused(["compare", a], /^error: Cannot compare: results must be two or more, found \S+\n$/);
    await refused(
      ["compare", a, `${folder}/none`],
      /^error: Cannot read results from \S+none: there is no such file or folder\n/,
    );
    await refused(["best", `${a}#9`], /^error: Cannot find trial 9 of \S+: it must be from 0 to 3\n$/);
    await refused(
      ["compare", a, a, "--md", "--csv"],
      /^error: option '--csv' cannot be used with option '--md'\n/,
    );
    await refused(["best"], /^error: missing required argument 'results'\n/);
    const [header] = (await Deno.readTextFile(`${a}/results.csv`)).split("\n");
    await Deno.writeTextFile(`${a}/results.csv`, `${header}\n`);
    await refused(
      ["best", `${a}#0`],
      /^error: Cannot read \S+results\.csv: it must have a run or more, found none\n$/,
    );
    await Deno.writeTextFile(`${a}/results.csv`, "trial\n");
    await refused(
      ["best", a],
      /^error: Cannot read \S+results\.csv: Cannot parse results\.csv: line 1 must be trial,seed/,
    );
    await Deno.remove(`${a}/history.csv`);
    await refused(["best", a], /^error: Cannot read \S+\.csv: /);
  });
});

Deno.test("best, compare and report say where a table is not as the sweep wrote it, and not where only its line ends are other ones", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/results`;
    const sweep = { parameters: { "train.learning_rate": [0.1, 0.3] } };
    assert.equal((await sweepIn(folder, { config: { ...small, name: "edited", sweep } })).code, 0);
    const table = `${out}/results.csv`;
    const written = await Deno.readTextFile(table);
    const commands = [["best", out], ["compare", `${out}#0`, `${out}#1`], ["report", out]];
    const notes = async () => {
      const told: string[] = [];
      for (const command of commands) {
        const { code, err } = await run(...command);
        assert.equal(code, 0, err);
        told.push(err);
      }
      return told;
    };
    assert.deepEqual(await notes(), ["", "", ""]);
    await Deno.writeTextFile(table, `\uFEFF${written.replaceAll("\n", "\r\n")}`);
    assert.deepEqual(await notes(), ["", "", ""]);
    await Deno.writeTextFile(table, written.replace(/,0\.\d+,(?=[0-9a-f]{64}\n)/, ",0.999,"));
    const note =
      `note: ${table} is not as the sweep wrote it: what is said here goes by what stands in it now\n`;
    assert.deepEqual(await notes(), [note, note, note]);
    const page = await run(
      "compare",
      `${out}#0`,
      `${out}#1`,
      "--html",
      `${folder}/page.html`,
      "--language",
      "ja",
    );
    assert.equal(
      page.err,
      `補足: ${table} はスイープが書いたままではありません。いまの内容にもとづいて出力します\n`,
    );
    await Deno.writeTextFile(table, written.replaceAll(/^0,.*\n/gm, ""));
    const { code, err } = await run("best", `${out}#0`);
    assert.deepEqual([code, err], [2, `error: Cannot find trial 0 of ${out}: it must be 1, the only one\n`]);
    await Deno.writeTextFile(table, written);
    await Deno.writeTextFile(
      `${out}/history.csv`,
      (await Deno.readTextFile(`${out}/history.csv`)).replace(/\d\n/, "\n"),
    );
    const [best] = await notes();
    assert.match(best, /^note: \S+history\.csv is not as the sweep wrote it/);
  }));

Deno.test("where there are no results, it is said whether there is a folder, which one may be meant, and that a sweep has not ended", () =>
  inTemporaryFolder(async (folder) => {
    const config = { ...small, name: "there", train: { epochs: 1 } };
    assert.equal((await sweepIn(folder, { config })).code, 0);
    await Deno.mkdir(`${folder}/begun`);
    await Deno.writeTextFile(`${folder}/begun/.sweep.lock`, "1 writing");
    const meant = `did you mean ${folder}/results?\n`;
    const reasons = {
      reslts: `there is no such file or folder; ${meant}`,
      "results/results.csv": "it must be a folder, found a file\n",
      elsewhere: "there is no such file or folder\n",
      "": `there is no manifest.json, which every sweep writes into its results folder; ${meant}`,
      begun: "a sweep into it has not ended, and writes its results at its end\n",
    };
    for (const [name, reason] of Object.entries(reasons)) {
      const place = name === "" ? folder : `${folder}/${name}`;
      for (const command of [["best", place], ["compare", `${folder}/results`, place]]) {
        const { code, err } = await run(...command);
        assert.deepEqual([code, err], [2, `error: Cannot read results from ${place}: ${reason}`]);
      }
    }
  }));

Deno.test("the best of results without a value is refused", async () => {
  await inTemporaryFolder(async (folder) => {
    const config = {
      ...small,
      name: "wild",
      model: { activation: "relu" },
      train: { epochs: 1, learning_rate: 1e30 },
    };
    const { code, err } = await sweepIn(folder, { config: { ...config, seeds: [0] } });
    assert.equal(code, 0, err);
    const best = await run("best", `${folder}/results`);
    assert.equal(best.code, 2);
    assert.match(
      best.err,
      /^error: Cannot find the best trial of \S+: a run must have ended with a val_accuracy, found none\n$/,
    );
    assert.match((await run("best", `${folder}/results#7`)).err, /: it must be 0, the only one\n$/);
    assert.match((await run("best", `${folder}/results#0`)).out, /^# Trial 0 of wild\n/m);
  });
});

/** Thirty rows of three classes. */
const TABLE = `a,b,label\n${
  Array.from({ length: 30 }, (_, i) => `${i % 3}.${i},${i % 5},${"xyz"[i % 3]}\n`).join("")
}`;

for (
  const [kind, dataset] of Object.entries({
    table: { csv: { path: "data/table.csv" } },
    "table with a file for the test": { csv: { path: "data/table.csv", test: { path: "./data/test.csv" } } },
  })
) {
  Deno.test(`best --save writes the paths of a ${kind} as they are seen from the saved config, which gives the same weights`, () =>
    inTemporaryFolder(async (folder) => {
      await Deno.mkdir(`${folder}/data`);
      await Deno.mkdir(`${folder}/else/where`, { recursive: true });
      for (const name of ["table", "test"]) await Deno.writeTextFile(`${folder}/data/${name}.csv`, TABLE);
      const { preprocess: _, ...own } = small;
      const { code, err } = await sweepIn(folder, { config: { ...own, name: "own", dataset }, out: "own" });
      assert.equal(code, 0, err);
      const file = `${folder}/else/where/best.yaml`;
      assert.equal((await run("best", `${folder}/own`, "--save", file)).code, 0);
      const saved = await Deno.readTextFile(file);
      assert.match(saved, /path: \.\.\/\.\.\/data\/table\.csv\n/);
      assert.doesNotMatch(saved, /Paths of data files|path: \.?\/?data/);
      const again = await run(
        "sweep",
        file,
        "--out",
        `${folder}/again`,
        "--store",
        `${folder}/fresh`,
        "--quiet",
      );
      assert.equal(again.code, 0, again.err);
      const weights = async (out: string) =>
        parseResults(await Deno.readTextFile(`${folder}/${out}/results.csv`)).map((row) =>
          row.weights_sha256
        );
      assert.deepEqual(await weights("again"), await weights("own"));

      // Nobody knows where what is printed will lie.
      const { out } = await run("best", `${folder}/own`);
      assert.match(out, /path: data\/table\.csv\n/);
      assert.ok(out.includes(`# Paths of data files are relative to ${folder}: keep this file there.`), out);
    }));
}

Deno.test("that there is no best trial, or none of a number, is said in Japanese too", () =>
  inTemporaryFolder(async (folder) => {
    const train = { epochs: 1, batch_size: 10, learning_rate: 1e30 };
    await sweepIn(folder, { config: { ...small, name: "diverged", train, seeds: [0] }, out: "d" });
    for (const command of [["best", `${folder}/d`], ["compare", `${folder}/d`, `${folder}/d#0`]]) {
      const { code, err } = await run(...command, "--language", "ja");
      assert.deepEqual([code, err.replaceAll(folder, "DIR")], [
        2,
        "エラー: DIR/d の最良の試行は選べません: 検証正解率 (val_accuracy) の値を得て完了した訓練がありません\n",
      ]);
    }
    assert.match(
      (await run("best", `${folder}/d#1`, "--language", "ja")).err,
      /に試行 1 はありません: 試行は 0 だけです$/m,
    );
    assert.match(
      (await run("best", `${folder}/d`)).err,
      /^error: Cannot find the best trial of .*: a run must have ended with a val_accuracy, found none$/m,
    );
  }));
