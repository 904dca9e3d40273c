import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { testInChromium, until } from "../chromium.ts";

const ROOT = new URL("../../", import.meta.url);

/** A program of the project, which is killed at the end. */
class Started implements AsyncDisposable {
  readonly child: Deno.ChildProcess;

  constructor(verb: string, ...args: string[]) {
    this.child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", `-P=${verb}`, "pipeline/main.ts", verb, ...args],
      cwd: ROOT,
      stdin: "null",
      stdout: verb === "view" ? "piped" : "null",
      stderr: "null",
    }).spawn();
  }

  async kill(): Promise<void> {
    try {
      this.child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.child.status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}

async function startView(folder: string, port: number): Promise<{ view: Started; address: string }> {
  const view = new Started("view", folder, "--port", String(port));
  let said = "";
  const reader = view.child.stdout.getReader();
  while (!said.includes("\n")) said += new TextDecoder().decode((await reader.read()).value);
  await reader.cancel();
  return { view, address: /http:\/\/127\.0\.0\.1:\d+\//.exec(said)![0] };
}

const rows = `document.querySelectorAll(".trials tbody tr[data-row]").length`;
const isIn = (state: string) => `document.querySelector(".course")?.classList.contains("${state}")`;

testInChromium("running sweeps are shown as they go", async ({ t, browser, folder }) => {
  const results = `${folder}/results`;
  await Deno.mkdir(results);
  const sweep = async (name: string, trials: number) => {
    const config = {
      name,
      dataset: "strokes",
      preprocess: { limit: 3000 },
      model: { hidden: [40] },
      train: { epochs: 80, batch_size: 10 },
      sweep: {
        parameters: { "train.learning_rate": Array.from({ length: trials }, (_, i) => 0.01 * (i + 1)) },
      },
    };
    const path = `${folder}/${name}.json`;
    await Deno.writeTextFile(path, JSON.stringify(config));
    return new Started(
      "sweep",
      path,
      "--out",
      `${results}/${name}`,
      "--store",
      `${folder}/store`,
      "--workers",
      "1",
    );
  };
  const complaints: string[] = [];
  let { view, address } = await startView(results, 0);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (!/ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED|EMPTY_RESPONSE|CONNECTION_RESET)/.test(message.text())) {
      complaints.push(message.text());
    }
  });
  let first: Started | undefined;
  try {
    await t.step(
      "a sweep appears in the list when it begins, and its runs on its page as they end",
      async () => {
        await page.goto(address);
        await until(page, `document.body.innerText.includes("no experiment yet")`, 5000);
        first = await sweep("first", 24);
        await until(page, `document.querySelector(".experiments .running")`, 20_000);
        await page.click(".experiments a");
        await until(page, `${isIn("running")} && ${rows} >= 2`, 30_000);
        assert.equal(
          await page.getAttribute("a.skip", "href"),
          "#answer",
          "a page that was opened before its first run",
        );
        const seen = Number(await page.evaluate(rows));
        await until(
          page,
          `${rows} > ${seen} && document.querySelectorAll("#curves .plot svg").length === 2`,
          20_000,
        );
      },
    );

    await t.step("what the reader chose stays while rows come", async () => {
      await page.click('.trials thead button[data-column="parameter-0"]');
      await page.click('.trials input[data-trial="0"]');
      await page.focus('.trials input[data-trial="1"]');
      const chosen = `[document.querySelector(".trials caption").textContent,
        document.querySelector('.trials input[data-trial="0"]').checked, document.activeElement.dataset.trial].join()`;
      const before = await page.evaluate(chosen);
      assert.match(String(before), /learning rate.*,1$/);
      const seen = Number(await page.evaluate(rows));
      await until(page, `${rows} > ${seen}`, 20_000);
      assert.equal(await page.evaluate(chosen), before);
    });

    await t.step(
      "killed, it is shown as interrupted within 5 seconds; started again, it goes on",
      async () => {
        await first!.kill();
        const took = await until(page, isIn("interrupted"), 8000);
        assert.ok(took < 5000, `${took} ms`);
        const seen = Number(await page.evaluate(rows));
        assert.ok(seen < 24);
        first = await sweep("first", 24);
        await until(page, isIn("running"), 10_000);
        await until(page, `${rows} > ${seen}`, 30_000);
      },
    );

    await t.step("two sweeps at once are two rows of the list", async () => {
      const list = await browser.newPage();
      await list.goto(address);
      await using _second = await sweep("second", 12);
      await until(list, `document.querySelectorAll(".experiments .running").length === 2`, 20_000);
      await list.close();
    });

    await t.step(
      "a viewer that is stopped and started shows the same, and the page goes on by itself",
      async () => {
        await until(page, `${isIn("finished")} && document.querySelector("#errors")`, 240_000);
        const shown = `document.querySelector("main").innerText.replace(/Drawn:.*/, "")`;
        const port = Number(new URL(address).port);
        await view.kill();
        await until(page, `document.querySelector(".said").textContent !== ""`, 5000);
        ({ view, address } = await startView(results, port));
        assert.equal(Number(new URL(address).port), port);
        await until(page, `document.querySelector(".said").textContent === ""`, 10_000);
        const fresh = await browser.newPage({ viewport: { width: 1280, height: 900 } });
        await fresh.goto(page.url());
        await fresh.waitForSelector("#curves .plot svg");
        // By rank, as it is shown at first.
        await page.click(".trials thead button.none, .trials thead button[data-column=parameter-0]");
        await sleep(300);
        assert.equal(await fresh.evaluate(rows), await page.evaluate(rows));
        const [a, b] = [await page.evaluate(shown), await fresh.evaluate(shown)].map(String);
        const answer = (text: string) => text.slice(0, text.indexOf("Trials\n"));
        assert.equal(answer(a), answer(b));
        await fresh.close();
      },
    );

    await t.step("none of that complains", () => assert.deepEqual(complaints, []));
  } finally {
    await first?.kill();
    await view.kill();
  }
});
