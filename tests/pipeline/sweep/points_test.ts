import assert from "node:assert/strict";
import { bestCommand } from "../../../pipeline/commands/best.ts";
import { compareCommand } from "../../../pipeline/commands/compare.ts";
import { statusCommand } from "../../../pipeline/commands/status.ts";
import { verifyCommand } from "../../../pipeline/commands/verify.ts";
import { main } from "../main_in_process.ts";
import { pointsDataset, resolvePoints } from "../../../src/data/points/points.ts";
import { evaluateWeights, predictAt } from "../../../src/nn/evaluate.ts";
import { openBench } from "../../../src/nn/bench.ts";
import { loadKernels } from "../../../src/nn/kernels.ts";
import { openTraining } from "../../../src/nn/open_training.ts";
import { hashWeights } from "../../../src/nn/weights.ts";
import { readPlane } from "../../../src/numpy/plane_npz.ts";
import { readWeights } from "../../../src/numpy/weights_npz.ts";
import { parsePredictions } from "../../../src/tables/predictions_csv.ts";
import { parseResults } from "../../../src/tables/results_csv.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { readResults } from "../tiny_experiment.ts";

const CONFIG = {
  name: "points",
  dataset: { points: { shape: "moons", count: 60, test: 40 } },
  model: { init: { sigma: 0.5 } },
  train: { epochs: 3, batch_size: 10 },
  seeds: [0, 1],
  sweep: { parameters: { "model.hidden": [[], [4]] } },
};

type Command = Parameters<typeof main>[2] extends readonly (infer C)[] | undefined ? C : never;

async function run(command: Command, ...args: string[]): Promise<string> {
  const streams = new RecordedStreams({});
  const code = await main(args, { signal: new AbortController().signal, streams }, [command]);
  assert.equal(code, 0, streams.err);
  return streams.out;
}

Deno.test("a sweep over points gives the same bytes by one worker and by two, the library's weights, and is verified", () =>
  inTemporaryFolder(async (folder) => {
    const one = await sweepIn(folder, { config: CONFIG, out: "one", store: "a", workers: 1 });
    const two = await sweepIn(folder, { config: CONFIG, out: "two", store: "b", workers: 2 });
    assert.deepEqual([one.code, two.code], [0, 0], one.err + two.err);
    const results = await readResults(`${folder}/one`);
    assert.deepEqual(results, await readResults(`${folder}/two`));
    assert.ok("runs/1-1/inspection.npz" in results || "runs/1-0/inspection.npz" in results);

    const rows = parseResults(await Deno.readTextFile(`${folder}/one/results.csv`));
    const dataset = pointsDataset(resolvePoints({ shape: "moons", count: 60, test: 40 }));
    const kernels = await loadKernels();
    for (const { seed, hidden, weights_sha256 } of rows) {
      const init = { method: "gaussian", sigma: 0.5, bias: "gaussian" } as const;
      const trainer = openTraining(dataset, { kernels, hidden, init, seed, batch_size: 10 });
      for (let epoch = 0; epoch < 3; epoch++) trainer.trainEpoch();
      assert.equal(hashWeights(trainer.weights), weights_sha256);
    }

    assert.match(
      await run(verifyCommand, "verify", `${folder}/one`, "--quiet"),
      /4 of 4 runs.*\nThe same bytes/,
    );
    const status = await run(
      statusCommand,
      "status",
      `${folder}/one.json`,
      "--out",
      `${folder}/one`,
      "--store",
      `${folder}/a`,
    );
    assert.match(status, /4 runs up to date/);
    assert.match(
      await run(bestCommand, "best", `${folder}/one`),
      /dataset:\n {2}points:\n {4}shape: moons\n/,
    );

    // A pixel of noise more, and everything is another data set.
    const noisy = { ...CONFIG, dataset: { points: { ...CONFIG.dataset.points, noise: 0.2 } } };
    const other = await sweepIn(folder, { config: noisy, out: "noisy", store: "a", workers: 1 });
    assert.equal(other.epochs, 12);
    const compared = await run(compareCommand, "compare", `${folder}/one`, `${folder}/noisy`);
    assert.match(compared, /dataset\.points\.noise +0\.1 +0\.2/);
    const again = await sweepIn(folder, { config: CONFIG, out: "again", store: "a", workers: 1 });
    assert.equal(again.epochs, 0);
  }));

