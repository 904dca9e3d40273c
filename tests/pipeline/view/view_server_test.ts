import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { JOURNAL_FILE } from "../../../pipeline/results/journal.ts";
import type { ExperimentNews } from "../../../src/view/experiment/experiment_data.ts";
import { withNews } from "../../../src/view/list/order.ts";
import type { ExperimentSummary, ListNews } from "../../../src/view/list/summary.ts";
import { writeManyRuns } from "../../../bench/many_runs.ts";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { Experiments } from "../../../pipeline/view/experiments.ts";
import { Pictures } from "../../../pipeline/view/pictures.ts";
import { AskedView, Messages, PORT } from "./view_fixture.ts";

const OTHER = new URL("../../../results/reference/quickstart", import.meta.url).pathname;
const REFERENCE = new URL("../../../results/reference/course-3", import.meta.url).pathname;

/** A folder with the results of an experiment in `results/tiny`, and its experiment's id. */
async function withTiny(
  test: (given: { folder: string; results: string; view: AskedView; id: string }) => Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const results = `${folder}/results`;
    await copyFolder(REFERENCE, `${results}/tiny`);
    using view = await AskedView.open(results);
    const [{ id }] = listed(view);
    await test({ folder, results, view, id });
  });
}

function listed(view: AskedView): readonly ExperimentSummary[] {
  return view.experiments.since(null).changed;
}

Deno.test("no address leads to a file: up, encoded, encoded twice, whole, by a link, or of another place", () =>
  withTiny(async ({ folder, results, view, id }) => {
    await Deno.writeTextFile(`${folder}/secret.txt`, "SECRET");
    await Deno.symlink(`${folder}/secret.txt`, `${results}/tiny/link.txt`);
    for (
      const path of [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/..%252fsecret.txt",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        `/e/${id}/../../secret.txt`,
        `/e/${id}/..%2f..%2fsecret.txt`,
        `/e/${id}/link.txt`,
        `/e/${id}/report.html`,
        `/e/${id}/manifest.json`,
        `/e/${id}`,
        "/e/000000000000/",
        "/e/__proto__/",
        `/e/${id.toUpperCase()}/%00`,
        "/results.csv",
        "/favicon.ico",
      ]
    ) {
      const answer = await view.ask(path);
      assert.equal(answer.status, 404, path);
      assert.doesNotMatch(await answer.text(), /SECRET|root:/);
    }
    assert.equal((await view.ask(`/e/${id}/`)).status, 200);
  }));

Deno.test("a link in a results folder to a file outside is not read, and what it holds is not told", () =>
  withTiny(async ({ folder, results, view, id }) => {
    await Deno.writeTextFile(`${folder}/secret.txt`, "SECRET\n");
    for (const name of ["results.csv", "history.csv", "manifest.json"]) {
      const path = `${results}/tiny/${name}`;
      await Deno.rename(path, `${path}.kept`);
      await Deno.symlink(`${folder}/secret.txt`, path);
      await view.look();
      const texts = [JSON.stringify(listed(view))];
      const answer = await view.ask(`/e/${id}/`);
      texts.push(await answer.text());
      assert.doesNotMatch(texts.join(), /SECRET/, name);
      await Deno.remove(path);
      await Deno.rename(`${path}.kept`, path);
    }
  }));

Deno.test("foreign hosts and origins, and all but GET, are refused", () =>
  withTiny(async ({ view, id }) => {
    const status = async (headers: Record<string, string>, method = "GET") => {
      const answer = await view.ask(`/e/${id}/stream`, { headers, method });
      await answer.body?.cancel();
      return answer.status;
    };
    assert.equal(await status({}), 200);
    assert.equal(await status({ host: `localhost:${PORT}`, origin: `http://localhost:${PORT}` }), 200);
    for (
      const host of ["evil.example", `evil.example:${PORT}`, "127.0.0.1.evil.example", `0.0.0.0:${PORT}`]
    ) {
      assert.equal(await status({ host }), 421, host);
    }
    for (const origin of ["http://evil.example", "null", `https://127.0.0.1:${PORT}`, "http://127.0.0.1:1"]) {
      assert.equal(await status({ origin }), 403, origin);
    }
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"]) {
      assert.equal(await status({}, method), 405, method);
    }
  }));

