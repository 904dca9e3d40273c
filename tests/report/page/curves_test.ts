import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { messages } from "../../../src/report/messages/messages.ts";
import type { ReportInput } from "../../../src/report/report_model.ts";
import { fillTimings } from "../../../src/report/timings_slot.ts";
import type { Language } from "../../../src/text/language.ts";
import type { EpochRow } from "../../../src/tables/history_csv.ts";
import type { RunRow } from "../../../src/tables/results_csv.ts";
import type { TimingRow } from "../../../src/tables/timings_csv.ts";
import { testInChromium } from "../../chromium.ts";
import { runRow } from "../../tables/run_rows.ts";
import { sampleHistory, sampleRows } from "../sample_report.ts";
import { emptyCharts, pointOn, show, violations, writeReport } from "./open_page.ts";

/** Trains on 480 images: batches of 10 make 48 iterations an epoch, those of 20 24. */
const IMAGES = Object.fromEntries(sampleRows().map(({ trial }) => [trial, 480]));
const EPOCHS = 6;

/** As sampleHistory(), but no two trials' lines lie on each other. */
function distinctHistory(rows: readonly RunRow[]): EpochRow[] {
  return sampleHistory(rows, EPOCHS).map((row) => {
    const train_loss = (row.train_loss ?? NaN) + row.trial / 20;
    const val_accuracy = (row.val_accuracy ?? NaN) - row.trial / 200;
    return { ...row, train_loss, val_loss: train_loss * 1.1, val_accuracy };
  });
}

/** A page as a sweep writes it, with the times of the ten best trials: two epochs a second in those of even numbers, else one. */
async function writeTimed(folder: string, name: string, changes: Partial<ReportInput> = {}): Promise<string> {
  const rows = changes.rows ?? sampleRows();
  const path = await writeReport(folder, name, {
    rows,
    history: distinctHistory(rows),
    trainingImages: IMAGES,
    ...changes,
  });
  const timings = rows.filter(({ learning_rate }) => learning_rate < 5).map(({ trial, seed }): TimingRow => {
    const images_per_second = trial % 2 === 0 ? 960 : 480;
    return { step: "train", trial, seed, seconds: EPOCHS * 480 / images_per_second, images_per_second };
  });
  const page = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, fillTimings(page, timings, messages(changes.language ?? "en")));
  return path;
}

/** What the tests ask of the learning curves. */
class CurvesOf {
  readonly page: Page;
  readonly loss: Locator;
  readonly accuracy: Locator;

  constructor(page: Page) {
    this.page = page;
    this.loss = page.locator("#curves .stage").first();
    this.accuracy = page.locator("#curves .stage").last();
  }

  button(name: string): Locator {
    return this.page.locator("#curves").getByRole("button", { name, exact: true });
  }

  /** The labels below a panel. */
  async ticks(panel: Locator): Promise<string[]> {
    await this.settle();
    const labels = panel.locator(".role-axis:has(.role-axis-title text) .role-axis-label text");
    const texts = await labels.evaluateAll((found) =>
      (found as unknown as { getAttribute(name: string): string; textContent: string }[])
        .filter((text) => text.getAttribute("opacity") !== "0").map(({ textContent }) => textContent)
    );
    return texts.sort((a, b) => Number(a) - Number(b));
  }

  /** The labels beside a panel. */
  async values(panel: Locator): Promise<string[]> {
    await this.settle();
    const labels = panel.locator(".role-axis:not(:has(.role-axis-title text)) .role-axis-label text");
    return (await labels.allTextContents()).sort();
  }

  async caption(): Promise<string> {
    return (await this.page.locator("#curves .readout .at").textContent()) ?? "";
  }

  /** Each row of the legend as its cells. */
  async rows(): Promise<string[][]> {
    const rows = await this.page.locator("#curves .readout tbody tr:not(.rest)").all();
    return await Promise.all(rows.map((row) => row.locator("th .who, td").allInnerTexts()));
  }

  async remarks(): Promise<string> {
    return (await this.page.locator("#curves .remarks").textContent()) ?? "";
  }

