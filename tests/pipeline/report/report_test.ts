import assert from "node:assert/strict";
import { main } from "../main_in_process.ts";
import { hashBytes } from "../../../pipeline/store/hash.ts";
import { generateStrokes } from "../../../src/data/strokes.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { bestRun, rankTrials } from "../../../src/analysis/ranking.ts";
import { confusionMatrix } from "../../../src/metrics/classification.ts";
import { readInspection, writeInspection } from "../../../src/numpy/inspection_npz.ts";
import { formatHistory } from "../../../src/tables/history_csv.ts";
import { formatPredictions, parsePredictions } from "../../../src/tables/predictions_csv.ts";
import { formatResults, parseResults, runName } from "../../../src/tables/results_csv.ts";
import { runRow } from "../../tables/run_rows.ts";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

const CONFIG = `name: tiny
dataset: strokes
preprocess: {limit: 300}
train: {epochs: 2}
sweep:
  parameters:
    model.hidden: [[8], []]
    train.learning_rate: [0.1, 1.0e+30]
`;

const OBJECTIVE = { metric: "val_accuracy", goal: "maximize" } as const;

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const streams = new RecordedStreams();
  const code = await main(args, { signal: new AbortController().signal, streams });
  return { code, out: streams.out, err: streams.err };
}

async function contents(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (
    const name of [
      "report.md",
      "report.html",
      ...Array.from(Deno.readDirSync(`${folder}/figures`), ({ name }) => `figures/${name}`).sort(),
    ]
  ) {
    files[name] = (await Deno.readFile(`${folder}/${name}`)).toHex();
  }
  return files;
}