Deno.test("a server for other machines lets in whoever has the token, and keeps it in a cookie that no script sees", () =>
  inTemporaryFolder(async (folder) => {
    const token = "5f2c".repeat(8);
    using view = await AskedView.open(folder, { token });
    const ask = (path: string, headers: Record<string, string> = {}) =>
      view.ask(path, { headers: { host: "10.0.0.7:8000", ...headers } });
    for (const path of ["/", "/stream", "/?token=", `/?token=${token}x`, `/?token=${token.slice(1)}`]) {
      assert.equal((await ask(path)).status, 401, path);
    }
    assert.equal((await ask("/", { cookie: `view-${PORT}=wrong` })).status, 401);
    const letIn = await ask(`/?token=${token}`);
    const cookie = letIn.headers.get("set-cookie") ?? "";
    // Cookies know no ports: a second viewer's must be called otherwise.
    assert.match(cookie, new RegExp(`^view-${PORT}=`));
    assert.equal(letIn.headers.get("x-frame-options"), "DENY");
    assert.match(cookie, /HttpOnly; SameSite=Strict$/);
    assert.doesNotMatch(await letIn.text(), new RegExp(token), "the address with it is left at once");
    assert.equal((await ask("/", { cookie: cookie.split(";")[0] })).status, 200);
    assert.equal(
      (await ask("/", { cookie: cookie.split(";")[0], origin: "http://evil.example" })).status,
      403,
    );
  }));

Deno.test("what a manifest, a table, a journal or a report holds is text, and no script of it is in a page", () =>
  inTemporaryFolder(async (folder) => {
    const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&`;
    const results = `${folder}/results/tiny`;
    await copyFolder(REFERENCE, results);
    const manifest = JSON.parse(await Deno.readTextFile(`${results}/manifest.json`));
    Object.assign(manifest.experiment, { title: hostile, description: hostile });
    Object.assign(manifest, { command: hostile, versions: { deno: hostile } });
    await Deno.writeTextFile(`${results}/manifest.json`, JSON.stringify(manifest));
    await Deno.writeTextFile(`${results}/report.html`, `<script>alert("report")</script>`);
    const rows = await Deno.readTextFile(`${results}/results.csv`);
    await copyFolder(results, `${folder}/results/csv`);
    await Deno.writeTextFile(
      `${folder}/results/csv/results.csv`,
      rows.replace(",ok,", `,"${hostile.replaceAll('"', '""')}",`),
    );
    await Deno.mkdir(`${folder}/results/<img src=x onerror=alert(3)>`);
    await Deno.writeTextFile(
      `${folder}/results/<img src=x onerror=alert(3)>/${JOURNAL_FILE}`,
      JSON.stringify({ at: 1, type: "begin", format: hostile }) + "\n",
    );
    using view = await AskedView.open(`${folder}/results`);
    assert.equal(listed(view).length, 3);
    for (const path of ["/", ...listed(view).flatMap(({ id }) => [`/e/${id}/`, `/e/${id}/?lang=ja`])]) {
      const answer = await view.ask(path);
      const html = await answer.text();
      assert.doesNotMatch(html, /<script>alert|<img src=x|alert\("report"\)/, path);
      const policies = answer.headers.get("content-security-policy") + html.slice(0, 4000);
      const scripts = [...html.matchAll(/<script(| type="application\/json"[^>]*)>(.*?)<\/script>/gs)];
      const rest = scripts.reduce((rest, [script]) => rest.replace(script, ""), html);
      assert.doesNotMatch(rest, /<script/, "no script has another form");
      for (const [, kind, text] of scripts) {
        if (kind !== "") JSON.parse(text);
        else {assert.ok(
            policies.includes(`'sha256-${createHash("sha256").update(text).digest("base64")}'`),
            path,
          );}
      }
      assert.match(answer.headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/);
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    }
  }));