  /** The shares of the panels' widths at which the cursor stands. */
  async rules(): Promise<number[]> {
    return await this.page.locator("#curves .overlay .rule").evaluateAll((rules) =>
      (rules as unknown as { x1: { baseVal: { value: number } } }[]).map(({ x1 }) =>
        Math.round(x1.baseVal.value)
      )
    );
  }

  /** A place in the window: shares of a panel's plot. */
  async at(panel: Locator, x: number, y: number): Promise<{ x: number; y: number }> {
    const box = await panel.locator(".role-frame.root > g > path.background").boundingBox();
    assert.ok(box !== null);
    return { x: box.x + x * box.width, y: box.y + y * box.height };
  }

  async move(panel: Locator, x: number, y: number): Promise<void> {
    const place = await this.at(panel, x, y);
    await this.page.mouse.move(place.x, place.y);
    await this.settle();
  }

  async drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
    await this.page.mouse.move(to.x, to.y, { steps: 3 });
    await this.page.mouse.up();
    await this.settle();
  }

  /** Waits until what was done is drawn: until nothing has changed for three frames, which a busy machine may take long for. */
  async settle(): Promise<void> {
    await this.page.evaluate(`(async () => {
      const drawn = () => document.querySelector("#curves").innerHTML;
      let [before, same] = [drawn(), 0];
      while (same < 3) {
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
        const now = drawn();
        same = now === before ? same + 1 : 0;
        before = now;
      }
    })()`);
  }

  async ticked(): Promise<(string | null)[]> {
    const names = await this.page.locator("#curves .readout tbody tr:not(.rest) .who").allInnerTexts();
    return names.map((name) => name.match(/^\D+(\d+)/)?.[1] ?? null);
  }
}