Deno.test("a report is rendered again from its folder alone, to the same bytes, also in Japanese and without its extras", async () => {
  await inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/tiny.yaml`, CONFIG);
    const out = `${folder}/results`;
    const swept = await run(
      "sweep",
      `${folder}/tiny.yaml`,
      "--out",
      out,
      "--store",
      `${folder}/store`,
      "--workers",
      "1",
    );
    assert.equal(swept.code, 0, swept.err);
    const before = await contents(out);
    const manifest = await Deno.readTextFile(`${out}/manifest.json`);
    await Deno.remove(`${folder}/store`, { recursive: true });
    await Deno.remove(`${out}/figures`, { recursive: true });
    await Deno.remove(`${out}/report.html`);

    const again = await run("report", out);
    assert.deepEqual([again.code, again.err], [0, ""]);
    assert.match(again.out, /report\.html\n/);
    assert.deepEqual(await contents(out), before);
    assert.equal(await Deno.readTextFile(`${out}/manifest.json`), manifest);
    const english = await Deno.readTextFile(`${out}/report.md`);
    assert.match(english, /diverged/);
    assert.match(english, /Time: of what was trained when the sweep was last run, .* over \d+ runs/);

    assert.equal((await run("report", out, "--language", "ja")).code, 0);
    assert.match(await Deno.readTextFile(`${out}/report.html`), /<html lang="ja">/);
    assert.notEqual(await Deno.readTextFile(`${out}/manifest.json`), manifest);

    await Deno.remove(`${out}/manifest.json`);
    await Deno.remove(`${out}/timings.csv`);
    await Deno.remove(`${out}/runs`, { recursive: true });
    const bare = await run("report", out);
    assert.equal(bare.code, 0);
    assert.match(
      bare.err,
      /^note: there is no manifest\.json: .*\nnote: there is no runs\/\d-0\/predictions\.csv/,
    );
    assert.match(await Deno.readTextFile(`${out}/report.md`), /^# results\n/);
  });
});

Deno.test("images of one's own are counted as they were used, also where the report is rendered again", async () => {
  await inTemporaryFolder(async (folder) => {
    const files = generateStrokes({ train: 90, test: 30 });
    const places = Object.entries(files).map(([name, bytes]) => {
      Deno.writeFileSync(`${folder}/${name}`, bytes);
      return `${name}: {path: ${name}, sha256: ${hashBytes(bytes)}}`;
    });
    const config = `name: own\ndataset: {idx: {${places.join(", ")}}}\nmodel: {hidden: [4]}\n` +
      "preprocess: {limit: 1000}\ntrain: {epochs: 1}\n";
    await Deno.writeTextFile(`${folder}/own.yaml`, config);
    const out = `${folder}/results`;
    const { code, err } = await run(
      "sweep",
      `${folder}/own.yaml`,
      "--out",
      out,
      "--store",
      `${folder}/store`,
    );
    assert.equal(code, 0, err);
    const markdown = await Deno.readTextFile(`${out}/report.md`);
    assert.match(
      markdown,
      /\*\*Data\*\*: own image files, training 72, validation 18, test 30, .*10 classes\n/,
    );
    assert.match(markdown, /\*\*Network\*\*: 784–4–10 \(tanh\), 3,190 weights and biases\n/);
    const before = await contents(out);
    assert.equal((await run("report", out)).code, 0);
    assert.deepEqual(await contents(out), before);
    // A manifest from before they were counted.
    const manifest = JSON.parse(await Deno.readTextFile(`${out}/manifest.json`));
    delete manifest.images;
    await Deno.writeTextFile(`${out}/manifest.json`, JSON.stringify(manifest));
    assert.equal((await run("report", out)).code, 0);
    assert.match(await Deno.readTextFile(`${out}/report.md`), /\*\*Data\*\*: own image files, test 30, /);
  });
});
Deno.test("the ten best trials' best runs are inspected, and a folder in which some or all of that is gone is rendered all the same", () =>
  inTemporaryFolder(async (folder) => {
    const config = `${folder}/many.yaml`;
    const rates = [1e30, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11];
    await Deno.writeTextFile(
      config,
      `name: many\ndataset: strokes\npreprocess: {limit: 200}\nmodel: {hidden: [6]}\ntrain: {epochs: 1}\n` +
        `seeds: [0, 1]\nsweep: {parameters: {train.learning_rate: ${JSON.stringify(rates)}}}\n`,
    );
    const out = `${folder}/results`;
    const places = ["--out", out, "--store", `${folder}/store`];
    assert.equal((await run("sweep", config, ...places, "--workers", "2", "--yes")).code, 0);
    const inspected = () =>
      Array.from(Deno.readDirSync(`${out}/runs`), ({ name }) => name)
        .filter((name) =>
          Array.from(Deno.readDirSync(`${out}/runs/${name}`)).some(({ name }) => name === "inspection.npz")
        ).sort();
    const ranking = rankTrials(parseResults(await Deno.readTextFile(`${out}/results.csv`)), OBJECTIVE);
    const wanted = ranking.slice(0, 10).map((trial) => runName(bestRun(trial, OBJECTIVE)!)).sort();
    assert.equal(wanted.length, 10);
    assert.deepEqual(inspected(), wanted);
    const { files } = JSON.parse(await Deno.readTextFile(`${out}/manifest.json`));
    for (const name of wanted) assert.ok(files[`runs/${name}/inspection.npz`], name);

    // Each holds no more of a cell than it says, and what it says is what predictions.csv says.
    const inspection = readInspection(await Deno.readFile(`${out}/runs/${wanted[0]}/inspection.npz`));
    const { indices, labels, predictions, probabilities } = inspection.judged;
    const all = parsePredictions(await Deno.readTextFile(`${out}/runs/${wanted[0]}/predictions.csv`));
    const cells = new Map<string, number>();
    indices.forEach((index, i) => {
      assert.deepEqual([labels[i], predictions[i]], [all.labels[index], all.predictions[index]]);
      const cell = `${labels[i]} ${predictions[i]}`;
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    });
    const confidence = Array.from(indices, (_, i) => probabilities[10 * i + predictions[i]]);
    const mistakes = confidence.filter((_, i) => labels[i] !== predictions[i]);
    assert.deepEqual(mistakes, mistakes.toSorted((a, b) => b - a));
    const wrongOnes = confidence.slice(0, mistakes.length);
    assert.deepEqual(wrongOnes, mistakes, "mistakes come first");
    const matrix = confusionMatrix(all.labels, all.predictions, 10);
    for (let label = 0; label < 10; label++) {
      for (let predicted = 0; predicted < 10; predicted++) {
        const held = cells.get(`${label} ${predicted}`) ?? 0;
        assert.ok(held >= Math.min(8, matrix[10 * label + predicted]), `${label} as ${predicted}`);
      }
    }

    // Nothing is done again, and nothing is read that the store has.
    const again = await run("sweep", config, ...places, "--yes", "--json");
    assert.equal(again.code, 0, again.err);
    assert.doesNotMatch(again.out, /"type":"epoch"/);

    const whole = await contents(out);
    const [best] = ranking;
    const kept = runName(bestRun(best, OBJECTIVE)!);
    for (const name of wanted) if (name !== kept) await Deno.remove(`${out}/runs/${name}/inspection.npz`);
    const fewer = await run("report", out);
    assert.deepEqual([fewer.code, fewer.err], [0, ""]);
    const page = await Deno.readTextFile(`${out}/report.html`);
    assert.match(page, /There are images of 1 of the ten best\./);
    await Deno.remove(`${out}/runs/${kept}/inspection.npz`);
    const none = await run("report", out);
    assert.equal(none.code, 0);
    assert.match(none.err, /^note: there is no runs\/\d+-\d\/inspection\.npz: what it tells is left out\n$/);
    assert.match(await Deno.readTextFile(`${out}/report.html`), /There are no images here/);

    // The store heals the folder.
    assert.equal((await run("sweep", config, ...places, "--yes")).code, 0);
    assert.deepEqual(await contents(out), whole);
    assert.deepEqual(inspected(), wanted);
  }));

Deno.test("a folder that holds no results, or a table that is not one, is told in one line", async () => {
  await inTemporaryFolder(async (folder) => {
    const none = await run("report", `${folder}/nothing`);
    assert.equal(none.code, 2);
    assert.equal(
      none.err,
      `error: Cannot render a report: ${folder}/nothing must be a results folder, found no results.csv in it\n`,
    );
    await Deno.writeTextFile(`${folder}/results.csv`, "trial,seed\n1,2\n");
    const wrong = await run("report", folder);
    assert.equal(wrong.code, 2);
    assert.match(
      wrong.err,
      /^error: Cannot render the report of .*: Cannot parse results\.csv: line 1 must be trial,seed,status,/,
    );
    const language = await run("report", folder, "--language", "de");
    assert.equal(language.code, 2);
    assert.match(language.err, /Allowed choices are en, ja/);
  });
});

Deno.test("a hostile manifest gets no markup into a report, and a link in its folder leads no writing out of it", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/results`;
    await copyFolder(new URL("../../fixtures/results_format_1", import.meta.url).pathname, out);
    await Deno.writeTextFile(`${folder}/precious`, "precious");
    const names = ["report.md.tmp", "report.html.tmp", "history.csv.tmp", "manifest.json.tmp", "report.html"];
    for (const name of names) await Deno.symlink(`${folder}/precious`, `${out}/${name}`);
    const html = "<img src=x onerror=alert(1)>";
    const manifest = JSON.parse(await Deno.readTextFile(`${out}/manifest.json`));
    await Deno.writeTextFile(
      `${out}/manifest.json`,
      JSON.stringify({
        ...manifest,
        config: `${html}/c.yaml`,
        versions: { deno: `${html}|` },
        command: `x</script>\`\n\n# H ![a](http://127.0.0.1/x) | ${html}`,
        data: { [html]: "0".repeat(64) },
      }),
    );
    const { code, err } = await run("report", out);
    assert.equal(code, 0, err);
    const markdown = await Deno.readTextFile(`${out}/report.md`);
    assert.match(markdown, /onerror/);
    assert.doesNotMatch(markdown.replaceAll(/^```\w*\n[^]*?\n```$/gm, ""), /(?<!\\)<img|^# H|(?<!\\)!\[a\]/m);
    const page = await Deno.readTextFile(`${out}/report.html`);
    assert.match(page, /onerror/);
    assert.doesNotMatch(page, /<img src=x|x<\/script>/);
    assert.equal(await Deno.readTextFile(`${folder}/precious`), "precious");
    assert.equal((await Deno.lstat(`${out}/report.html`)).isSymlink, false);
  }));

