import assert from "node:assert/strict";
import { copyFolder } from "../../copy_folder.ts";
import { inTemporaryFolder } from "../../in_temporary_folder.ts";
import { textOf } from "../html_fixture.ts";
import { AskedView } from "../view_fixture.ts";
import { writeSampleGrades } from "./grades_fixture.ts";

const COURSE = new URL("../../../../results/reference/course-3", import.meta.url).pathname;

/** A viewer of a folder with an experiment, and with grades in `<folder>/results/grades/sprint`. */
async function withGrades(
  test: (given: {
    folder: string;
    at: string;
    view: AskedView;
    id: string;
    students: number;
    page: string;
  }) => Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const at = `${folder}/results/grades/sprint`;
    await copyFolder(COURSE, `${folder}/results/course`);
    const students = await writeSampleGrades(at);
    using view = await AskedView.open(`${folder}/results`);
    const list = await (await view.ask("/grades")).text();
    const [, id] = /href="\/g\/([0-9a-f]{12})\//.exec(list)!;
    const [, page] = /<iframe[^>]* src="(\/g\/[^"]*\/)report\.html"/.exec(
      await (await view.ask(`/g/${id}/`)).text(),
    )!;
    await test({ folder, at, view, id, students, page });
  });
}

Deno.test("grades are listed apart from experiments, with how many and how they did", () =>
  withGrades(async ({ view, students, at }) => {
    assert.deepEqual(view.experiments.since(null).changed.map(({ name }) => name), ["course"]);
    assert.match(await (await view.ask("/")).text(), /href="\/grades\?lang=en">Grades \(1\)</);
    const list = await (await view.ask("/grades")).text();
    // The mean of the column, as a reader of gradebook.csv would take it.
    const [header, ...rows] = (await Deno.readTextFile(`${at}/gradebook.csv`)).trim().split("\n");
    const fromEnd = header.split(",").indexOf("score") - header.split(",").length;
    const scores = rows.map((row) => Number(row.split(",").at(fromEnd)));
    const mean = scores.reduce((a, b) => a + b) / students;
    assert.match(textOf(list), new RegExp(`sprint-nn.*${students}${Number(mean.toFixed(1))} of 100`, "s"));
    assert.match(await (await view.ask("/grades?lang=ja")).text(), /採点結果/);
  }));

Deno.test("a page of grades is framed without an origin, and nothing in it can run, wherever it is opened", () =>
  withGrades(async ({ view, id, page, students }) => {
    for (const path of [`/g/${id}/`, `/g/${id}/1`, `/g/${id}/${students}?lang=ja`]) {
      const answer = await view.ask(path);
      const html = await answer.text();
      assert.match(html, /<iframe sandbox src=|<iframe sandbox="" src=/, path);
      assert.doesNotMatch(html, /<script|<img src=x|allow-/, path);
      const policy = answer.headers.get("content-security-policy") ?? "";
      assert.match(policy, /default-src 'none'.*frame-src 'self'/);
      assert.doesNotMatch(policy, /script-src/);
      const [, framed] = /<iframe[^>]* src="([^"]*)"/.exec(html)!;
      const inside = await view.ask(framed);
      assert.equal(inside.status, 200, framed);
      assert.match(inside.headers.get("content-security-policy") ?? "", /^sandbox; default-src 'none'/);
      assert.equal(inside.headers.get("x-frame-options"), "SAMEORIGIN");
      await inside.body?.cancel();
    }
    const linked = (await (await view.ask(`${page}report.html`)).text()).match(/href="feedback\/[^"]*"/g) ??
      [];
    assert.ok(linked.length > 0);
    for (const link of linked) {
      const answer = await view.ask(page + link.slice('href="'.length, -1));
      assert.equal(answer.status, 200, link);
      await answer.body?.cancel();
    }
  }));