testInChromium("the learning curves", async ({ t, browser, folder }) => {
  const paths: Record<Language, string> = {
    en: await writeTimed(folder, "en"),
    ja: await writeTimed(folder, "ja", { language: "ja" }),
  };

  for (
    const [language, width, scheme] of [
      ["en", 1280, "light"],
      ["ja", 1280, "dark"],
      ["en", 768, "dark"],
      ["ja", 768, "light"],
      ["en", 400, "dark"],
      ["ja", 400, "light"],
    ] as const
  ) {
    await t.step(
      `${language}, ${width} pixels wide, ${scheme}: drawn, nothing cut, nothing complains`,
      async () => {
        const { page, complaints } = await show(browser, paths[language], { width, scheme });
        const curves = new CurvesOf(page);
        await curves.loss.press("Home");
        await curves.settle();
        assert.deepEqual(complaints, []);
        assert.deepEqual(await emptyCharts(page), []);
        assert.equal((await curves.rules()).length, 2);
        const cut: string[] = await page.evaluate(
          `[...document.querySelectorAll("#curves *")].filter((element) => {
            if (element.closest(".unseen")) return false;
            const { left, right } = element.getBoundingClientRect();
            const isWide = /^(TD|TH|BUTTON|P|SPAN|CAPTION)$/.test(element.tagName) && element.clientWidth > 0 &&
              element.scrollWidth > element.clientWidth + 1;
            return left < 0 || right > innerWidth || isWide;
          }).map((element) => element.tagName + " " + element.textContent.slice(0, 60))`,
        );
        assert.deepEqual(cut, []);
        const found = await violations(page);
        assert.deepEqual(
          found.filter((line) => /^(serious|critical)/.test(line) && /readout|stage|choice/.test(line)),
          [],
        );
        await page.close();
      },
    );
  }

  const { page, complaints } = await show(browser, paths.en);
  const curves = new CurvesOf(page);
  await curves.loss.scrollIntoViewIfNeeded();
  const best = await curves.ticked();

  await t.step(
    "the cursor snaps to the nearest epoch in both panels and lists all drawn trials",
    async () => {
      assert.equal(await curves.caption(), "After the last epoch");
      assert.equal((await curves.rows()).length, 5);
      await curves.move(curves.loss, 0.24, 0.9);
      assert.equal(await curves.caption(), "After epoch 2");
      const rules = await curves.rules();
      assert.equal(rules[0], rules[1]);
      const rows = await curves.rows();
      assert.equal(rows.length, 5);
      // Trial 12, of rate 0.1: losses of 1.3 / 3 + 0.6 and 0.05 more, and their mean.
      assert.deepEqual(rows[0].slice(1).map((cell) => cell.replaceAll(/\s+/g, " ").trim()), [
        "1.058 1.033–1.083",
        "1.164 1.137–1.192",
        "54.00%",
      ]);
      await curves.move(curves.accuracy, 0.4, 0.9);
      assert.equal(await curves.caption(), "After epoch 3");
      assert.deepEqual((await curves.rules()).length, 2);
      await page.mouse.move(5, 5);
      assert.equal(await curves.caption(), "After the last epoch");
      assert.deepEqual(await curves.rules(), []);
    },
  );

  await t.step("by keyboard the cursor goes from epoch to epoch, and says what is there", async () => {
    await curves.loss.focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await curves.caption(), "After epoch 6");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await curves.caption(), "After epoch 5");
    await page.keyboard.press("Home");
    assert.equal(await curves.caption(), "After epoch 1");
    assert.equal(await curves.loss.getAttribute("aria-valuenow"), "1");
    assert.match(
      await curves.loss.getAttribute("aria-valuetext") ?? "",
      /^After epoch 1; trial \d+: training loss 1\.\d+, validation loss 2\.\d+, validation accuracy 44\.00%; trial/,
    );
    await page.keyboard.press("End");
    assert.equal(await curves.caption(), "After epoch 6");
    await page.keyboard.press("Escape");
    assert.equal(await curves.caption(), "After the last epoch");
  });

  await t.step("a drag zooms both panels, and the zoom is kept when an axis changes", async () => {
    const [before, values] = [await curves.ticks(curves.loss), await curves.values(curves.loss)];
    assert.deepEqual(before, ["1", "2", "3", "4", "5", "6"]);
    await curves.drag(await curves.at(curves.loss, 0.35, 0.9), await curves.at(curves.loss, 0.7, 0.5));
    assert.deepEqual(await curves.ticks(curves.loss), ["3", "4"]);
    assert.deepEqual(await curves.ticks(curves.accuracy), ["3", "4"]);
    assert.notDeepEqual(await curves.values(curves.loss), values);
    const shown = await curves.remarks();
    assert.match(shown, /^Shown: 2\.[67]\d to 4\.[56]\d epochs\.$/);
    const scales = curves.page.locator("#curves").getByRole("button", { name: "log", exact: true });
    for (const i of [0, 1]) {
      const [pressed] = [await scales.nth(i).getAttribute("aria-pressed")];
      const other = curves.page.locator("#curves").getByRole("button", { name: "linear", exact: true })
        .nth(i);
      await (pressed === "true" ? other : scales.nth(i)).press("Enter");
      assert.equal(await curves.remarks(), shown);
      assert.deepEqual((await curves.ticks(curves.accuracy)).filter((tick) => /^\d$/.test(tick)), [
        "3",
        "4",
      ]);
      await (pressed === "true" ? scales.nth(i) : other).press("Enter");
    }
    await curves.button("Reset").press("Enter");
    assert.deepEqual(await curves.ticks(curves.loss), before);
    assert.equal(await curves.remarks(), "");
  });

  await t.step("it zooms by buttons, keys, wheel and double click, and moves with Shift", async () => {
    await page.mouse.move(5, 5);
    const all = await curves.ticks(curves.loss);
    await curves.button("Zoom in").press("Enter");
    assert.match(await curves.remarks(), /^Shown: 2\.\d+ to 4\.\d+ epochs/);
    assert.equal(await curves.button("Zoom out").isEnabled(), true);
    await curves.button("Zoom out").press("Enter");
    assert.equal(await curves.remarks(), "");
    assert.equal(await curves.button("Zoom out").isEnabled(), false);

    await curves.loss.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("+");
    await page.keyboard.press("+");
    assert.deepEqual(await curves.ticks(curves.accuracy), ["1", "2"]);
    // The cursor takes what is shown with it.
    await page.keyboard.press("End");
    assert.ok((await curves.ticks(curves.accuracy)).includes("6"));
    await page.keyboard.press("0");
    assert.deepEqual(await curves.ticks(curves.loss), all);
    await page.keyboard.press("Escape");

    await curves.move(curves.loss, 0.95, 0.95);
    const scrolled = await page.evaluate("scrollY");
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -300);
    await page.keyboard.up("Control");
    await curves.settle();
    assert.equal(await page.evaluate("scrollY"), scrolled);
    assert.ok(!(await curves.ticks(curves.accuracy)).includes("1"));
    const [from, to] = [await curves.at(curves.loss, 0.2, 0.95), await curves.at(curves.loss, 0.8, 0.95)];
    await page.keyboard.down("Shift");
    await curves.drag(from, to);
    await page.keyboard.up("Shift");
    assert.ok(!(await curves.ticks(curves.accuracy)).includes("6"));
    await page.mouse.dblclick(to.x, to.y);
    assert.deepEqual(await curves.ticks(curves.loss), all);
    await page.mouse.move(5, 5);
  });

  await t.step(
    "a drag that starts on a line ticks nothing, a click on it ticks and unticks its trial",
    async () => {
      const before = await curves.ticked();
      const own = page.locator('#curve-accuracy .mark-line path[stroke="#0072b2"]').first();
      const start = await pointOn(own);
      await curves.drag(start, { x: start.x + 120, y: start.y });
      assert.deepEqual(await curves.ticked(), before);
      assert.match(await curves.remarks(), /^Shown/);
      await curves.button("Reset").click();
      await curves.settle();

      /** The next grey line that no other lies on: its trial, and a place on it. */
      const pointAtGrey = async (from: number): Promise<{ trial: string; x: number; y: number }> => {
        const line = page.locator('#curve-loss .mark-line path[stroke="#b4bac2"]').nth(from);
        const place = await pointOn(line);
        await page.mouse.move(place.x, place.y);
        const [, trial] = (await page.locator("#tip").textContent() ?? "").match(/^trial (\d+): hidden/) ??
          [];
        if (trial === undefined || (await curves.ticked()).includes(trial)) {
          return await pointAtGrey(from + 1);
        }
        return { trial, ...place };
      };
      const { trial: pointed, ...place } = await pointAtGrey(0);
      await page.mouse.click(place.x, place.y);
      await curves.settle();
      assert.deepEqual(await curves.ticked(), [...before, pointed]);
      assert.equal(await page.locator(`input[data-trial="${pointed}"]`).isChecked(), true);
      // Every colour is taken: what is clicked now stays grey, and that is said.
      const other = await pointAtGrey(0);
      await page.mouse.click(other.x, other.y);
      await curves.settle();
      assert.match(await curves.remarks(), /^Only 6 trials have a colour/);
      // Its training is drawn now too, which may have moved the axis.
      const now = await pointOn(page.locator('#curve-loss .mark-line path[stroke="#3d9bd6"]').last());
      await page.mouse.click(now.x, now.y);
      await curves.settle();
      assert.deepEqual(await curves.ticked(), before);
    },
  );

  await t.step("the legend names colours and dashes, points at its lines, and unticks them", async () => {
    const dashed = page.locator('#curve-loss .mark-line path[stroke-dasharray="5,3"]');
    assert.equal(await dashed.count(), 5);
    assert.equal(
      await page.locator('#curve-accuracy .mark-line path[stroke-dasharray="5,3"]').count(),
      0,
    );
    assert.equal(await page.locator("#curves .readout thead .line.dashed").count(), 1);
    const widest = async () => {
      await curves.settle();
      return await page.locator("#curve-loss .mark-line path").evaluateAll((lines) =>
        (lines as unknown as { getAttribute(name: string): string }[])
          .toSorted((a, b) =>
            Number(b.getAttribute("stroke-width")) - Number(a.getAttribute("stroke-width"))
          )[0]
          .getAttribute("stroke")
      );
    };
    const entries = page.locator("#curves .readout .entry");
    await page.locator("#curves .readout tbody tr").nth(1).hover();
    assert.equal(await widest(), "#d55e00");
    await page.mouse.move(5, 5);
    await entries.nth(2).focus();
    assert.equal(await widest(), "#009e73");
    await page.keyboard.press("Enter");
    await curves.settle();
    assert.deepEqual(await curves.ticked(), best.toSpliced(2, 1));
    assert.equal(await page.locator('#curve-loss .mark-line path[stroke="#009e73"]').count(), 0);
    await entries.nth(0).click();
    assert.deepEqual(await curves.ticked(), best.toSpliced(2, 1).slice(1));
    for (const trial of [best[0], best[2]]) await page.locator(`input[data-trial="${trial}"]`).check();
    assert.deepEqual(await curves.ticked(), best);
    assert.equal(
      await page.locator("#curves .readout .rest").innerText(),
      "11 other trials in grey, without training",
    );
  });

  await t.step("diverged trials are crosses at the top of the losses alone", async () => {
    const crosses = (id: string) => page.locator(`${id} path[fill="#b42318"]`);
    assert.ok(await crosses("#curve-loss").count() > 0);
    assert.equal(await crosses("#curve-accuracy").count(), 0);
    const place = await crosses("#curve-loss").first().boundingBox();
    const top = await curves.at(curves.loss, 0, 0);
    assert.ok(place !== null && place.y - top.y < 15);
  });

  await t.step("x is epochs, iterations or seconds, each trial's own", async () => {
    await curves.button("iterations").press("Enter");
    assert.equal(await curves.button("iterations").getAttribute("aria-pressed"), "true");
    assert.deepEqual((await curves.ticks(curves.loss)).slice(-1), ["280"]);
    await curves.loss.press("End");
    assert.equal(await curves.caption(), "After 288 iterations");
    await curves.loss.press("Home");
    assert.equal(await curves.caption(), "After 24 iterations");
    // Batches of 10 make 48 iterations an epoch: no value yet.
    for (const cells of await curves.rows()) {
      const small = /batch size 10/.test(cells[0]);
      assert.deepEqual([cells[1], cells[2].slice(0, 1) === "–"], small ? ["–", true] : ["1", false]);
    }
    await curves.button("seconds").press("Enter");
    await curves.loss.press("End");
    assert.equal(await curves.caption(), "After 6 s of training");
    assert.match(await curves.remarks(), /4 trials without a known time are left out\.$/);
    await curves.button("epochs").press("Enter");
    assert.equal(await curves.caption(), "After the last epoch");
  });

  await t.step("a zoom is the same part in another unit where an epoch is as long for all", async () => {
    // Mixed batch sizes: the part has no one range in iterations, and is there again in its own unit.
    await curves.drag(await curves.at(curves.loss, 0.35, 0.95), await curves.at(curves.loss, 0.7, 0.95));
    const shown = await curves.remarks();
    await curves.button("iterations").press("Enter");
    assert.equal(await curves.remarks(), "");
    await curves.button("epochs").press("Enter");
    assert.equal(await curves.remarks(), shown);

    const rows = sampleRows().filter(({ batch_size }) => batch_size === 20);
    const alike = await show(browser, await writeTimed(folder, "alike", { rows }));
    const same = new CurvesOf(alike.page);
    await same.loss.scrollIntoViewIfNeeded();
    await same.drag(await same.at(same.loss, 0.35, 0.95), await same.at(same.loss, 0.7, 0.95));
    const [low, high] = ((await same.remarks()).match(/[\d.]+/g) ?? []).map(Number);
    await same.button("iterations").press("Enter");
    const converted = ((await same.remarks()).match(/[\d.]+/g) ?? []).map(Number);
    assert.ok(Math.abs(converted[0] - 24 * low) < 0.5 && Math.abs(converted[1] - 24 * high) < 0.5);
    assert.deepEqual(alike.complaints, []);
    await alike.page.close();
  });

  await t.step("the ticked trials can have all of the frame", async () => {
    await curves.button("Reset").click();
    await curves.settle();
    const before = await curves.values(curves.accuracy);
    await curves.button("Fit ticked").press("Space");
    assert.equal(await curves.button("Fit ticked").getAttribute("aria-pressed"), "true");
    assert.notDeepEqual(await curves.values(curves.accuracy), before);
    await curves.button("Fit ticked").press("Space");
    assert.deepEqual(await curves.values(curves.accuracy), before);
  });

  await t.step("none of that complains", () => assert.deepEqual(complaints, []));

  await t.step("by touch a tap puts the cursor there, and ticks nothing", async () => {
    const touched = await browser.newPage({ viewport: { width: 400, height: 800 }, hasTouch: true });
    await touched.goto(`file://${paths.en}`);
    await touched.waitForSelector("html[data-drawn]");
    const small = new CurvesOf(touched);
    await small.accuracy.scrollIntoViewIfNeeded();
    const before = await small.ticked();
    const { x, y } = await pointOn(
      touched.locator('#curve-accuracy .mark-line path[stroke="#0072b2"]').first(),
    );
    await touched.touchscreen.tap(x, y);
    await small.settle();
    assert.match(await small.caption(), /^After epoch [12]$/);
    assert.deepEqual(await small.ticked(), before);
    // The legend is in sight of the panel.
    const box = await touched.locator("#curves .readout").boundingBox();
    assert.ok(box !== null && box.y >= 0 && box.y + box.height <= 800);
    await touched.close();
  });

  await t.step(
    "what is not known is said, and cannot be chosen; a single trial has no number",
    async () => {
      const rows = [runRow()];
      const changes = { rows, history: sampleHistory(rows, 3), trainingImages: undefined };
      const single = await show(browser, await writeReport(folder, "single", changes));
      const alone = new CurvesOf(single.page);
      assert.equal(await alone.button("seconds").isEnabled(), false);
      assert.equal(await alone.button("iterations").isEnabled(), false);
      assert.equal(
        await alone.remarks(),
        "Iterations cannot be shown: how many images train is not known. " +
          "Seconds cannot be shown: no time of a training is known (timings.csv).",
      );
      assert.equal(await alone.button("Fit ticked").count(), 0);
      assert.deepEqual((await alone.rows()).map(([name]) => name), ["this experiment"]);
      const line = await pointOn(
        single.page.locator('#curve-loss .mark-line path[stroke="#0072b2"]').first(),
      );
      await single.page.mouse.click(line.x, line.y);
      assert.equal((await alone.rows()).length, 1);
      assert.deepEqual(single.complaints, []);
      await single.page.close();
    },
  );
});

