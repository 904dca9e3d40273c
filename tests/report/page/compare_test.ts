import assert from "node:assert/strict";
import { chartScripts } from "../../../pipeline/report/chart_scripts.ts";
import { type ComparedTrial, compareTrials } from "../../../src/analysis/comparison.ts";
import { messages } from "../../../src/report/messages/messages.ts";
import {
  type ComparisonInput,
  renderComparisonPage,
} from "../../../src/report/page/compare/comparison_page.tsx";
import { comparisonVerdict } from "../../../src/report/sections/comparison_data.ts";
import type { Language } from "../../../src/text/language.ts";
import { testInChromium } from "../../chromium.ts";
import { runRow } from "../../tables/run_rows.ts";
import { sampleHistory } from "../sample_report.ts";
import { drawn, emptyCharts, show, violations } from "./open_page.ts";

const OBJECTIVE = { metric: "val_accuracy", goal: "maximize" } as const;

function compared(
  name: string,
  accuracies: readonly number[],
  changes: Partial<ComparedTrial> = {},
): ComparedTrial {
  const runs = accuracies.map((accuracy, seed) =>
    runRow({ trial: 3, seed, val_accuracy: accuracy, test_accuracy: accuracy - 0.01, val_loss: 1 - accuracy })
  );
  return {
    name,
    settings: { dataset: "mnist", "model.hidden": [100], "train.learning_rate": 0.1, "data.images": "ab12" },
    runs,
    history: sampleHistory(runs),
    ...changes,
  };
}

const A = compared("results/a#3", [0.9, 0.91, 0.92]);
const BETTER = compared("results/b#3", [0.94, 0.951, 0.959], {
  settings: { ...A.settings, "train.learning_rate": 0.2 },
});
const ALIKE = compared("results/c#3", [0.89, 0.93, 0.91]);

function input(trials: readonly ComparedTrial[], changes: Partial<ComparisonInput> = {}): ComparisonInput {
  return {
    language: "en",
    comparison: compareTrials(trials),
    choices: trials.map(() => ({ bestOf: 1, objective: OBJECTIVE })),
    about: trials.map(() => ["experiment a", "data MNIST"]),
    runs: trials.map(({ runs }) => runs),
    history: trials.map(({ history }) => history),
    kinds: trials.map(() => "images"),
    trainingImages: trials.map(() => 48_000),
    timings: trials.map(() => []),
    how: { said: "", command: "deno task compare a b --html" },
    ...changes,
  };
}

Deno.test("a comparison's page writes drawn numbers with the digits that tell something", async () => {
  const trials = [0.10547751863958524, 0.0181].map((rate, i) =>
    compared(`results/a#${i}`, [0.9, 0.91], {
      settings: { "train.learning_rate": rate, "model.init.sigma": 0.123456789012 },
    })
  );
  const page = renderComparisonPage(input(trials), await chartScripts());
  const rates = ["0.1055", "0.0181"].map((rate) => `<td>${rate}</td>`).join("");
  assert.ok(page.includes(rates));
  assert.ok(page.includes("<td>0.1235</td>"));
});

function verdict(trials: readonly ComparedTrial[], { bestOf = 1, language = "en" as Language } = {}) {
  const choices = trials.map((_, i) => ({ bestOf: i === 0 ? bestOf : 1, objective: OBJECTIVE }));
  return comparisonVerdict(compareTrials(trials), { choices, t: messages(language) });
}

Deno.test("the verdict says which is better, by how much and how sure that is", () => {
  // The differences 0.04, 0.041 and 0.039 have the mean 0.04 and the half-width 4.3027 x 0.001 / sqrt(3).
  assert.deepEqual(verdict([A, BETTER]), {
    verdict: "B is better than A: validation accuracy +4.00 pp " +
      "(95% interval +3.75 pp to +4.25 pp, paired over 3 seeds).",
    cautions: [],
  });
  assert.match(verdict([BETTER, A]).verdict, /^B is worse than A: validation accuracy −4\.00 pp/);
  assert.match(
    verdict([A, ALIKE, BETTER]).verdict,
    /^B is not distinguishable from A: .*, holds zero\. C is better than A: /,
  );
  assert.match(verdict([A, A]).verdict, /^B and A have the same validation accuracy with each of 3 seeds\.$/);
  assert.match(
    verdict([A, compared("b", [0.99])]).verdict,
    /^Whether B is better than A cannot be told: .* one common seed/,
  );
  assert.match(
    verdict([A, BETTER], { language: "ja" }).verdict,
    /^B は A より優れています：検証正解率 \+4\.00 ポイント（[^）]*95% 信頼区間は \+3\.75 ポイント.*\+4\.25 ポイント/,
  );
});

