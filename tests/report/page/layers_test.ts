import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { ReportInput } from "../../../src/report/report_model.ts";
import type { Diagnostics, DiagnosticsRow } from "../../../src/tables/diagnostics_csv.ts";
import { testInChromium } from "../../chromium.ts";
import { runRow } from "../../tables/run_rows.ts";
import { allEpochsOf, diagnosticsRows, sampleHistory, sampleInspection } from "../sample_report.ts";
import { emptyAtLast, show, violations, writeReport } from "./open_page.ts";

/** Of as many layers, the output included. */
function diagnostics(layers: number, changes: Partial<DiagnosticsRow> = {}): Diagnostics {
  const [hidden, output] = [1, 2].map((layer) => diagnosticsRows().filter((row) => row.layer === layer));
  return allEpochsOf(
    Array.from(
      { length: layers },
      (_, i) => (i === layers - 1 ? output : hidden).map((row) => ({ ...row, layer: i + 1, ...changes })),
    ).flat(),
  );
}

/** Four trials: of one hidden layer, of none, of three with zeros among the activations, and of one, by a version without histograms. */
function report(): Partial<ReportInput> {
  const hidden = [[100], [], [8, 8, 8], [100]];
  const rows = hidden.map((hidden, trial) => runRow({ trial, hidden, val_accuracy: 0.9 - trial / 100 }));
  const classes = { units: Uint32Array.of(0, 1, 2), weights: new Float32Array(48).fill(-0.1), total: 3 };
  return {
    rows,
    history: sampleHistory(rows),
    predictions: undefined,
    matrices: new Map(
      rows.slice(0, 3).map(({ trial }) => [`${trial}-0`, Uint32Array.of(1, 1, 0, 0, 2, 0, 2, 0, 0)]),
    ),
    inspections: new Map([
      ["0-0", sampleInspection()],
      ["1-0", { ...sampleInspection(), filters: classes }],
    ]),
    diagnostics: new Map([
      ["0-0", diagnostics(2)],
      ["1-0", diagnostics(1)],
      [
        "2-0",
        diagnostics(4, { activation_p50: 0, activation_histogram: { zeros: 5, first: -3, counts: [1, 2] } }),
      ],
      ["3-0", diagnostics(2, { activation_histogram: null, gradient_histogram: null })],
    ]),
  };
}

const plots = (page: Page) =>
  page.locator("#layers .plot").evaluateAll((plots) =>
    plots.map((plot) => (plot as unknown as { id: string }).id)
  );
const legend = (page: Page) => page.locator(".layer-legend li").allInnerTexts();
const choose = (page: Page, trial: number) =>
  page.locator("#layers-trial").selectOption({ value: String(trial) });