Deno.test("only pages that the grading lists are served, by no other name, and no link out of the folder", () =>
  withGrades(async ({ view, id, page, folder, at, students }) => {
    await Deno.writeTextFile(`${folder}/secret.html`, "SECRET");
    await Deno.writeTextFile(`${at}/feedback/own.html`, "SECRET");
    await Deno.remove(`${at}/feedback/s1000001.html`);
    await Deno.symlink(`${folder}/secret.html`, `${at}/feedback/s1000001.html`);
    const key = page.split("/")[3];
    for (
      const path of [
        `${page}gradebook.csv`,
        `${page}manifest.json`,
        `${page}report.md`,
        `${page}s1000002.gradescope.json`,
        `${page}feedback/own.html`,
        `${page}feedback/s1000001.html`,
        `${page}feedback/s1000002.md`,
        `${page}feedback/..%2f..%2f..%2fsecret.html`,
        `${page}feedback/..%252f..%252fsecret.html`,
        `${page}..%2f..%2fsecret.html`,
        `${page}%2fetc%2fpasswd`,
        `${page}feedback/%00.html`,
        `${page}feedback/%E0%A4%A.html`,
        `/g/${id}/report.html`,
        `/g/${id}/${"0".repeat(32)}/report.html`,
        `/g/000000000000/${key}/report.html`,
        `/g/${id}/0`,
        `/g/${id}/${students + 1}`,
        `/g/${id}`,
      ]
    ) {
      const answer = await view.ask(path);
      assert.equal(answer.status, 404, path);
      assert.doesNotMatch(await answer.text(), /SECRET|root:/, path);
    }
  }));

Deno.test("grades that are damaged are listed with what is wrong, and nothing of them is taken for more than text", () =>
  withGrades(async ({ view, at, id }) => {
    const hostile = "<script>alert(1)</script>";
    for (
      const manifest of [
        "{",
        "[]",
        JSON.stringify({ assignment: hostile, submissions: 3, files: {} }),
        JSON.stringify({
          assignment: hostile,
          submissions: [1],
          files: { "report.html": "", [hostile]: "" },
        }),
      ]
    ) {
      await Deno.writeTextFile(`${at}/manifest.json`, manifest);
      await view.look();
      for (const path of ["/grades", `/g/${id}/`, "/"]) {
        const answer = await view.ask(path);
        assert.equal(answer.status, 200);
        assert.doesNotMatch(await answer.text(), /<script>alert/);
      }
    }
    await Deno.writeTextFile(`${at}/manifest.json`, "{");
    assert.match(await (await view.ask("/grades")).text(), /class="bad"/);
  }));

Deno.test("other machines see no grades unless that was asked for; then a frame's links are followed without the cookie, and nothing else is", () =>
  withGrades(async ({ folder, id }) => {
    const token = "7e1d".repeat(8);
    const headers = { host: "10.0.0.7:8000", cookie: `view-8000=${token}` };
    {
      using view = await AskedView.open(`${folder}/results`, { token });
      assert.doesNotMatch(await (await view.ask("/", { headers })).text(), /href="\/grades/);
      assert.doesNotMatch(await (await view.ask("/grades", { headers })).text(), /sprint/);
      assert.equal((await view.ask(`/g/${id}/`, { headers })).status, 404);
    }
    using view = await AskedView.open(`${folder}/results`, { token, grades: true });
    const html = await (await view.ask(`/g/${id}/`, { headers })).text();
    const [, framed] = /<iframe[^>]* src="([^"]*)"/.exec(html)!;
    const bare = { host: headers.host };
    assert.equal((await view.ask(framed, { headers: bare })).status, 200);
    assert.equal(
      (await view.ask(framed, { headers: { ...bare, origin: "http://evil.example" } })).status,
      403,
    );
    for (
      const path of ["/grades", `/g/${id}/`, `/g/${id}/${"0".repeat(32)}/report.html`, "/", `${framed}/../..`]
    ) {
      assert.equal((await view.ask(path, { headers: bare })).status, 401, path);
    }
  }));
