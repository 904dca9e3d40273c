import assert from "node:assert/strict";
import { JOURNAL_FILE } from "../../pipeline/results/journal.ts";
import { serveView } from "../../pipeline/view/serve_view.ts";
import { testInChromium, until, violations } from "../chromium.ts";
import { copyFolder } from "../pipeline/copy_folder.ts";
import { writeSampleGrades } from "../pipeline/view/grades/grades_fixture.ts";

const REFERENCE = new URL("../../results/reference/", import.meta.url).pathname;

/** Words and boxes that stick out of the page sideways. */
const WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

testInChromium("runs, comparisons and grades are shown", async ({ t, browser, folder }) => {
  const results = `${folder}/results`;
  for (const name of ["quickstart", "course-3", "digits"]) {
    await copyFolder(REFERENCE + name, `${results}/${name}`);
  }
  await writeSampleGrades(`${results}/grades`);
  const { experiment } = JSON.parse(await Deno.readTextFile(`${results}/course-3/manifest.json`));
  const run = { trial: 0, seed: 0, label: "", epochs: 3 };
  const told = [
    { type: "begin", format: 1, config: "x", experiment },
    { type: "plan", legs: 1, cached: 0, workers: 1, images: 1, images_stored: 0 },
    { type: "run_start", worker: 0, ...run },
    ...[1, 2, 3].map((epoch) => ({
      type: "epoch",
      ...run,
      epoch,
      train_loss: 1 / epoch,
      val_loss: 1,
      val_accuracy: 0.5,
    })),
  ].map((event, at) => JSON.stringify({ at: at + 1, ...event }) + "\n");
  await Deno.mkdir(`${results}/live`);
  await Deno.writeTextFile(`${results}/live/${JOURNAL_FILE}`, told.slice(0, 4).join(""));

  const end = new AbortController();
  let address = "";
  const listening = Promise.withResolvers<void>();
  const serving = serveView({
    folders: [results],
    cwd: folder,
    hostname: "127.0.0.1",
    token: null,
    grades: true,
    port: 8300,
    language: "en",
    signal: end.signal,
    onListen({ port }) {
      address = `http://127.0.0.1:${port}`;
      listening.resolve();
      return Promise.resolve();
    },
  });
  await listening.promise;
  const complaints: string[] = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const open = async () => {
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => complaints.push(message.text()));
    return page;
  };
  const page = await open();
  let compared = "";
  try {
    await t.step("what is ticked in the list is compared, and each can be drawn or not", async () => {
      await page.goto(address);
      const tick = (name: string) =>
        page.check(`.experiments li:has(.note:text-is("results/${name}")) input`);
      await tick("quickstart");
      await until(page, `document.body.innerText.includes("Tick two or more")`);
      await tick("course-3");
      await page.click(".compare-ticked a");
      await until(page, `document.querySelectorAll("#curves .plot svg").length === 2`);
      compared = page.url();
      assert.equal(
        await page.evaluate(`document.querySelectorAll(".readout tbody tr, #curves tbody tr").length`),
        2,
      );
      await page.uncheck('input[data-trial="1"]');
      await until(
        page,
        `document.querySelectorAll("#curves tbody tr").length < 2 ||
        document.querySelector("#curves").innerText.includes("in grey")`,
      );
    });

    let runPage = "";
    await t.step("the table of trials leads to a run, whose mistakes open by keyboard", async () => {
      await page.goto(address);
      await page.click("text=A first sweep");
      await page.click(".trials tbody th a");
      await until(page, `document.querySelectorAll("#curves .plot svg").length === 2`);
      runPage = page.url();
      assert.match(runPage, /\/run\/13-0\?lang=en$/);
      const image = "document.querySelector('.judged button[aria-pressed=true] .unseen').textContent";
      const before = await page.evaluate(image);
      await page.focus(".judged button[aria-pressed=true]");
      await page.keyboard.press("ArrowRight");
      assert.notEqual(await page.evaluate(image), before);
    });

    await t.step("the config is copied as it is shown", async () => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.click("button[data-copies]");
      await until(page, `document.querySelector("button[data-copies]").textContent === "Copied"`);
      const code = await page.evaluate(`document.querySelector("#config pre code").textContent`);
      assert.equal(await page.evaluate("navigator.clipboard.readText()"), code);
      assert.match(String(code), /\nname: quickstart-13-0\n/);
    });

    await t.step("a page of a run under way grows with each epoch", async () => {
      const live = await open();
      await live.goto(address);
      const id = await live.evaluate(
        `[...document.querySelectorAll(".experiments a")].find((a) => a.parentNode.innerText.includes("results/live")).pathname`,
      );
      await live.goto(`${address}${id}run/0-0`);
      await until(live, `document.body.innerText.includes("Epoch 1 of 3")`);
      await Deno.writeTextFile(`${results}/live/${JOURNAL_FILE}`, told.slice(4).join(""), { append: true });
      await until(live, `document.body.innerText.includes("Epoch 3 of 3")`);
      await until(live, `document.querySelector("#curves").innerText.includes("0.3333")`);
      await Deno.remove(`${results}/live`, { recursive: true });
      await until(live, `document.querySelector(".said").textContent.includes("gone")`);
      await live.close();
    });

    await t.step("a digit is drawn with the weights of the run", async () => {
      await page.goto(address);
      await page.click("text=The network that reads digits");
      await page.click(".to-run a");
      await page.click("text=Draw a digit with these weights");
      await until(page, `document.body.innerText.includes("results/digits, 0-0")`);
      assert.match(page.url(), /\/run\/0-0\/lab\?lang=en#\/digit/);
    });

    await t.step(
      "a page of grades is in a frame in which no script runs, and its links are followed",
      async () => {
        const report = `${results}/grades/report.html`;
        const text = await Deno.readTextFile(report);
        const hostile = `<meta http-equiv="refresh" content="0;url=javascript:parent.document.title='hit'">` +
          `<script>parent.document.title = document.title = "hit"; top.location = "/"</script>` +
          `<img src=x onerror="parent.hit = 1"><a id="up" href="/" target="_top">up</a>`;
        await Deno.writeTextFile(
          report,
          text.replace("<main>", `<main>${hostile}`).replace(/<meta http-equiv[^>]*>/, ""),
        );
        // The browser says of each that it was blocked.
        const own = await context.newPage();
        await own.goto(`${address}/grades`);
        await own.click("table a");
        await own.waitForSelector("iframe");
        const frame = own.frameLocator("iframe");
        await frame.locator('a:text-is("s1000006")').first().waitFor();
        await frame.locator("#up").click();
        assert.match(own.url(), /\/g\/[0-9a-f]{12}\/\?lang=en$/);
        assert.equal(await own.evaluate("document.title + window.hit"), "sprint-nnundefined");
        await frame.locator('a:text-is("s1000006")').first().click();
        await frame.locator("h1 + .subtitle").waitFor();
        assert.equal(await frame.locator("h1 + .subtitle").textContent(), "s1000006");
        assert.equal(await own.evaluate(WIDER), 0);
        await own.close();
        await Deno.writeTextFile(report, text);
      },
    );

    const views = [["en", 360, "dark"], ["ja", 1280, "light"]] as const;
    for (const [lang, width, colorScheme] of views) {
      await t.step(
        `${lang}, ${width} pixels, ${colorScheme}: nothing is cut, axe finds nothing`,
        async () => {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 900 });
          for (const url of [runPage, compared, `${address}/grades`]) {
            const at = new URL(url);
            at.searchParams.set("lang", lang);
            await page.goto(at.href);
            await page.waitForLoadState("load");
            assert.equal(await page.evaluate(WIDER), 0, at.href);
            assert.deepEqual(await violations(page), [], at.href);
          }
        },
      );
    }

    await t.step("none of that complains", () => assert.deepEqual(complaints, []));
  } finally {
    end.abort();
    await serving;
  }
});