testInChromium(
  "a page of ranges with many digits, after epochs that differ, fits a phone",
  async ({ browser, folder }) => {
    const ends = [300, 7];
    const rows = ends.flatMap((stopped_epoch, trial) =>
      [0, 1, 2].map((seed) =>
        runRow({ trial, seed, stopped_epoch, val_accuracy: 0.5 + seed / 7, hidden: [trial + 1] })
      )
    );
    const history = rows.flatMap(({ trial, seed }) =>
      Array.from({ length: ends[trial] - (seed === 2 ? 1 : 0) }, (_, i): EpochRow => ({
        trial,
        seed,
        epoch: i + 1,
        train_loss: 0.0003 * (1 + seed) * (1 + 1 / (i + 1)),
        val_loss: 7.123 * (1 + seed),
        val_accuracy: 0.3333 * (1 + seed),
        learning_rate: null,
      }))
    );
    const path = await writeReport(folder, "narrow", {
      rows,
      history,
      language: "ja",
      inspections: new Map(),
    });
    for (const width of [360, 390]) {
      const { page } = await show(browser, path, { width });
      assert.equal(await page.locator("#curves .readout td small").count() > 0, true);
      assert.match(
        await page.locator("#curves .readout .over").first().innerText(),
        /^3\s回中\s2\s回の平均$/,
      );
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
      await page.close();
    }
  },
);
