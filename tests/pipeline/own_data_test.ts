import assert from "node:assert/strict";
import { stringify } from "yaml";
import { main } from "./main_in_process.ts";
import { hashBytes } from "../../pipeline/store/hash.ts";
import { readInspection } from "../../src/numpy/inspection_npz.ts";
import { writeNpz } from "../../src/numpy/npz.ts";
import { readPlane } from "../../src/numpy/plane_npz.ts";
import { readJudgedRows } from "../../src/numpy/rows_npz.ts";
import { greyPng } from "../../src/report/images/png.ts";
import { inTemporaryFolder } from "./in_temporary_folder.ts";
import { RecordedStreams } from "./progress/virtual_terminal.ts";

async function run(...args: string[]): Promise<{ code: number; err: string; out: string }> {
  const streams = new RecordedStreams({});
  const code = await main(args, { signal: new AbortController().signal, streams });
  return { code, err: streams.err, out: streams.out };
}

/** Sweeps a config in a folder, verifies the results, and gives what a reader looks at. */
async function sweepAndVerify(folder: string, config: Record<string, unknown>) {
  const [file, out] = [`${folder}/own.yaml`, `${folder}/out`];
  await Deno.writeTextFile(
    file,
    stringify({ name: "own", train: { epochs: 2 }, model: { hidden: [4] }, ...config }),
  );
  const swept = await run(
    "sweep",
    file,
    "--out",
    out,
    "--store",
    `${folder}/store`,
    "--quiet",
    "--workers",
    "1",
  );
  assert.equal(swept.code, 0, swept.err);
  const verified = await run("verify", out, "--workers", "1");
  assert.equal(verified.code, 0, verified.err);
  return {
    manifest: JSON.parse(await Deno.readTextFile(`${out}/manifest.json`)),
    report: await Deno.readTextFile(`${out}/report.md`),
    inspection: await Deno.readFile(`${out}/runs/0-0/inspection.npz`),
  };
}

/** Rows of three classes, each around its own place. */
const rows = Array.from({ length: 60 }, (_, i) => [i % 3 + i % 7 / 10, i % 5, i % 3 === 1 ? 2 : -1]);
const names = ["cat", "犬", "a|b"];

for (const language of ["en", "ja"] as const) {
  Deno.test(`a table is swept, verified and reported with its names (${language}); another file in its place is refused`, () =>
    inTemporaryFolder(async (folder) => {
      const table = ["a,b,c,label", ...rows.map((row, i) => [...row, names[i % 3]].join(","))].join("\n");
      await Deno.writeTextFile(`${folder}/table.csv`, table);
      const dataset = { csv: { path: "table.csv" } };
      const preprocess = { standardise: true };
      const { manifest, report, inspection } = await sweepAndVerify(folder, {
        dataset,
        preprocess,
        report: { language },
        sweep: { parameters: { "train.learning_rate": [0.1, 0.2] } },
      });
      assert.deepEqual(manifest.images.class_names, ["a|b", "cat", "犬"]);
      assert.deepEqual(manifest.images.input_names, ["a", "b", "c"]);
      assert.equal(manifest.experiment.dataset.csv.sha256, manifest.data.train);
      assert.equal(manifest.experiment.preprocess.scale, 1);
      assert.ok(report.includes("**犬**") && report.includes("**a\\|b**"));
      assert.doesNotMatch(report, language === "en" ? /\bimages?\b/ : /画像/);
      // 60 rows, 12 of them for the test, and a fifth of the others, rounded up, validates.
      assert.match(
        report,
        language === "en" ? /Only 10 rows validated: / : /検証に使ったデータは 10 件だけです。/,
      );
      assert.equal(readJudgedRows(inspection).features, 3);
      await Deno.writeTextFile(`${folder}/table.csv`, table + "\n1,1,1,cat");
      await Deno.remove(`${folder}/store`, { recursive: true });
      const { code, err } = await run("verify", `${folder}/out`, "--workers", "1");
      assert.equal(code, 2, err);
      // In the language of the results.
      assert.match(
        err,
        language === "en"
          ? /its content must have SHA-256 [0-9a-f]{64}, found/
          : /内容の SHA-256 は [0-9a-f]{64} でなければなりませんが/,
      );
    }));
}

Deno.test("an .npz of two inputs has a decision field, of the points that were trained on alone", () =>
  inTemporaryFolder(async (folder) => {
    const X = { shape: [60, 2], data: Float64Array.from(rows.flatMap(([a, b]) => [a, b])) };
    const y = { shape: [60], data: Int32Array.from(rows, (_, i) => i % 3) };
    await Deno.writeFile(`${folder}/arrays.npz`, writeNpz({ X, y }));
    const dataset = { npz: { path: "arrays.npz", test: 0.5 } };
    const { inspection } = await sweepAndVerify(folder, {
      dataset,
      preprocess: { limit: 20, standardise: "center" },
    });
    assert.equal(readPlane(inspection).classes, 3);
  }));

