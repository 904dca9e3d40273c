import assert from "node:assert/strict";
import { JOURNAL_FILE } from "../../../../pipeline/results/journal.ts";
import { writeComparisonPage } from "../../../../pipeline/report/comparison_page.ts";
import { MAX_COMPARED } from "../../../../pipeline/view/compare/comparison.ts";
import type { FollowedNews } from "../../../../src/view/followed/followed_data.ts";
import { copyFolder } from "../../copy_folder.ts";
import { inTemporaryFolder } from "../../in_temporary_folder.ts";
import { assertOwnScripts, section, sectionIds, textOf } from "../html_fixture.ts";
import { AskedView, Messages } from "../view_fixture.ts";

const QUICKSTART = new URL("../../../../results/reference/quickstart", import.meta.url).pathname;
const COURSE = new URL("../../../../results/reference/course-3", import.meta.url).pathname;

/** A viewer of the quickstart's results and of the course's, and their ids by their names. */
async function withTwo(
  test: (given: { view: AskedView; results: string; ids: Record<string, string> }) => Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const results = `${folder}/results`;
    await copyFolder(QUICKSTART, `${results}/quickstart`);
    await copyFolder(COURSE, `${results}/course`);
    using view = await AskedView.open(results);
    await test({ view, results, ids: idsOf(view) });
  });
}

function idsOf(view: AskedView): Record<string, string> {
  return Object.fromEntries(
    view.experiments.since(null).changed.map((
      { id, place },
    ) => [place.slice(place.lastIndexOf("/") + 1), id]),
  );
}

async function compare(view: AskedView, members: readonly string[], lang = "en"): Promise<string> {
  const answer = await view.ask(`/compare?lang=${lang}${members.map((each) => `&e=${each}`).join("")}`);
  assert.equal(answer.status, 200);
  return await answer.text();
}

Deno.test("trials and experiments are compared as `deno task compare --html` compares them, in both languages", () =>
  withTwo(async ({ view, results, ids: { quickstart } }) => {
    for (const language of ["en", "ja"] as const) {
      const places = [`${results}/quickstart#0`, `${results}/quickstart#3`, `${results}/quickstart`];
      const file = `${results}/../compared-${language}.html`;
      await writeComparisonPage(places, { file, replace: false, language, args: ["compare", ...places] });
      const written = await Deno.readTextFile(file);
      const html = await compare(view, [`${quickstart}.0`, `${quickstart}.3`, quickstart], language);
      assert.deepEqual(sectionIds(html), sectionIds(written));
      for (const id of ["verdict", "metrics", "settings"]) {
        assert.equal(section(html, id), section(written, id), `${id} ${language}`);
      }
      assert.match(html, new RegExp(`href="/e/${quickstart}/\\?lang=${language}"`));
      assertOwnScripts(html);
    }
  }));

Deno.test("a sweep that has not ended is compared with what it has, and told to be so far; one without any is left out", () =>
  withTwo(async ({ view, results, ids: { quickstart } }) => {
    const { experiment } = JSON.parse(await Deno.readTextFile(`${COURSE}/manifest.json`));
    const live = `${results}/live`;
    await Deno.mkdir(live);
    const run = { trial: 0, seed: 0, label: "", epochs: 5 };
    const begin = { type: "begin", format: 1, config: "x", experiment };
    const plan = { type: "plan", legs: 1, cached: 0, workers: 1, images: 1, images_stored: 0 };
    const told = [begin, plan].map((event, at) => ({ at, ...event }));
    const write = (...events: object[]) =>
      Deno.writeTextFile(
        `${live}/${JOURNAL_FILE}`,
        [...told, ...events].map((event, i) => JSON.stringify({ at: i + 1, ...event }) + "\n").join(""),
      );
    await write();
    await view.look();
    const id = idsOf(view).live;
    const before = await compare(view, [quickstart, id]);
    assert.match(textOf(before), /live is left out: none of its runs has begun/);
    assert.match(textOf(before), /There must be two or more to compare/);
    const epoch = { ...run, train_loss: 1.25, val_loss: 1.5, val_accuracy: 0.5 };
    const [, data] = /id="followed-data">(.*?)<\/script>/s.exec(before)!;
    const { from, stream: path } = JSON.parse(data);
    await using stream = new Messages(await view.ask(`${path}?lang=en&from=${encodeURIComponent(from)}`));
    await write({ type: "run_start", worker: 0, ...run }, { type: "epoch", ...epoch, epoch: 1 });
    const ringing = setInterval(() => view.server.ring(), 50);
    await view.look();
    const { news } = await stream.next<FollowedNews>();
    clearInterval(ringing);
    const { sections = [], header } = news.picture ?? {};
    assert.deepEqual(sections.map(({ id }) => id), ["verdict", "metrics", "settings", "curves", "how"]);
    assert.match(textOf(header ?? ""), /what is said here is so far|A sweep was interrupted/);
    assert.match(textOf(header ?? ""), /Data are compared by name/);
    assert.match(JSON.stringify(news.picture?.page.compared), /so far: 0 of 1 run of its sweep have ended/);
    assert.equal(news.picture?.page.curves?.curves[1].train_loss?.[0][0], 1.25);
    // Of what is on other data no hash is needed to say so.
    assert.match(textOf(sections[0].html ?? ""), /were not run on the same data/);
  }));

Deno.test("more than can be told apart, what is not there, and trials that are not: said, and the others compared", () =>
  withTwo(async ({ view, results, ids: { quickstart, course } }) => {
    const trials = Array.from({ length: 16 }, (_, trial) => `${quickstart}.${trial}`);
    const many = await compare(view, trials);
    assert.match(textOf(many), new RegExp(`The first ${MAX_COMPARED} are compared`));
    assert.equal(many.match(/data-trial="\d+"/g)?.length, MAX_COMPARED);
    const twice = await compare(view, [course, course]);
    assert.match(textOf(twice), /There must be two or more/);
    const html = await compare(view, [course, quickstart, `${quickstart}.99`, "0123456789ab"]);
    assert.match(textOf(html), /has no runs of a trial 99/);
    assert.match(textOf(html), /0123456789ab: there is no such experiment/);
    assert.match(textOf(section(html, "verdict")), /were not run on the same data/);
    await Deno.writeTextFile(`${results}/course/results.csv`, "<img src=x>");
    await view.look();
    const damaged = await compare(view, [course, quickstart, `${quickstart}.1`]);
    assert.match(textOf(damaged), /course is left out: Cannot (parse|read)/);
    assert.doesNotMatch(damaged, /<img src=x>/);
  }));

Deno.test("an address that names no experiments is none", () =>
  withTwo(async ({ view, ids: { course, quickstart } }) => {
    for (
      const path of [
        "/compare?e=../../etc/passwd",
        `/compare?e=${course}&e=..%2f${quickstart}`,
        `/compare?e=${course}.01&e=${quickstart}`,
        `/compare?e=${course}.-1`,
        `/compare/${course}`,
        `/compare/${course},../stream`,
        `/compare/${course}/../stream`,
        "/compare/",
      ]
    ) {
      assert.equal((await view.ask(path)).status, 404, path);
    }
    assert.match(textOf(await compare(view, [])), /tick them in the list/);
  }));