Deno.test("the field of a run is what its weights say of each place, and its points are the data set's", () =>
  inTemporaryFolder(async (folder) => {
    assert.equal((await sweepIn(folder, { config: CONFIG })).code, 0);
    const [run] = [...Deno.readDirSync(`${folder}/results/runs`)].map(({ name }) => name).filter((name) =>
      [...Deno.readDirSync(`${folder}/results/runs/${name}`)].some((file) =>
        file.name === "inspection.npz"
      ) &&
      name.startsWith("1-")
    );
    const read = (file: string) => Deno.readFileSync(`${folder}/results/runs/${run}/${file}`);
    const plane = readPlane(read("inspection.npz"));
    const weights = readWeights(read("weights.npz"));
    const dataset = pointsDataset(resolvePoints({ shape: "moons", count: 60, test: 40 }));
    assert.ok(dataset.train.storage === "real" && dataset.test.storage === "real");
    assert.deepEqual(plane.train.coordinates, dataset.train.numbers);
    assert.deepEqual(plane.test.labels, dataset.test.labels);
    const { predictions } = parsePredictions(new TextDecoder().decode(read("predictions.csv")));
    assert.deepEqual(plane.test.predictions, predictions);

    // The softmax of tanh(x W1 + B1) W2 + B2 in float64, in the middle of some places.
    const { x0, y0, side, size, field } = plane;
    const [W1, B1, W2, B2] = weights.map(({ data }) => data);
    for (const [row, column] of [[0, 0], [3, 97], [50, 50], [99, 99], [71, 12]]) {
      const [x, y] = [x0 + side * (column + 0.5) / size, y0 + side * (row + 0.5) / size];
      const hidden = Array.from({ length: 4 }, (_, n) => Math.tanh(x * W1[n] + y * W1[4 + n] + B1[n]));
      const logits = [0, 1].map((c) => hidden.reduce((sum, h, n) => sum + h * W2[2 * n + c], B2[c]));
      const share = 1 / (1 + Math.exp(logits[0] - logits[1]));
      assert.ok(Math.abs(field[2 * (row * size + column) + 1] - share) < 1e-5);
    }

    // And of the points themselves it is what their evaluation says.
    const bench = openBench(dataset, { kernels: await loadKernels(), bytes: 1 << 20 });
    const said = predictAt(bench, { weights, activation: "tanh", features: 2 }, dataset.test.numbers);
    const evaluated = evaluateWeights(bench, { weights, activation: "tanh", scale: 1 });
    evaluated.predictions.forEach((label, i) => assert.ok(said[2 * i + label] >= 0.5));
  }));

Deno.test("the report of points shows decision fields and speaks of no image, in both languages", () =>
  inTemporaryFolder(async (folder) => {
    for (
      const [language, heading, image] of [["en", "Decision fields", /\bimages?\b|pixel/i], [
        "ja",
        "決定境界",
        /画像|画素|枚/,
      ]] as const
    ) {
      const config = { ...CONFIG, report: { language } };
      assert.equal((await sweepIn(folder, { config, out: language })).code, 0);
      const markdown = await Deno.readTextFile(`${folder}/${language}/report.md`);
      const page = await Deno.readTextFile(`${folder}/${language}/report.html`);
      const text = page.replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, "").replaceAll(/<image [^>]*>/g, "")
        .replaceAll(/<[^>]*>/g, " ");
      for (const said of [markdown.replaceAll(/^!\[.*\]\(.*\)$/gm, ""), text]) {
        assert.ok(said.includes(heading));
        assert.equal(image.exec(said)?.[0], undefined);
      }
      const names = [...Deno.readDirSync(`${folder}/${language}/figures`)].map(({ name }) => name);
      assert.ok(names.includes("decision_fields.svg"), names.join());
      assert.ok(!names.includes("first_layer.png") && !names.includes("misclassified.svg"));
      assert.equal(page.match(/<image /g)?.length, 2);
    }
  }));

Deno.test("own points without test points are said to be tested on what was learned", () =>
  inTemporaryFolder(async (folder) => {
    const points = Array.from({ length: 20 }, (_, i) => [i % 2 - 0.5, i / 20, i % 2]);
    const config = { ...CONFIG, dataset: { points: { shape: "own", points } } };
    assert.equal((await sweepIn(folder, { config })).code, 0);
    const markdown = await Deno.readTextFile(`${folder}/results/report.md`);
    assert.match(markdown, /the test points are those that were learned/);
    assert.match(markdown, /test numbers say nothing of new points/);
  }));