Deno.test("a folder of pictures is swept, verified and reported with its names and pictures", () =>
  inTemporaryFolder(async (folder) => {
    for (let i = 0; i < 40; i++) {
      const place = `${folder}/png/${names[i % 2]}`;
      await Deno.mkdir(place, { recursive: true });
      const pixels = Uint8Array.from({ length: 64 }, (_, k) => (k + i) % 2 * 255);
      await Deno.writeFile(`${place}/${i}.png`, greyPng(pixels, { width: 8, height: 8 }));
    }
    await Deno.writeTextFile(`${folder}/png/.DS_Store`, "");
    const dataset = { folder: { path: "png", size: "4x4" } };
    const { manifest, report, inspection } = await sweepAndVerify(folder, { dataset });
    assert.deepEqual(manifest.images.class_names, ["cat", "犬"]);
    assert.ok(report.includes("**犬**"));
    assert.deepEqual([readInspection(inspection).judged.images.rows, manifest.images.features], [4, 16]);
    for (
      const [make, message] of [
        [() => Deno.symlink("/etc", `${folder}/png/link`), /must have no links, found link/],
        [
          () => Deno.writeTextFile(`${folder}/png/cat/a.jpg`, ""),
          /must have PNG pictures alone, found cat\/a\.jpg/,
        ],
      ] as const
    ) {
      await make();
      const { code, err } = await run(
        "sweep",
        `${folder}/own.yaml`,
        "--out",
        `${folder}/out`,
        "--store",
        `${folder}/store`,
      );
      assert.equal(code, 2);
      assert.match(err, message);
      await Deno.remove(`${folder}/png/link`).catch(() => {});
    }
  }));

Deno.test("a file that is not there is told with the nearest name, and where paths begin", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/table.csv`, "label,a\n");
    await Deno.writeTextFile(`${folder}/own.yaml`, "name: own\ndataset: {csv: {path: tables.csv}}\n");
    const { code, err } = await run(
      "sweep",
      `${folder}/own.yaml`,
      "--out",
      `${folder}/out`,
      "--store",
      `${folder}/store`,
    );
    assert.equal(code, 2);
    assert.match(
      err,
      /Cannot read dataset\.csv, tables\.csv: no such file; the nearest is table\.csv; paths are relative/,
    );
  }));

Deno.test("what is wrong with one's own files is told in Japanese where that is the language", () =>
  inTemporaryFolder(async (folder) => {
    const told = async (dataset: object, ...more: string[]) => {
      await Deno.writeTextFile(`${folder}/own.yaml`, stringify({ name: "own", dataset }));
      const places = ["--out", `${folder}/out`, "--store", `${folder}/store`, "--quiet"];
      const { code, err } = await run("sweep", `${folder}/own.yaml`, ...places, "--language", "ja", ...more);
      assert.equal(code, 2);
      return err.replaceAll(folder, "DIR");
    };
    await Deno.writeTextFile(`${folder}/table.csv`, "label,a\nx,1\ny,\n");
    await Deno.writeFile(`${folder}/broken.npz`, Uint8Array.of(1, 2, 3));
    assert.equal(
      await told({ csv: { path: "tables.csv" } }),
      "エラー: dataset.csv の tables.csv を読めません。ファイルがありません（いちばん近い名前は table.csv です）。" +
        "相対パスは設定ファイルのフォルダ DIR から始まります\n",
    );
    assert.equal(
      await told({ csv: { path: "table.csv" } }),
      "エラー: dataset.csv：CSV を読めません。すべてのセルに値が必要ですが、3 行目の列 a は空です。" +
        "その行を消すか、ignore で列を除いてください\n",
    );
    assert.equal(
      await told({ npz: { path: "broken.npz" } }),
      "エラー: dataset.npz：NumPy の .npz として読み取れません。途中で切れているか、別の形式です\n",
    );
    const idx = { path: "none/file", sha256: "0".repeat(64) };
    const files = ["train_images", "train_labels", "test_images", "test_labels"].map((name) => [name, idx]);
    assert.equal(
      await told({ idx: Object.fromEntries(files) }),
      "エラー: データセットを用意できません。\n  none/file: フォルダがありません\n" +
        "手元にあるファイルは {path: ..., sha256: ...} と書けます。相対パスは設定ファイルのフォルダ DIR から始まります。\n",
    );
    const bytes = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 9, 1);
    await Deno.writeFile(`${folder}/broken.idx`, bytes);
    const broken = files.map(([name]) => [name, { path: "broken.idx", sha256: hashBytes(bytes) }]);
    assert.equal(
      await told({ idx: Object.fromEntries(broken) }),
      "エラー: train_images：IDX 形式の画像を読めません。ファイルは 16 バイトのヘッダーで始まらなければなりませんが、" +
        "全部で 9 バイトです\n",
    );
    const mirrored = await told({}, "--set", "dataset=mnist", "--mirror", `${folder}/none`);
    assert.match(
      mirrored,
      /^エラー: --mirror DIR\/none から MNIST を取得できません。\n {2}DIR\/none: フォルダがありません\n/,
    );
    assert.match(mirrored, /--set dataset=strokes\n$/);
  }));
