import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { centreDigit } from "../../../src/data/drawing.ts";
import { readLayers } from "../../../src/lab/digit/network_file.ts";
import { Pad } from "../../../src/lab/digit/pad.ts";
import { strokesField } from "../../../src/lab/digit/strokes.ts";
import { readImage } from "../../../src/nn/read_image.ts";
import { readInspection } from "../../../src/numpy/inspection_npz.ts";
import { readNpz, writeNpz } from "../../../src/numpy/npz.ts";
import { testInChromium, until, violations } from "../../chromium.ts";
import { checkEverywhere, cut, showLab, writeLab } from "../open_lab.ts";

const RUN = new URL("../../../results/reference/digits/runs/0-0/", import.meta.url);
const weights = await Deno.readFile(new URL("weights.npz", RUN));
const network = { weights: readLayers(weights), activation: "tanh", scale: 255 } as const;

/** A three, as shares of the paper. */
const THREE = [
  [0.3, 0.25],
  [0.45, 0.15],
  [0.6, 0.18],
  [0.66, 0.28],
  [0.46, 0.47],
  [0.66, 0.6],
  [0.66, 0.77],
  [
    0.5,
    0.85,
  ],
  [0.3, 0.78],
];

async function draw(page: Page, places: readonly number[][], { lift = true } = {}): Promise<void> {
  const { x, y, width } = (await page.locator(".pad").boundingBox())!;
  const at = ([right, down]: readonly number[]) => [x + right * width, y + down * width] as const;
  await page.mouse.move(...at(places[0]));
  await page.mouse.down();
  for (const place of places.slice(1)) await page.mouse.move(...at(place), { steps: 4 });
  if (lift) await page.mouse.up();
}

/** The address as it is now, of which playwright's own url() hears later. */
const hashOf = (page: Page): Promise<string> => page.evaluate("location.hash");

/** What the page says of each digit. */
const shares = (page: Page): Promise<string[]> => page.locator(".bar .share").allInnerTexts();

/** What the engine says of the drawing that the page's address holds. */
function sharesOf(hash: string): string[] {
  const strokes = strokesField.read(new URLSearchParams(hash.split("?")[1]).get("ink") ?? "");
  assert.ok(strokes !== undefined && strokes.length > 0, hash);
  const pad = new Pad();
  for (const stroke of strokes) pad.draw(stroke);
  return said(centreDigit(pad));
}

const said = (pixels: Uint8Array): string[] =>
  Array.from(readImage(network, pixels).probabilities, (share) => `${(100 * share).toFixed(1)}%`);

