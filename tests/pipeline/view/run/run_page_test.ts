import assert from "node:assert/strict";
import { parse } from "yaml";
import { JOURNAL_FILE } from "../../../../pipeline/results/journal.ts";
import type { FollowedNews } from "../../../../src/view/followed/followed_data.ts";
import { parseResults } from "../../../../src/tables/results_csv.ts";
import { copyFolder } from "../../copy_folder.ts";
import { inTemporaryFolder } from "../../in_temporary_folder.ts";
import { sweepIn } from "../../sweep_in_process.ts";
import { tinyExperiment } from "../../tiny_experiment.ts";
import { assertOwnScripts, section, sectionIds, textOf } from "../html_fixture.ts";
import { AskedView, Messages } from "../view_fixture.ts";

const COURSE = new URL("../../../../results/reference/course-3", import.meta.url).pathname;
const QUICKSTART = new URL("../../../../results/reference/quickstart", import.meta.url).pathname;

const HALVING = {
  method: "halving",
  factor: 2,
  min_epochs: 1,
  candidates: { method: "grid", parameters: { "train.learning_rate": [0.05, 0.1, 0.2, 0.4] } },
};

async function pageOf(view: AskedView, path: string): Promise<string> {
  const answer = await view.ask(path);
  assert.equal(answer.status, 200, path);
  return await answer.text();
}

/** The id of the only experiment. */
function onlyId(view: AskedView): string {
  const [{ id }] = view.experiments.since(null).changed;
  return id;
}

/** A viewer of a copy of some results, in `<folder>/results/x`. */
async function withResults(
  results: string,
  test: (given: { view: AskedView; id: string; folder: string; at: string }) => Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const at = `${folder}/results/x`;
    await copyFolder(results, at);
    using view = await AskedView.open(`${folder}/results`);
    await test({ view, id: onlyId(view), folder, at });
  });
}

Deno.test("the config that a run's page shows, swept, gives the run's weights: of the first and the last rung of halving, with a pinned seed", () =>
  inTemporaryFolder(async (folder) => {
    const tiny = await tinyExperiment(folder);
    const config = {
      ...tiny,
      train: { ...tiny.train, epochs: 4 },
      seeds: [0, 3],
      rng: { split: 7 },
      sweep: HALVING,
    };
    assert.equal((await sweepIn(folder, { config })).code, 0);
    const rows = parseResults(await Deno.readTextFile(`${folder}/results/results.csv`));
    const epochs = [...new Set(rows.map((row) => row.epochs))].sort();
    assert.deepEqual(epochs, [1, 2, 4]);
    using view = await AskedView.open(`${folder}/results`);
    for (const epoch of [epochs[0], epochs[2]]) {
      const { trial, seed, weights_sha256 } = rows.find((row) => row.epochs === epoch && row.seed === 3)!;
      const html = await pageOf(view, `/e/${onlyId(view)}/run/${trial}-${seed}`);
      const [, text] = /<pre[^>]*><code>(.*?)<\/code>/s.exec(section(html, "config"))!;
      assert.match(section(html, "config"), new RegExp(`<code>${weights_sha256}</code>`));
      const out = `again-${epoch}`;
      const outcome = await sweepIn(folder, { config: parse(textOf(text)), out, store: `${out}-store` });
      assert.equal(outcome.code, 0, outcome.err);
      const [again, ...others] = parseResults(await Deno.readTextFile(`${folder}/${out}/results.csv`));
      assert.equal(others.length, 0);
      assert.equal(again.weights_sha256, weights_sha256);
      assert.deepEqual(
        await Deno.readFile(`${folder}/${out}/runs/0-3/weights.npz`),
        await Deno.readFile(`${folder}/results/runs/${trial}-${seed}/weights.npz`),
      );
    }
  }));