Deno.test("folders that are damaged, half-written, deleted or replaced are said to be, and shown again when they are mended", () =>
  withTiny(async ({ results, view, id }) => {
    const path = `${results}/tiny/results.csv`;
    const text = await Deno.readTextFile(path);
    const state = async () => {
      await view.look();
      const [found] = listed(view);
      const page = found === undefined ? null : await (await view.ask(`/e/${id}/`)).text();
      return { found, page };
    };
    for (const damaged of [text.slice(0, text.length - 20), "", "\0\0\0", text.replace(",ok,", ",fine,")]) {
      await Deno.writeTextFile(path, damaged);
      const { found, page } = await state();
      assert.equal(found.state, "damaged", JSON.stringify(damaged.slice(0, 30)));
      assert.match(found.problem?.en ?? "", /^Cannot (read|parse) /);
      assert.match(page ?? "", /class="course damaged"/);
      assert.match(page ?? "", /<a class="skip"[^>]* hidden/, "there is nothing to skip to");
    }
    await Deno.writeTextFile(path, text);
    assert.equal((await state()).found.state, "finished");
    const history = `${results}/tiny/history.csv`;
    const epochs = await Deno.readTextFile(history);
    await Deno.writeTextFile(history, `${epochs}x`);
    await Deno.writeTextFile(path, text); // so that the picture is drawn again
    assert.match((await state()).page ?? "", /Cannot parse history.csv/);
    await Deno.writeTextFile(history, epochs);
    await using stream = new Messages(await view.ask(`/e/${id}/stream`));
    assert.equal((await stream.next<ExperimentNews>()).news.gone, false);
    await Deno.rename(`${results}/tiny`, `${results}/../away`);
    assert.equal((await state()).found, undefined);
    assert.equal((await stream.next<ExperimentNews>()).news.gone, true);
    assert.equal((await view.ask(`/e/${id}/`)).status, 404);
    await copyFolder(OTHER, `${results}/tiny`);
    await view.look();
    const back = await stream.next<ExperimentNews>();
    assert.equal(back.news.gone, false);
    assert.match(back.news.picture?.title ?? "", /A first sweep/, "another's results in the same place");
  }));

Deno.test("the list's stream, broken off and taken up by its last id, loses and repeats nothing", () =>
  withTiny(async ({ results, view }) => {
    let shown: ReadonlyMap<string, ExperimentSummary> = new Map();
    let last = "";
    const told: string[] = [];
    const follow = async (messages: number, headers: Record<string, string> = {}) => {
      await using stream = new Messages(await view.ask("/stream", { headers }));
      for (let i = 0; i < messages; i++) {
        const { id, news } = await stream.next<ListNews>();
        told.push(
          ...news.changed.map(({ place }) => `${id} ${place}`),
          ...news.gone.map((gone) => `${id} -${gone}`),
        );
        shown = withNews(shown, news);
        last = id;
      }
    };
    await follow(1);
    for (let i = 0; i < 5; i++) {
      await copyFolder(`${results}/tiny`, `${results}/copy-${i}`);
      if (i === 3) await Deno.remove(`${results}/copy-1`, { recursive: true });
      await view.look();
      if (i % 2 === 1) await follow(1, { "last-event-id": last });
    }
    await follow(1, { "last-event-id": last });
    const places = [...shown.values()].map(({ place }) => place.slice(results.length + 1)).sort();
    assert.deepEqual(places, ["copy-0", "copy-2", "copy-3", "copy-4", "tiny"]);
    assert.equal(new Set(told.map((each) => each.replace(/^\S+ /, ""))).size, told.length, "nothing twice");
    // Where a page stands that knew another server, nobody knows: it is told everything.
    await using stream = new Messages(await view.ask("/stream", { headers: { "last-event-id": "0.1" } }));
    assert.equal((await stream.next<ListNews>()).news.all, true);
  }));

Deno.test("an experiment's stream tells who shows all of it nothing of its picture, and who lags behind all that there is", () =>
  withTiny(async ({ view, id }) => {
    let last: string;
    {
      await using stream = new Messages(await view.ask(`/e/${id}/stream`));
      const first = await stream.next<ExperimentNews>();
      assert.ok(first.news.picture !== null);
      last = first.id;
    }
    await using same = new Messages(
      await view.ask(`/e/${id}/stream`, { headers: { "last-event-id": last } }),
    );
    const course = await same.next<ExperimentNews>();
    assert.equal(course.news.picture, null);
    assert.equal(course.id, last);
    await using behind = new Messages(await view.ask(`/e/${id}/stream?from=older`));
    const { news } = await behind.next<ExperimentNews>();
    assert.ok(news.picture?.sections.every(({ html }) => html !== null));
    assert.ok(news.picture?.page.curves);
  }));

