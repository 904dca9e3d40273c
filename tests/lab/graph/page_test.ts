import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { checkGradients } from "../../../src/lab/graph/compute/gradient_check.ts";
import { mistakeIn, MISTAKES } from "../../../src/lab/graph/compute/mistakes.ts";
import { graphOf, operationsOf } from "../../../src/lab/graph/compute/nodes.ts";
import { drawNet } from "../../../src/lab/graph/compute/small_net.ts";
import { lossOf, walk } from "../../../src/lab/graph/compute/walk.ts";
import { testInChromium } from "../../chromium.ts";
import { checkEverywhere, showLab, writeLab } from "../open_lab.ts";
import { calculate } from "./calculate.ts";

/** Of W2, where every size but the layers' is 3: all mistakes can be made. */
const SQUARE = drawNet({ sizes: [3, 3, 3], rows: 3 }, "tanh", 0);
const AT_THE_END = "#/graph?inputs=3&classes=3&step=14";

const hash = (page: Page): Promise<string> => page.evaluate("location.hash");
/** Waits until a part of the state is in the address, or is not. */
async function addressSays(page: Page, state: string, said = true): Promise<void> {
  const says = async () => (await hash(page)).split(/[?&]/).some((part) => part.startsWith(state));
  for (let tries = 0; await says() !== said; tries++) {
    assert.ok(tries < 200, `${await hash(page)}: ${state}`);
    await page.waitForTimeout(20);
  }
}

const read = (text: string) => Number(text.replaceAll("−", "-"));

/** The names of the tensors that the graph shows numbers of. */
function tensorsOn(page: Page): Promise<string[]> {
  return page.evaluate(`[...new Set([...document.querySelectorAll(".map [data-entry]")]
    .map(({ dataset }) => dataset.entry.split(".")[0]))].sort()`);
}