Deno.test("a run's page has the report's parts of it, in both languages, and says what is not there and why", () =>
  withResults(QUICKSTART, async ({ view, id }) => {
    const html = await pageOf(view, `/e/${id}/run/13-0`);
    assert.deepEqual(sectionIds(html), [
      "answer",
      "curves",
      "errors",
      "layers",
      "missing",
      "config",
      "rules",
    ]);
    assert.match(textOf(section(html, "answer")), /97\.\d\d%/);
    assert.match(section(html, "errors"), /class="judged"/);
    // Those results come without weights.
    assert.match(textOf(section(html, "missing")), /What runs\/13-0\/weights\.npz tells/);
    assert.equal((await view.ask(`/e/${id}/run/13-0/lab`)).status, 404);
    assert.match(await pageOf(view, `/e/${id}/`), new RegExp(`href="/e/${id}/run/13-0\\?lang=en"`));
    const ja = await pageOf(view, `/e/${id}/run/13-0?lang=ja`);
    assert.deepEqual(sectionIds(ja), sectionIds(html));
    assert.match(ja, /<html lang="ja">/);
    assert.match(textOf(section(ja, "config")), /この訓練を再現する設定/);
    assertOwnScripts(html);
  }));

Deno.test("weights without an inspection are shown as pictures, and the lab is opened with those that read digits", () =>
  inTemporaryFolder(async (folder) => {
    const config = {
      name: "drawn",
      dataset: "strokes",
      preprocess: { limit: 100 },
      model: { hidden: [4] },
      train: { epochs: 1 },
      seeds: [0, 1, 2],
    };
    assert.equal((await sweepIn(folder, { config })).code, 0);
    using view = await AskedView.open(`${folder}/results`);
    const id = onlyId(view);
    const runs = await Promise.all([0, 1, 2].map((seed) => pageOf(view, `/e/${id}/run/0-${seed}`)));
    for (const [seed, html] of runs.entries()) {
      assert.match(section(html, "layers"), /class="unit-images filters-0"/);
      assert.match(html, new RegExp(`href="/e/${id}/run/0-${seed}/lab\\?lang=en#/digit`));
      assert.match(textOf(section(html, "curves")), /in grey: seeds \d, \d/);
    }
    // A sweep keeps the images of the trial's best run alone.
    assert.equal(runs.filter((html) => /class="judged"/.test(section(html, "errors"))).length, 1);
    assert.equal(runs.filter((html) => /keeps images of the best run/.test(html)).length, 2);
    const lab = await pageOf(view, `/e/${id}/run/0-1/lab`);
    const weights = await Deno.readFile(`${folder}/results/runs/0-1/weights.npz`);
    assert.ok(lab.includes(`"weights":"${weights.toBase64()}"`));
    assertOwnScripts(lab.replace(" 'wasm-unsafe-eval'", ""));
    await Deno.remove(`${folder}/results/runs/0-1/weights.npz`);
    assert.equal((await view.ask(`/e/${id}/run/0-1/lab`)).status, 404);
  }));

Deno.test("a run on a table has the mistaken rows with their names, its calibration where that was measured, and nothing on images; of images that are not square the weights have their form", () =>
  inTemporaryFolder(async (folder) => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => [i % 7, i % 5, i % 3, i % 2, ["cat", "犬", "cow"][i % 3]],
    );
    await Deno.writeTextFile(`${folder}/table.csv`, ["a,b,c,d,label", ...rows].join("\n"));
    const config = {
      name: "own",
      dataset: { csv: { path: "table.csv" } },
      model: { hidden: [2] },
      train: { epochs: 1 },
      evaluate: { measures: ["calibration"] },
    };
    assert.equal((await sweepIn(folder, { config })).code, 0);
    const images = { ...config, dataset: { csv: { path: "table.csv", image: "1x4" } }, seeds: [0, 1] };
    assert.equal((await sweepIn(folder, { config: images, out: "images" })).code, 0);
    using view = await AskedView.open(folder);
    const id = (name: string) =>
      view.experiments.since(null).changed.find(({ place }) => place.endsWith(name))!.id;
    const html = await pageOf(view, `/e/${id("results")}/run/0-0`);
    const ids = ["answer", "curves", "errors", "calibration", "layers", "config", "rules"];
    assert.deepEqual(sectionIds(html), ids);
    assert.match(section(html, "errors"), /犬/);
    assert.match(section(html, "errors"), /<caption class="unseen">/);
    assert.doesNotMatch(section(html, "layers"), /class="unit-images/);
    for (const seed of [0, 1]) {
      const page = await pageOf(view, `/e/${id("images")}/run/0-${seed}`);
      assert.match(section(page, "layers"), /--w:4;--h:1;/);
    }
  }));