const REFERENCES = ["quickstart", "course-3", "sweep"].map((name) => `results/reference/${name}`);

for (const reference of REFERENCES) {
  const at = new URL(`../../../${reference}`, import.meta.url);
  const isThere = await Deno.stat(at).then(() => true, () => false);
  Deno.test({
    name: isThere
      ? `the figures of ${reference} are rendered again to the committed bytes`
      : `${reference}: SKIPPED, that folder is not there`,
    ignore: !isThere,
    fn: () =>
      inTemporaryFolder(async (folder) => {
        await copyFolder(at.pathname, `${folder}/results`);
        const { figures: before, page } = await looks(`${folder}/results`);
        const { code, err } = await run("report", `${folder}/results`);
        assert.equal(code, 0, err);
        const after = await looks(`${folder}/results`);
        assert.deepEqual(after.figures, before);
        // The predictions of the best run, of which some of the references have none, are left out then.
        if (err === "") assert.equal(after.page, page);
      }),
  });
}

/** The figures, and the two files for readers. */
async function looks(folder: string): Promise<{ figures: Record<string, string>; page: string }> {
  const { "report.md": text, "report.html": page, ...figures } = await contents(folder);
  return { figures, page: text + page };
}

Deno.test("what earlier versions wrote, one inspection of misclassified images alone, is rendered with the figure that took another's place", () =>
  inTemporaryFolder(async (folder) => {
    const results = `${folder}/results`;
    await Deno.mkdir(`${results}/figures`, { recursive: true });
    await Deno.mkdir(`${results}/runs/0-0`, { recursive: true });
    const indices = Uint32Array.of(1, 2);
    const former = {
      judged: {
        indices,
        labels: Uint8Array.of(0, 1),
        predictions: Uint8Array.of(1, 0),
        probabilities: Float32Array.of(0.1, 0.9, 0.8, 0.2),
        images: { count: 2, rows: 2, columns: 2, pixels: new Uint8Array(8) },
      },
      filters: { units: Uint32Array.of(0), weights: new Float32Array(4), total: 1 },
    };
    const row = runRow({ hidden: [1] });
    await Deno.writeTextFile(`${results}/results.csv`, formatResults([row]));
    await Deno.writeFile(`${results}/runs/0-0/inspection.npz`, writeInspection(former));
    await Deno.writeTextFile(
      `${results}/runs/0-0/predictions.csv`,
      formatPredictions({ labels: Uint8Array.of(0, 0, 1), predictions: Uint8Array.of(0, 1, 0) }),
    );
    const { code, err } = await run("report", results);
    assert.equal(code, 0, err);
    assert.match(await Deno.readTextFile(`${results}/figures/misclassified.svg`), />90\.0%</);
  }));