Deno.test("a finished experiment's page knows how long its trainings took, and is told when that changes", () =>
  withTiny(async ({ results, view, id }) => {
    assert.match(await (await view.ask(`/e/${id}/`)).text(), /id="report-speeds">\{"0":\d+\}</);
    await Deno.writeTextFile(`${results}/tiny/timings.csv`, "no table");
    await using stream = new Messages(await view.ask(`/e/${id}/stream`));
    assert.equal(Object.keys((await stream.next<ExperimentNews>()).news.picture?.speeds ?? {}).length, 1);
    await Deno.writeTextFile(
      `${results}/tiny/results.csv`,
      await Deno.readTextFile(`${results}/tiny/results.csv`),
    );
    await view.look();
    assert.equal((await stream.next<ExperimentNews>()).news.picture?.speeds, null);
  }));

Deno.test("a page of thousands of runs comes with its table, and the rest of it by its stream", () =>
  inTemporaryFolder(async (folder) => {
    await writeManyRuns(`${folder}/many`, 1200);
    using view = await AskedView.open(folder);
    const [{ id }] = listed(view);
    const page = await (await view.ask(`/e/${id}/`)).text();
    assert.match(page, /<section id="trials".*<tr data-row="0"/s);
    assert.doesNotMatch(page, /<section id="curves"/);
    const from = /"from":"([^"]*)"/.exec(page)?.[1];
    await using stream = new Messages(await view.ask(`/e/${id}/stream?from=${from}`));
    const { news } = await stream.next<ExperimentNews>();
    const sections = news.picture?.sections.map(({ id }) => id) ?? [];
    assert.deepEqual(
      sections.filter((id) => ["answer", "trials", "curves", "effects", "layers"].includes(id)),
      [
        "answer",
        "trials",
        "curves",
        "effects",
        "layers",
      ],
    );
    // Drawn once, it is whole at once for whoever comes later.
    assert.match(await (await view.ask(`/e/${id}/`)).text(), /<section id="curves"/);
  }));

Deno.test("a page of thousands of runs that was prepared is there without another look at its files, table and all", () =>
  inTemporaryFolder(async (folder) => {
    await writeManyRuns(`${folder}/many`, 1200);
    const experiments = new Experiments([folder], (path) => path);
    await experiments.look();
    const [many] = experiments.folders;
    const pictures = new Pictures();
    await pictures.prepare(experiments.folders, "en");
    await Deno.remove(`${folder}/many`, { recursive: true });
    const { html } = await pictures.page(many, "en");
    assert.match(html, /"from":"table"/);
    assert.match(html, /<section id="trials".*<tr data-row="0"/s);
    const told = await pictures.follow("en", "table").next(many);
    const { picture }: ExperimentNews = JSON.parse(told?.data ?? "");
    assert.ok(picture?.sections.some(({ id }) => id === "curves"));
    // Of another language nothing was prepared.
    assert.doesNotMatch((await pictures.page(many, "ja")).html, /<tr data-row="0"/);
  }));

Deno.test("two hundred streams: a hundred are served, the others are told so, and room comes back when they close", () =>
  withTiny(async ({ view }) => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => view.ask("/stream")));
    assert.equal(answers.filter(({ status }) => status === 200).length, 100);
    assert.equal(answers.filter(({ status }) => status === 503).length, 100);
    assert.equal((await view.ask("/")).status, 200, "pages are served all the same");
    for (const { body } of answers) await body?.cancel();
    assert.equal(view.server.streams, 0);
    assert.equal((await view.ask("/stream")).status, 200);
  }));

Deno.test("who reads slowly is told the latest in one, and nothing piles up for him", () =>
  withTiny(async ({ results, view }) => {
    await using slow = new Messages(await view.ask("/stream"));
    await slow.next();
    for (let i = 0; i < 30; i++) {
      await Deno.mkdir(`${results}/more-${i}`);
      await Deno.writeTextFile(`${results}/more-${i}/manifest.json`, "{}");
      await view.look();
    }
    const seen = new Set<string>();
    let messages = 0;
    while (seen.size < 30) {
      for (const { id } of (await slow.next<ListNews>()).news.changed) seen.add(id);
      messages++;
    }
    assert.ok(messages <= 2, `${messages} messages`);
  }));