Deno.test("no other address of a run is one: other ids, other runs, numbers written otherwise, ways up", () =>
  withResults(COURSE, async ({ view, id }) => {
    for (
      const path of [
        `/e/${id}/run/1-0`,
        `/e/${id}/run/0-1`,
        `/e/${id}/run/00-0`,
        `/e/${id}/run/0-00`,
        `/e/${id}/run/-1-0`,
        `/e/${id}/run/0-0/`,
        `/e/${id}/run/..%2f0-0`,
        `/e/${id}/run/0-0%2flab`,
        `/e/${id}/run/0-0/weights.npz`,
        `/e/${id}/run/99999999999-0`,
        `/e/${id}/run/__proto__`,
        "/e/000000000000/run/0-0",
        "/e/000000000000/run/0-0/lab",
      ]
    ) {
      assert.equal((await view.ask(path)).status, 404, path);
    }
    assert.equal((await view.ask(`/e/${id}/run/0-0`)).status, 200);
  }));

Deno.test("a run's files that are damaged, huge or links are left out and said to be, and the rest is shown", () =>
  withResults(COURSE, async ({ view, id, folder, at }) => {
    await Deno.writeTextFile(`${folder}/secret.txt`, "index,label,predicted\n0,1,SECRET\n");
    const run = `${at}/runs/0-0`;
    const damage = {
      text: (path: string) => Deno.writeTextFile(path, "\0\x01<script>alert(1)</script>"),
      empty: (path: string) => Deno.writeTextFile(path, ""),
      link: (path: string) => Deno.symlink(`${folder}/secret.txt`, path),
      folder: (path: string) => Deno.mkdir(path),
      huge: async (path: string) => {
        using file = await Deno.create(path);
        await file.truncate(1 << 27);
      },
    };
    for (const name of ["predictions.csv", "inspection.npz", "diagnostics.csv", "weights.npz"]) {
      for (const [what, spoil] of Object.entries(damage)) {
        const path = `${run}/${name}`;
        await Deno.rename(path, `${path}.kept`).catch(() => {});
        await spoil(path);
        await Deno.writeTextFile(`${at}/results.csv`, await Deno.readTextFile(`${at}/results.csv`));
        await view.look();
        const html = await pageOf(view, `/e/${id}/run/0-0`);
        assert.match(
          textOf(section(html, "missing")),
          /Cannot (be shown|read|show|parse)/,
          `${what} ${name}`,
        );
        assert.doesNotMatch(html, /SECRET|<script>alert/, `${what} ${name}`);
        assert.deepEqual(sectionIds(html).slice(0, 2), ["answer", "curves"], `${what} ${name}`);
        if (name === "weights.npz") assert.equal((await view.ask(`/e/${id}/run/0-0/lab`)).status, 404);
        await Deno.remove(path, { recursive: true });
        await Deno.rename(`${path}.kept`, path).catch(() => {});
      }
    }
    // As many classes as a byte has: a matrix that nobody could read.
    await Deno.writeTextFile(`${run}/predictions.csv`, "index,label,predicted\n0,255,0\n");
    await Deno.writeTextFile(`${at}/results.csv`, await Deno.readTextFile(`${at}/results.csv`));
    await view.look();
    assert.match(textOf(await pageOf(view, `/e/${id}/run/0-0`)), /predictions\.csv has 256 classes/);
  }));

