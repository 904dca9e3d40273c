// deno task pictures [terminal | report | lab]...: runs the quickstart in a temporary folder, and pictures for the READMEs the terminal and
// the report of that run, and the lab; or only some of them, of which the report needs the terminal's run. Needs `script`, of util-linux,
// and Chromium.

import { openChromium } from "../tests/chromium.ts";
import { palettePng } from "./pictures/palette_png.ts";
import { screens, screenSvg } from "./pictures/terminal_svg.ts";

const ROOT = new URL("../", import.meta.url);
const PICTURES = new URL("docs/pictures/", ROOT);
const COMMAND = "deno task sweep";
const COLUMNS = 104;
/** Of the report's first screen, in CSS pixels. */
const VIEW = { width: 1160, height: 800 };
/** Of a page of the lab. */
const LAB_VIEW = { width: 1280, height: 780 };
const MAX_BYTES = 320_000;

const decoder = new TextDecoder();

/** Runs a program in a folder, as called from there. */
async function run(command: string, args: readonly string[], cwd: string | URL): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    cwd,
    env: { INIT_CWD: String(cwd) },
  })
    .output();
  if (!success) {
    throw new Error(
      `${command} ${args.join(" ")} failed:\n${decoder.decode(stderr)}${decoder.decode(stdout)}`,
    );
  }
  return decoder.decode(stdout);
}

/** Copies the project without what it has computed, so that the command runs as whoever reads the README runs it. */
async function copyProject(folder: string): Promise<void> {
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], ROOT);
  for (const name of new Set(listed.split("\0"))) {
    // The lab takes its weights from there.
    if (name === "" || /^(?:results|tests)\/(?!reference\/digits\/)/.test(name)) continue;
    const target = `${folder}/${name}`;
    await Deno.mkdir(target.slice(0, target.lastIndexOf("/")), { recursive: true });
    await Deno.copyFile(new URL(encodeURI(name), ROOT), target).catch((error) => {
      // Removed, and not yet committed.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}

/** What the command writes to a terminal, as it writes it. */
async function record(folder: string): Promise<string> {
  const file = `${folder}/typescript`;
  const deno = `${Deno.execPath()} task -q sweep`;
  await run("script", ["-q", "-e", "-c", `stty cols ${COLUMNS} rows 40; ${deno}`, file], folder);
  // Its first and its last line are of `script`.
  const text = await Deno.readTextFile(file);
  return text.slice(text.indexOf("\n") + 1).replace(/\s*Script done on .*\s*$/, "\n");
}

/** After each of these a frame of the lines that move is whole. */
const FRAME_END = "\x1b[?7h";

async function pictureTerminal(folder: string): Promise<void> {
  const frames = (await record(folder)).split(FRAME_END).map((frame) => frame + FRAME_END);
  const found = await screens(frames, COLUMNS);
  // Half way through the training, of which the time is told that is left.
  const training = found.filter(({ rows }) =>
    rows.some((runs) => runs.some(({ text }) => /\bETA\b/.test(text)))
  );
  if (training.length === 0) throw new Error("The sweep showed no training: was it in the store?");
  const running = training[Math.floor(training.length / 2)];
  const pictures = { "running.svg": running, "terminal.svg": found[found.length - 1] };
  for (const [name, screen] of Object.entries(pictures)) {
    const title = `${COMMAND} in a terminal`;
    await write(name, new TextEncoder().encode(screenSvg(screen, { command: COMMAND, title })));
  }
}

async function pictureReport(folder: string): Promise<void> {
  const browser = await openChromium();
  try {
    for (const [language, name] of [["en", "report.png"], ["ja", "report.ja.png"]]) {
      const args = ["task", "-q", "report", "results/quickstart", "--language", language];
      await run(Deno.execPath(), args, folder);
      const page = await browser.newPage({ viewport: VIEW, deviceScaleFactor: 2, colorScheme: "light" });
      await page.goto(`file://${folder}/results/quickstart/report.html`);
      await page.waitForSelector("html[data-drawn]");
      await write(name, palettePng(await page.screenshot()));
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

/** States of the lab's pages, by the names of their pictures. */
const LAB_VIEWS: Readonly<Record<string, string>> = {
  // Where a delta meets the weights, with one number written out.
  "lab-graph": "#/graph?step=11&entry=dW2.0.0",
  // A plane that is bent until a line is enough; trained to its last epoch.
  "lab-playground": "#/playground?epochs=200",
  // A four that is nearly a nine, and what spoke for it.
  "lab-digit": "#/digit?show=worth" +
    "&ink=m3j1rajalbmdmdneofnfogohohnimkmlknkoipiphqgqgrfqeqdpd.m5a1oguhuguhvgvhvgvgwhvgwgvgw",
};

async function pictureLab(folder: string): Promise<void> {
  const browser = await openChromium();
  try {
    await run(Deno.execPath(), ["task", "-q", "lab", "--out", "lab.html"], folder);
    for (const [name, address] of Object.entries(LAB_VIEWS)) {
      for (const language of ["en", "ja"]) {
        const page = await browser.newPage({
          viewport: LAB_VIEW,
          deviceScaleFactor: 2,
          colorScheme: "light",
        });
        await page.goto(`file://${folder}/lab.html${address}&lang=${language}`);
        await page.waitForSelector("main h1");
        if (name === "lab-playground") {
          await page.locator(".play button").nth(3).click();
          await page.locator(".now .epoch", { hasText: /^200$/ }).waitFor();
        }
        const png = palettePng(await page.screenshot());
        await write(language === "en" ? `${name}.png` : `${name}.${language}.png`, png);
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
}

async function write(name: string, bytes: Uint8Array): Promise<void> {
  if (bytes.length > MAX_BYTES) {
    throw new Error(`docs/pictures/${name} must have at most ${MAX_BYTES} bytes, found ${bytes.length}`);
  }
  await Deno.mkdir(PICTURES, { recursive: true });
  await Deno.writeFile(new URL(name, PICTURES), bytes);
  console.log(`docs/pictures/${name}: ${bytes.length} bytes`);
}

const PARTS = { terminal: pictureTerminal, report: pictureReport, lab: pictureLab };

const folder = await Deno.realPath(await Deno.makeTempDir());
try {
  await copyProject(folder);
  for (const [part, picture] of Object.entries(PARTS)) {
    if (Deno.args.length === 0 || Deno.args.includes(part)) await picture(folder);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