Deno.test("of many trials the verdict holds for all pairs at once, and of what is open that is said", () => {
  // Below by 0.015 with t = 6.7 of 5 seeds: scipy.stats.ttest_1samp has p = 0.0026, below 0.05 / 1 and above 0.05 / 28.
  const best = compared("a", [0.9, 0.91, 0.92, 0.9, 0.92]);
  const near = compared("b", [0.89, 0.89, 0.91, 0.885, 0.9]);
  const others = Array.from({ length: 6 }, (_, i) => compared(`${i}`, [0.5, 0.1, 0.3, 0.7, 0.2]));
  assert.match(verdict([best, near]).verdict, /^B is worse than A/);
  assert.match(
    verdict([best, near, ...others]).verdict,
    /^B differs from A, but not for certain: validation accuracy −1\.50 pp, .* leaves zero out, but 8 trials were compared, and one of 28 pairs may/,
  );
  assert.match(
    verdict([best, near, ...others], { language: "ja" }).verdict,
    /^B と A の差は確かとはいえません：.*は 0 を含みませんが、8 試行を比べているので、28 組/,
  );
});

Deno.test("in Japanese two are told apart from three, and what is compared has the names of reports", async () => {
  const other = { ...BETTER, settings: { ...BETTER.settings, dataset: "strokes" } };
  assert.match(verdict([A, other], { language: "ja" }).verdict, /^A、B は.*どちらが優れているかは/);
  assert.match(verdict([A, other, ALIKE], { language: "ja" }).verdict, /^A、B、C は.*どれが優れているかは/);
  const page = async (trials: readonly ComparedTrial[]) =>
    renderComparisonPage(input(trials, { language: "ja" }), await chartScripts());
  const two = await page([A, other]);
  assert.ok(two.includes(`<h1>${A.name} と ${other.name} の比較</h1>`), two.match(/<h1>.*?<\/h1>/)?.[0]);
  const three = await page([A, other, ALIKE]);
  assert.ok(three.includes(`<h1>${A.name} とほか 2 件の比較</h1>`));
  assert.match(three, /データ<br\/?><code>dataset<\/code>/);
  assert.doesNotMatch(three.match(/<main.*<\/main>/s)?.[0] ?? "", / pp[ <）]/);
});

Deno.test("of the marks of differences it is said that their scales differ, and which side is better", async () => {
  for (const language of ["en", "ja"] as const) {
    const note = async (trials: readonly ComparedTrial[]) =>
      renderComparisonPage(input(trials, { language }), await chartScripts())
        .match(/<p class="note beside-forest">(.*?)<\/p>/)?.[1] ?? "";
    const judged = await note([A, BETTER]);
    assert.match(judged, /(a scale of its own|目盛りは指標ごとに異なる)/);
    // By the goals of the metrics.
    assert.match(
      judged,
      language === "en"
        ? /left the better for train loss, val loss, test loss; for the others, the further to the right\.$/
        : /訓練損失、検証損失、テスト損失は点が左にあるほど、ほかの指標は右にあるほど優れています。$/,
    );
    const other = { ...BETTER, settings: { ...BETTER.settings, dataset: "strokes" } };
    assert.doesNotMatch(await note([A, other]), /better|優れ/);
  }
});

Deno.test("the best of several is judged by the test images, and other data are not compared at all", () => {
  const chosen = verdict([A, BETTER], { bestOf: 24 });
  assert.match(chosen.verdict, /^B is better than A: test accuracy \+4\.00 pp/);
  assert.match(
    chosen.cautions.join(" "),
    /A is the best of 24 trials by validation accuracy, which flatters it/,
  );
  for (const path of ["dataset", "data.images"]) {
    const other = compared("b", [0.99, 0.99, 0.98], { settings: { ...A.settings, [path]: "other" } });
    assert.match(verdict([A, other]).verdict, /^A, B were not run on the same data/);
  }
  const rows = compared("b", [0.9, 0.9], { settings: { ...A.settings, "preprocess.validation": 0.1 } });
  assert.match(
    verdict([A, rows]).cautions.join(" "),
    /measured on other images \(preprocess\.validation differs\)/,
  );
  assert.match(verdict([A, rows]).cautions.join(" "), /other seeds \(2\) are left out/);
});