Deno.test("what an experiment or its tables say is text on a run's page, and damaged tables are said to be", () =>
  withResults(COURSE, async ({ view, id, at }) => {
    const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&\`**`;
    const manifest = JSON.parse(await Deno.readTextFile(`${at}/manifest.json`));
    Object.assign(manifest.experiment, { title: hostile, description: hostile });
    await Deno.writeTextFile(`${at}/manifest.json`, JSON.stringify(manifest));
    await view.look();
    for (const path of ["run/0-0", "run/0-0?lang=ja"]) {
      const html = await pageOf(view, `/e/${id}/${path}`);
      assert.doesNotMatch(html, /<script>alert|<img src=x/);
      assertOwnScripts(html);
    }
    await Deno.writeTextFile(`${at}/results.csv`, "trial,seed\n<img src=x>,0\n");
    await view.look();
    const html = await pageOf(view, `/e/${id}/run/0-0`);
    assert.match(textOf(html), /Cannot parse results\.csv/);
    assert.doesNotMatch(html, /<img src=x/);
  }));

Deno.test("of a sweep under way a run's page tells what is known so far, and its stream what comes; effects of parameters come with the trials", () =>
  inTemporaryFolder(async (folder) => {
    const tiny = await tinyExperiment(folder);
    const config = { ...tiny, sweep: { parameters: { "train.learning_rate": [0.05, 0.1, 0.2, 0.4] } } };
    const { events } = await sweepIn(folder, { config, workers: 1 });
    const { experiment } = JSON.parse(await Deno.readTextFile(`${folder}/results/manifest.json`));
    const live = `${folder}/live/x`;
    await Deno.mkdir(live, { recursive: true });
    const lines = [{ type: "begin", format: 1, config: "x.json", experiment }, ...events]
      .map((event, at) => JSON.stringify({ ...event, at: at + 1 }) + "\n");
    /** Writes the journal up to an event, which is the last of a trial, or of all. */
    const tell = async (type: string, trial: number | null, nth = -1) => {
      const places = lines.flatMap((line, i) => {
        const event = JSON.parse(line);
        return event.type === type && (trial === null || event.trial === trial) ? [i] : [];
      });
      await Deno.writeTextFile(`${live}/${JOURNAL_FILE}`, lines.slice(0, places.at(nth)! + 1).join(""));
    };
    await tell("epoch", 0, 0);
    using view = await AskedView.open(`${folder}/live`);
    const id = onlyId(view);
    const first = await pageOf(view, `/e/${id}/run/0-0`);
    assert.match(textOf(first), /Epoch 1 of 2\. It is being trained/);
    assert.deepEqual(sectionIds(first), ["answer", "curves", "missing", "config"]);
    assert.match(textOf(section(first, "missing")), /a sweep writes the files of its runs at its end/);
    assert.match(textOf(await pageOf(view, `/e/${id}/run/3-0`)), /not begun/);
    assert.equal((await view.ask(`/e/${id}/run/3-1`)).status, 404);
    assert.ok(
      !sectionIds(await pageOf(view, `/e/${id}/`)).includes("effects"),
      "of no trial there is an effect",
    );
    assert.equal((await view.ask(`/e/${id}/run/0-0/lab`)).status, 404);
    await using stream = new Messages(await view.ask(`/e/${id}/run/0-0/stream?from=${version(first)}`));
    await tell("run_end", 0);
    await view.look();
    // As the server does, which tells a page of what was too soon to draw.
    const ringing = setInterval(() => view.server.ring(), 50);
    const { news } = await stream.next<FollowedNews>();
    clearInterval(ringing);
    assert.match(textOf(news.picture?.header ?? ""), /ended.*Trained for 2 epochs, to the end/);
    await tell("run_end", null);
    await view.look();
    const page = await pageOf(view, `/e/${id}/`);
    assert.ok(sectionIds(page).includes("effects"));
    const [, data] = /id="report-data">(.*?)<\/script>/s.exec(page)!;
    assert.match(JSON.stringify(JSON.parse(data).effects), /learning rate/);
    await Deno.remove(live, { recursive: true });
    await view.look();
    assert.equal((await stream.next<FollowedNews>()).news.gone, true);
  }));

/** From where a page follows its stream. */
function version(html: string): string {
  const [, data] = /id="followed-data">(.*?)<\/script>/s.exec(html)!;
  return encodeURIComponent(JSON.parse(data).from);
}