testInChromium("the page on which digits are drawn", async ({ t, browser, folder }) => {
  const path = await writeLab(folder);

  await t.step("what is drawn by mouse is read while it is drawn, and is in the address", async () => {
    const { page, complaints } = await showLab(browser, path, { at: "#/digit" });
    const before = await shares(page);
    assert.deepEqual(before, said(new Uint8Array(784)));
    await draw(page, THREE, { lift: false });
    assert.equal(await page.innerText(".bar.best b"), "3");
    await page.mouse.up();
    const drawn = await shares(page);
    assert.deepEqual(drawn, sharesOf(await hashOf(page)));
    const other = await showLab(browser, path, { at: await hashOf(page) });
    assert.deepEqual(await shares(other.page), drawn);
    await other.page.close();
    await page.getByRole("button", { name: "Undo" }).click();
    assert.deepEqual(await shares(page), before);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step(
    "what is drawn by keyboard is read too, and a loser's bar says what speaks for it",
    async () => {
      const { page, complaints } = await showLab(browser, path, { at: "#/digit" });
      await page.focus(".pad");
      for (
        const key of ["ArrowUp", "ArrowUp", "Space", "ArrowDown", "Shift+ArrowDown", "ArrowDown", "Space"]
      ) {
        await page.keyboard.press(key);
      }
      await page.keyboard.press("ArrowRight");
      assert.deepEqual(strokesField.read((await hashOf(page)).split("ink=")[1])?.[0].points.slice(0, 2), [
        140,
        120,
      ]);
      assert.equal(await page.innerText(".bar.best b"), "1");
      assert.deepEqual(await shares(page), sharesOf(await hashOf(page)));
      await page.focus(".bar >> nth=7");
      await page.keyboard.press("Enter");
      await until(page, `location.hash.includes("for=7")`);
      assert.match(await page.innerText(".caption"), /where it is orange, 7 loses lead over 1;/);
      await page.focus(".units >> nth=0");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowDown");
      assert.match(await page.innerText(".caption"), /to unit 10 of hidden layer 1/);
      await page.locator(".units >> nth=0").click({ button: "right", position: { x: 4, y: 4 } });
      assert.match(await page.innerText(".caption"), /to unit 10 of hidden layer 1/);
      assert.deepEqual(complaints, []);
      await page.close();
    },
  );

  await t.step("misread images are stepped through, and put on the paper as they are", async () => {
    const { judged: { labels, predictions, images } } = readInspection(
      await Deno.readFile(new URL("inspection.npz", RUN)),
    );
    const { page, complaints } = await showLab(browser, path, { at: "#/digit?at=2" });
    const expect = async (i: number) => {
      const text = `It is ${labels[i]}, but it is read as ${predictions[i]} (`;
      assert.ok(
        (await page.innerText(".mistake p")).startsWith(text),
        `${text}: ${await page.innerText(".mistake p")}`,
      );
    };
    await expect(1);
    await page.getByRole("button", { name: "Next" }).click();
    await expect(2);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect(0);
    await page.getByRole("button", { name: "Put it on the paper" }).click();
    assert.equal(await page.innerText(".bar.best b"), String(predictions[0]));
    assert.deepEqual(await shares(page), said(images.pixels.slice(0, 784)));
    assert.match(await hashOf(page), /put=1/);
    await page.getByRole("button", { name: "Show this 4" }).click();
    assert.equal(await page.innerText(".bar.best b"), "4");
    assert.deepEqual(await shares(page), sharesOf(await hashOf(page)));
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step("drawings are kept with their digits and saved as NumPy has them", async () => {
    const { page, complaints } = await showLab(browser, path, { at: "#/digit" });
    assert.ok(await page.getByRole("button", { name: "Keep the drawing as a 3" }).isDisabled());
    await draw(page, THREE);
    const pad = new Pad();
    for (const stroke of strokesField.read((await hashOf(page)).split("ink=")[1])!) pad.draw(stroke);
    await page.getByRole("button", { name: "Keep the drawing as a 3" }).click();
    await page.getByRole("button", { name: "Keep the drawing as a 8" }).click();
    assert.match(await page.innerText(".cases"), /It reads 1 of 2/);
    // The page at its fullest.
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await cut(page), []);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save drawing.npz" }).click();
    assert.equal((await download).suggestedFilename(), "drawing.npz");
    await (await download).saveAs(`${folder}/drawing.npz`);
    const { X, y } = readNpz(await Deno.readFile(`${folder}/drawing.npz`));
    assert.deepEqual(y.data, Uint8Array.of(3, 8));
    assert.deepEqual(X, {
      shape: [2, 28, 28],
      data: Uint8Array.of(...centreDigit(pad), ...centreDigit(pad)),
    });
    await page.getByRole("button", { name: "A 8, read as 3: take it out" }).click();
    assert.match(await page.innerText(".cases"), /It reads 1 of 1/);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step(
    "a weights.npz is chosen or dropped, and what is none is refused in the reader's language",
    async () => {
      const { page, complaints } = await showLab(browser, path, { at: "#/digit?lang=ja" });
      const drop = (name: string, bytes: Uint8Array) =>
        page.evaluate(`(() => {
        const bytes = Uint8Array.from(atob("${bytes.toBase64()}"), (c) => c.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], "${name}"));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      })()`);
      await drop("report.html", new TextEncoder().encode("<p>"));
      await page.waitForSelector(".network [role=alert]");
      assert.match(await page.innerText(".network [role=alert]"), /^report\.html を読み取れません：/);
      const constant = Float64Array.from({ length: 10 }, (_, digit) => digit === 4 ? 3 : 0);
      const own = {
        W1: { shape: [784, 10], data: new Float64Array(7840) },
        B1: { shape: [1, 10], data: constant },
      };
      await drop("mine.npz", writeNpz(own));
      await page.waitForSelector("text=784-10");
      assert.equal(await page.innerText(".bar.best b"), "4");
      // What the lab's own network misreads is not what this one does.
      assert.equal(await page.locator(".mistakes, .mistake").count(), 0);
      await page.waitForSelector("text=この重みが読み間違えた画像は、ここでは分かりません。");
      assert.equal(await page.locator(".network [role=alert]").count(), 0);
      await page.setInputFiles(".network input", new URL("weights.npz", RUN).pathname);
      await page.waitForSelector("text=784-100-50-10、tanh、softmax");
      await page.selectOption(".network select >> nth=0", "relu");
      await page.waitForSelector("text=784-100-50-10、relu、softmax");
      await page.getByRole("button", { name: "もとのネットワークに戻す" }).click();
      await page.waitForSelector("text=results/reference/digits");
      await page.waitForSelector(".mistakes");
      assert.deepEqual(complaints, []);
      await page.close();
    },
  );

  await t.step("it is whole at every width, in both languages, light and dark", async () => {
    const strokes = strokesField.write([{ pen: "medium", points: [90, 60, 107, 60, 124, 60] }]);
    await checkEverywhere(browser, path, {
      name: "digit",
      params: `ink=${strokes}&put=3&for=7&show=worth&fit=0&at=5&pen=eraser`,
    });
  });
});