testInChromium("the lab's graph", async ({ t, browser, folder }) => {
  const path = await writeLab(folder);

  await t.step(
    "by keyboard it goes node by node to the end and back, and the address says where",
    async () => {
      const { page, complaints } = await showLab(browser, path, { at: "#/graph" });
      assert.deepEqual(await tensorsOn(page), ["B1", "B2", "W1", "W2", "X", "Y"]);
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      await addressSays(page, "step=2");
      assert.deepEqual(await tensorsOn(page), ["A1", "B1", "B2", "P1", "W1", "W2", "X", "Y"]);
      await page.keyboard.press("ArrowLeft");
      await addressSays(page, "step=1");
      await page.keyboard.press("End");
      await page.waitForSelector(`.map [data-entry="dW1.0.0"]`);
      const expected = [...walk(drawNet({ sizes: [2, 3, 2], rows: 3 }, "tanh", 0)).values.keys()];
      assert.deepEqual(await tensorsOn(page), expected.sort());
      await page.keyboard.press("Home");
      await addressSays(page, "step", false);
      assert.deepEqual(complaints, []);
      await page.close();
    },
  );

  await t.step("by mouse too, and a node that is clicked is gone to", async () => {
    const { page } = await showLab(browser, path, { at: "#/graph" });
    await page.click(`.play button:has-text("Step")`);
    await addressSays(page, "step=1");
    await page.click(`[data-node="Yhat"] button`);
    await addressSays(page, "step=6");
    await page.click(".play button.main");
    await addressSays(page, "step=7");
    await page.click(".play button.main");
    await page.click(`.play button:has-text("Start again")`);
    await addressSays(page, "step", false);
    await page.close();
  });

  await t.step("whatever is pointed at is written out, and the line comes to the number", async () => {
    const { page, complaints } = await showLab(browser, path, { at: AT_THE_END });
    const { values, makings } = walk(SQUARE);
    for (const tensor of makings.keys()) {
      const { rows, columns } = makings.get(tensor)!;
      const [row, column] = [rows - 1, columns - 1];
      const entry = `${tensor}.${row}.${column}`;
      await page.hover(`.map [data-entry="${entry}"]`);
      await page.waitForSelector(`[data-shown="${entry}"]`);
      const value = values.get(tensor)!.data[row * columns + column];
      const shown = read(await page.innerText(".headline output"));
      assert.ok(Math.abs(shown - value) <= 5e-4 * Math.abs(value), `${entry}: ${shown} for ${value}`);
      const line = (await page.innerText(".line.numbers .written")).replaceAll("\n", "");
      assert.ok(
        Math.abs(calculate(line) - value) <= 2e-3 * Math.max(1, Math.abs(value)),
        `${entry}: ${line}`,
      );
      if (!tensor.startsWith("d") || tensor === "dL") continue;
      const slope = read(await page.innerText(".central b"));
      assert.ok(
        Math.abs(slope - value) <= 1e-3 * Math.abs(value) + 1e-9,
        `${entry}: ${slope} by differences`,
      );
    }
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step("from cell to cell by arrows; one that is chosen is in the address", async () => {
    const { page } = await showLab(browser, path, { at: AT_THE_END });
    await page.focus(`.map [data-entry="dW2.0.0"]`);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector(`[data-shown="dW2.1.1"]`);
    await page.keyboard.press("Enter");
    await addressSays(page, "entry=dW2.1.1");
    assert.match(await hash(page), /step=14/);
    await page.close();
  });

  await t.step("each mistake marks the numbers that become wrong, and the check finds it", async () => {
    const { page, complaints } = await showLab(browser, path, { at: AT_THE_END });
    const operations = operationsOf(graphOf(SQUARE));
    const right = walk(SQUARE);
    for (const name of MISTAKES) {
      await page.check(`input[value="${name}"]`);
      await addressSays(page, `mistake=${name}`);
      const wrong = walk(SQUARE, mistakeIn(operations, SQUARE, name));
      const expected = [...wrong.values].flatMap(([tensor, { data, columns }]) =>
        [...data].flatMap((value, i) =>
          Math.abs(value - right.values.get(tensor)!.data[i]) > 1e-9
            ? [`${tensor}.${Math.floor(i / columns)}.${i % columns}`]
            : []
        )
      );
      const marked: string[] = await page.evaluate(
        `[...document.querySelectorAll(".map .wrong")].map(({ dataset }) => dataset.entry)`,
      );
      assert.deepEqual(marked.sort(), expected.sort(), name);
      const verdicts: string[] = await page.evaluate(
        `[...document.querySelectorAll("tr[data-parameter]")].map((row) => row.dataset.parameter + " " + row.className)`,
      );
      assert.deepEqual(
        verdicts,
        checkGradients(SQUARE, wrong).map(({ name, verdict }) => `${name} ${verdict}`),
        name,
      );
      assert.ok((await page.innerText(".mistakes .made")).length > 60);
    }
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step(
    "a hidden mistake is not told, a wrong guess is answered by what it would reach, the right one shows all",
    async () => {
      const { page } = await showLab(browser, path, { at: "#/graph?step=14&riddle=12&entry=dW2.0.0" });
      assert.equal(await page.locator(".map .wrong, .map .mark, .equation .together").count(), 0);
      assert.match(await page.innerText(".one-number"), /Hidden while you look/);
      await page.check(`input[value="no_slope"]`);
      assert.match(await page.innerText(".answer"), /W₁, B₁ would be wrong; here it is W₁, B₁, W₂, B₂/);
      await page.check(`input[value="sum"]`);
      assert.match(await page.innerText(".answer"), /with other numbers/);
      await page.check(`input[value="sign"]`);
      assert.equal(await page.innerText(".answer"), "Found it.");
      await addressSays(page, "mistake=sign");
      assert.ok(await page.locator(".map .wrong").count() > 20);
      await page.click(`button:has-text("Hide one")`);
      await addressSays(page, "riddle=");
      assert.equal(await page.locator(".map .wrong").count(), 0);
      await page.close();
    },
  );

  await t.step("a weight that is moved moves L, and the link carries it", async () => {
    const { page } = await showLab(browser, path, { at: "#/graph?step=14&entry=W1.0.1" });
    const net = drawNet({ sizes: [2, 3, 2], rows: 3 }, "tanh", 0);
    await page.focus(".curve input");
    await page.keyboard.press("ArrowRight");
    await addressSays(page, "w=1,-0.1,");
    const moved = lossOf(net, { tensor: "W1", index: 1, to: net.parameters[0].data[1] + 0.1 });
    assert.match(await page.innerText(".curve output"), new RegExp(`L = ${moved.toFixed(4)}$`));
    const again = await showLab(browser, path, { at: await hash(page) });
    assert.equal(await again.page.innerText(".curve output"), await page.innerText(".curve output"));
    await page.click(`button:has-text("Back to the drawn numbers")`);
    await addressSays(page, "w=", false);
    await page.close();
    await again.page.close();
  });

  await t.step("what a link gives that does not fit the sizes is named", async () => {
    const { page } = await showLab(browser, path, { at: "#/graph?w=1,2&x=1,2,3,4,5,6" });
    assert.match(await page.innerText(".setup .bad"), /gives for w does not fit/);
    assert.match(await page.innerText(`.map [data-entry="X.2.1"]`), /^6$/);
    await page.close();
  });

  await t.step("it is whole everywhere, filled to the brim", async () => {
    const params = "inputs=4&hidden=4.4&classes=3&rows=4&step=20&mistake=early&entry=dW1.3.3";
    await checkEverywhere(browser, path, { name: "graph", params });
  });
});
