import assert from "node:assert/strict";
import { writeSampleGrades } from "./grades/grades_fixture.ts";
import { textOf } from "./html_fixture.ts";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { AskedView } from "./view_fixture.ts";

const REFERENCE = new URL("../../../results/reference/quickstart", import.meta.url).pathname;

/** A viewer of an experiment and of grades, and their ids. */
async function withBoth(
  test: (given: { view: AskedView; id: string; grades: string }) => Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await copyFolder(REFERENCE, `${folder}/quickstart`);
    await writeSampleGrades(`${folder}/grades`);
    using view = await AskedView.open(folder);
    const [{ id }] = view.experiments.since(null).changed;
    const [{ id: grades }] = view.experiments.grades;
    await test({ view, id, grades });
  });
}

Deno.test("every page of the viewer links to itself in the other language", () =>
  withBoth(async ({ view, id, grades }) => {
    const pages = [
      "/?",
      "/grades?",
      `/g/${grades}/?`,
      `/g/${grades}/1?`,
      `/e/${id}/?`,
      `/e/${id}/run/13-0?`,
      `/compare?e=${id}.1&e=${id}.2&`,
      "/compare?",
      "/nothing?",
    ];
    for (const page of pages) {
      const html = await (await view.ask(`${page}lang=ja`)).text();
      const [, href] = /<a [^>]*href="([^"]*)"[^>]*lang="en"/.exec(html) ?? [];
      assert.ok(href !== undefined, `${page} has no link`);
      const there = new URL(href.replaceAll("&amp;", "&"), `http://127.0.0.1${page}`);
      const wanted = new URL(`${page}lang=en`, "http://127.0.0.1");
      assert.equal(there.pathname, wanted.pathname);
      assert.deepEqual([...there.searchParams].sort(), [...wanted.searchParams].sort());
    }
  }));

Deno.test("what is not there is said in the language that was asked for, with a way back", () =>
  withBoth(async ({ view, id, grades }) => {
    for (
      const [path, said] of [
        ["/nothing", /このアドレスのページはありません/],
        ["/e/000000000000/", /この実験はないか、なくなりました/],
        ["/e/000000000000/run/0-0", /この訓練はないか、なくなりました/],
        [`/e/${id}/run/99-0`, /この訓練はないか、なくなりました/],
        ["/e/000000000000/run/0-0/lab", /この実験はないか、なくなりました/],
        [`/e/${id}/run/0-0/lab`, /重み/],
        ["/g/000000000000/", /この採点結果はないか、なくなりました/],
        [`/g/${grades}/999`, /このフィードバックはないか、なくなりました/],
      ] as const
    ) {
      const answer = await view.ask(`${path}?lang=ja`);
      assert.equal(answer.status, 404, path);
      const html = await answer.text();
      assert.match(textOf(html), said, path);
      assert.match(html, /<a href="\/\?lang=ja">実験の一覧<\/a>/);
      assert.match(html, /^<!doctype html>\n<html lang="ja">/);
    }
  }));