Deno.test("a page of a comparison is one file that lets nothing in, whatever names say", async () => {
  const evil = compared("</script><b>#1", [0.9, 0.91]);
  const html = renderComparisonPage(input([A, evil]), await chartScripts());
  assert.match(html, /<meta name="generator" content="deno task compare"\/>/);
  assert.match(html, /default-src &#39;none&#39;|default-src 'none'/);
  assert.ok(!html.includes("<b>#1"));
  assert.ok(html.length < 900_000, String(html.length));
});

Deno.test("a page of a comparison of other data calls no change better or worse", async () => {
  const other = { ...BETTER, settings: { ...BETTER.settings, dataset: "strokes" } };
  for (const language of ["en", "ja"] as const) {
    const page = async (trials: readonly ComparedTrial[]) =>
      renderComparisonPage(input(trials, { language }), await chartScripts()).match(
        /<table class="changes">.*?<\/table>/s,
      )?.[0];
    assert.match(await page([A, BETTER]) ?? "", /<td class="text">(?:better|優れている)<\/td>/);
    const apart = await page([A, other]) ?? "";
    assert.match(apart, /\+4\.00 (?:pp|ポイント)/);
    assert.doesNotMatch(apart, /better|worse|same|優れ|劣る|同じ|判断/);
  }
});

Deno.test("a page of a comparison says what its accuracies are shares of", async () => {
  const page = async (kinds: ComparisonInput["kinds"], language: Language) =>
    renderComparisonPage(input([A, BETTER], { kinds, language }), await chartScripts());
  const cases = [
    [["images", "images"], "the share of images predicted right", "正解率は正しく予測した画像の割合"],
    [["points", "points"], "the share of points predicted right", "正解率は正しく予測した点の割合"],
    [["rows", "rows"], "the share of rows predicted right", "正解率は正しく予測したデータの割合"],
    [["images", "points"], "the share of rows predicted right", "正解率は正しく予測したデータの割合"],
  ] as const;
  for (const [kinds, en, ja] of cases) {
    assert.ok((await page(kinds, "en")).includes(en), en);
    assert.ok((await page(kinds, "ja")).includes(ja), ja);
  }
  const chosen = comparisonVerdict(compareTrials([A, BETTER]), {
    choices: [{ bestOf: 24, objective: OBJECTIVE }, { bestOf: 1, objective: OBJECTIVE }],
    rows: "points",
    t: messages("ja"),
  });
  assert.match(chosen.cautions.join(), /テストデータの成績で判断/);
});

testInChromium("a comparison", async ({ t, browser, folder }) => {
  const write = async (name: string, made: ComparisonInput) => {
    await Deno.writeTextFile(`${folder}/${name}.html`, renderComparisonPage(made, await chartScripts()));
    return `${folder}/${name}.html`;
  };
  const english = await write("en", input([A, BETTER, ALIKE]));
  const japanese = await write("ja", input([A, BETTER], { language: "ja" }));
  for (const path of [english, japanese]) {
    for (
      const [width, scheme] of [[1280, "light"], [768, "dark"], [360, "dark"], [360, "light"]] as const
    ) {
      await t.step(
        `${path.slice(-7)}, ${width} pixels, ${scheme}: nothing is cut, nothing complains`,
        async () => {
          const { page, complaints } = await show(browser, path, { width, scheme });
          assert.deepEqual(complaints, []);
          assert.deepEqual(await emptyCharts(page), []);
          const wide: number = await page.evaluate("document.documentElement.scrollWidth");
          assert.ok(wide <= width, `the page is ${wide} wide`);
          assert.deepEqual(
            await page.evaluate(`[...document.querySelectorAll(".scroll, td, th")]
                .filter((element) => element.scrollWidth > element.clientWidth + 1).map(({ textContent }) => textContent)`),
            [],
          );
          const found = await violations(page);
          assert.deepEqual(found.filter((line) => /^(serious|critical)/.test(line)), []);
          await page.close();
        },
      );
    }
  }
  const { page, complaints } = await show(browser, english);
  await t.step(
    "each trial is drawn in its colour, and no longer when its box is unticked by keyboard",
    async () => {
      const lines = async (colour: string) => {
        await drawn(page);
        return await page.locator(`#curves .role-mark path[stroke="${colour}"]`).count();
      };
      const before = await lines("#d55e00");
      assert.ok(before > 0);
      await page.getByRole("checkbox", { name: "draw B in the charts" }).press("Space");
      assert.equal(await lines("#d55e00"), 0);
      await page.getByRole("checkbox", { name: "draw B in the charts" }).press("Space");
      assert.equal(await lines("#d55e00"), before);
    },
  );
  await t.step("settings that differ are shown, the same ones on demand", async () => {
    assert.equal(await page.locator("#settings table:visible tbody tr").count(), 1);
    assert.match(
      await page.locator("#settings tbody tr").first().innerText(),
      /train\.learning_rate\s+0\.1\s+0\.2\s+0\.1/,
    );
    await page.locator("#settings summary").press("Enter");
    assert.equal(await page.locator("#settings table:visible tbody tr").count(), 4);
  });
  await t.step("none of that complains", () => assert.deepEqual(complaints, []));
});