testInChromium("the layers", async ({ t, browser, folder }) => {
  const english = await writeReport(folder, "en", report());
  const japanese = await writeReport(folder, "ja", { ...report(), language: "ja" });

  for (
    const [path, width, scheme] of [
      [english, 1280, "dark"],
      [japanese, 1280, "light"],
      [english, 768, "light"],
      [japanese, 768, "dark"],
      [english, 400, "dark"],
      [japanese, 400, "light"],
    ] as const
  ) {
    const language = path === english ? "English" : "Japanese";
    await t.step(
      `${language}, ${width} pixels wide, ${scheme}: each trial's charts are drawn, nothing is cut, nothing complains`,
      async () => {
        const { page, complaints } = await show(browser, path, { width, scheme });
        for (const trial of [0, 1, 2, 3]) {
          await choose(page, trial);
          assert.deepEqual(await emptyAtLast(page), []);
          const outside = await page.evaluate(
            `[...document.querySelectorAll("#layers *")].filter((element) =>
                  element.getBoundingClientRect().right > innerWidth + 0.5).map((element) => element.outerHTML.slice(0, 100))`,
          );
          assert.deepEqual(outside, []);
        }
        assert.deepEqual(complaints, []);
        const found = await violations(page);
        assert.deepEqual(found.filter((line) => /^(serious|critical)/.test(line)), []);
        await page.close();
      },
    );
  }

  const { page, complaints } = await show(browser, english);

  await t.step(
    "there is a panel for each layer and quantity, and no legend entry of another",
    async () => {
      const LINES = ["layer-activation", "layer-gradient", "layer-saturated"];
      assert.deepEqual(await plots(page), [
        "activation-1",
        "activation-2",
        "gradient-1",
        "gradient-2",
        ...LINES,
      ]);
      assert.deepEqual(await legend(page), ["hidden 1", "output"]);
      await choose(page, 2);
      assert.equal((await plots(page)).length, 4 + 4 + 3);
      assert.deepEqual(await legend(page), ["hidden 1", "hidden 2", "hidden 3", "output"]);
      assert.equal(await page.locator("table.layers tbody tr").count(), 4);
    },
  );

  await t.step(
    "without a hidden layer there are the classes' weights and the output, and nothing of saturation",
    async () => {
      await page.locator("#layers-trial").focus();
      await page.keyboard.press("ArrowUp");
      assert.equal(await page.locator("#layers-trial").inputValue(), "1");
      assert.deepEqual(await plots(page), [
        "activation-1",
        "gradient-1",
        "layer-activation",
        "layer-gradient",
      ]);
      assert.deepEqual(await legend(page), ["output"]);
      assert.match(
        await page.locator("#layers").innerText(),
        /There is no hidden layer: an image is what speaks/,
      );
      assert.equal(await page.locator(".unit-images li").count(), 3);
      assert.equal(
        await page.locator(".unit-images i").nth(2).getAttribute("aria-label"),
        "class 2, norm 0.40",
      );
      assert.doesNotMatch(await page.locator("#layers").innerText(), /Saturated:/);
    },
  );

  await t.step("a histogram stands in each epoch, and says what is pointed at", async () => {
    await choose(page, 0);
    // Three octaves in each of four epochs: one holds none.
    const cells = page.locator("#activation-1 .mark-rect.role-mark path");
    assert.equal(await cells.count(), 4 * 3);
    await cells.nth(2).hover();
    assert.match(
      await page.locator("#tip").innerText(),
      /^epoch 0: 0\.25–0\.50, 5[01]% of the magnitudes$/,
    );
    assert.match(
      await page.locator("#layers").innerText(),
      /Each column is a histogram of the magnitudes/,
    );
  });

  await t.step("zeros have a strip of their own below the axis", async () => {
    await choose(page, 2);
    assert.deepEqual(await emptyAtLast(page), []);
    const labels = await page.locator("#activation-1 .role-axis-label text").allTextContents();
    assert.equal(labels.filter((label) => label === "0").length, 2, labels.join());
    const cells = page.locator("#activation-1 .mark-rect.role-mark path");
    await cells.first().hover({ position: { x: 6, y: 6 } });
    assert.match(await page.locator("#tip").innerText(), /^epoch 0: 6\d% are 0$/);
  });

  await t.step("where there are no histograms quantiles are drawn, and the page says so", async () => {
    await choose(page, 3);
    assert.deepEqual(await emptyAtLast(page), []);
    assert.equal(await page.locator("#activation-1 .mark-rect.role-mark path").count(), 0);
    assert.equal(await page.locator("#activation-1 .mark-area.role-mark path").count(), 2);
    assert.match(
      await page.locator("#layers").innerText(),
      /These results have quantiles and no histograms/,
    );
    assert.match(
      await page.locator("#layers").innerText(),
      /The page holds the weights of the ten best trials/,
    );
  });

  await t.step("the trial is chosen for errors and layers together", async () => {
    await page.locator("#errors-trial").selectOption({ value: "1" });
    assert.equal(await page.locator("#layers-trial").inputValue(), "1");
    assert.equal(await page.locator(".unit-images li").count(), 3);
    await choose(page, 0);
    assert.equal(await page.locator("#errors-trial").inputValue(), "0");
    assert.equal(await page.locator(".unit-images li").count(), 2);
    // The root of the sum of (i / 16)² over 1 to 16.
    assert.equal(
      await page.locator(".unit-images i").first().getAttribute("aria-label"),
      "unit 7, norm 2.4",
    );
  });

  await t.step("0 is white on any ground, more is orange and less is blue", async () => {
    const colours = async (scheme: "light" | "dark") => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.locator(".unit-images").scrollIntoViewIfNeeded();
      const box = (await page.locator(".unit-images i").first().boundingBox())!;
      const shot = await page.screenshot({ clip: box });
      const { decode } = await import("fast-png");
      const { width, data, channels } = decode(shot);
      // The first unit's weights go from -1 to -1/16, row by row.
      const pixel = (x: number, y: number) => {
        const place = (Math.round(box.height * y) * width + Math.round(box.width * x)) * channels;
        return [...data.slice(place, place + 3)].map(Number);
      };
      return [pixel(0.1, 0.1), pixel(0.9, 0.9)];
    };
    const [light, dark] = [await colours("light"), await colours("dark")];
    assert.deepEqual(light, dark);
    const [[red, , blue], nearZero] = light;
    assert.ok(blue > red + 100, `${light}`);
    assert.ok(Math.min(...nearZero) > 220, `${light}`);
    const scale = await page.evaluate(
      `getComputedStyle(document.querySelector(".weight-scale i")).backgroundImage`,
    );
    assert.match(String(scale), /rgb\(0, 96, 158\), rgb\(255, 255, 255\), rgb\(197, 83, 0\)/);
  });

  await t.step("none of that complains", () => assert.deepEqual(complaints, []));
});