Deno.test("a table of two hundred thousand runs is refused before it is read", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/results.csv`, "trial,seed\n" + "0,0\n".repeat(200_000));
    const { code, err } = await run("report", folder);
    assert.equal(code, 2);
    assert.match(
      err,
      /^error: Cannot render the report of \S+: Cannot parse results\.csv: it must have at most 100,000 rows, found 200,000\n$/,
    );
  }));

Deno.test("a hundred thousand epochs are drawn as 150 points a curve, and make no larger page", () =>
  inTemporaryFolder(async (folder) => {
    const epochs = Array.from({ length: 100_000 }, (_, i) => {
      const loss = 1 / (i + 1);
      return {
        trial: 0,
        seed: 0,
        epoch: i + 1,
        train_loss: loss,
        val_loss: loss + 0.1,
        val_accuracy: 0.9,
        learning_rate: null,
      };
    });
    await Deno.writeTextFile(`${folder}/results.csv`, formatResults([runRow({ epochs: 10_000 })]));
    await Deno.writeTextFile(`${folder}/history.csv`, formatHistory(epochs));
    assert.equal((await run("report", folder)).code, 0);
    assert.match(await Deno.readTextFile(`${folder}/report.md`), /150 of 100,000 epochs are drawn/);
    const figure = await Deno.readTextFile(`${folder}/figures/learning_curves.svg`);
    const points = Array.from(figure.matchAll(/ d="M([^"]*)"/g), ([, path]) => path.split("L").length);
    assert.equal(points.reduce((most, count) => Math.max(most, count)), 150);
    const large = (await Deno.stat(`${folder}/report.html`)).size;
    await Deno.writeTextFile(`${folder}/history.csv`, formatHistory(epochs.slice(0, 1000)));
    assert.equal((await run("report", folder)).code, 0);
    const small = (await Deno.stat(`${folder}/report.html`)).size;
    assert.ok(large < small + 10_000, `${large} and ${small} bytes`);
  }));
