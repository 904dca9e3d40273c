import assert from "node:assert/strict";
import { pairCount } from "../src/metrics/intervals.ts";
import { criticalT } from "../src/metrics/statistics.ts";
import { parseExperiment } from "../src/config/parse.ts";
import { ConfigError } from "../src/config/yaml/config_error.ts";

const ROOT = new URL("../", import.meta.url);
const DOCS = [
  "README.md",
  "README.ja.md",
  "CONTRIBUTING.md",
  "docs/architecture.md",
  "docs/extending.md",
  "docs/sweeps.md",
  "docs/sweeps.ja.md",
  "docs/grading.md",
  "docs/grading.ja.md",
  "docs/schedules.md",
  "docs/schedules.ja.md",
  "docs/data.md",
  "docs/data.ja.md",
  "docs/points.md",
  "docs/points.ja.md",
  "docs/optimizers.md",
  "docs/optimizers.ja.md",
  "docs/lab.md",
  "docs/lab.ja.md",
  "docs/machines.md",
  "docs/machines.ja.md",
];
/** Pages that are there in both languages, section by section. */
const TRANSLATED = [
  "docs/sweeps",
  "docs/grading",
  "docs/data",
  "docs/points",
  "docs/optimizers",
  "docs/lab",
  "docs/schedules",
  "docs/machines",
];
const JAPANESE_PAGES = ["README.ja.md", "docs/config.ja.md", ...TRANSLATED.map((page) => `${page}.ja.md`)];
/** A path of the tree in code marks, or the target of a link. */
const PATH =
  /`((?:src|pipeline|tests|docs|configs|examples|tools|bench)\/[\w./-]*)`|\]\((?!https?:|#)([^)#]+)/g;

/** What a page names, by paths relative to the root. */
async function namedPaths(doc: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(doc, ROOT));
  return Array.from(text.matchAll(PATH), ([, path, link]) => {
    const url = path === undefined ? new URL(link, new URL(doc, ROOT)) : new URL(path, ROOT);
    return url.href.slice(ROOT.href.length);
  });
}

for (const doc of DOCS) {
  Deno.test(`every path that ${doc} names is there`, async () => {
    const paths = await namedPaths(doc);
    assert.ok(paths.length > 0, "it must name some");
    const missing: string[] = [];
    for (const path of paths) {
      await Deno.stat(new URL(path, ROOT)).catch(() => missing.push(path));
    }
    assert.deepEqual(missing, []);
  });
}

/** What is the same in every language: paragraphs, the levels of headings, rows of tables, items of lists, and code but for its comments. */
function skeleton(text: string): string[] {
  return text.split(/^(```.*?^```)$/ms).flatMap((part) => {
    if (part.startsWith("```")) {
      const isCode = !part.startsWith("```\n");
      return part.split("\n").map((line) =>
        isCode ? line.replace(/(^|\s)(#|\/\/) .*$/, "").trimEnd() : line.split(" ")[0]
      );
    }
    return part.split(/\n\s*\n/).flatMap((block) => {
      const lines = block.trim().split("\n").flatMap((line) => line.match(/^(#+|\||- |\d+\. )/)?.[0] ?? []);
      return lines.length === 0 && block.trim() !== "" ? ["a paragraph"] : lines;
    });
  });
}

for (const page of TRANSLATED) {
  Deno.test(`${page}.md and its Japanese twin have the same headings, paragraphs, tables, lists and code, and link each other`, async () => {
    const [english, japanese] = await Promise.all(
      [`${page}.md`, `${page}.ja.md`].map((path) => Deno.readTextFile(new URL(path, ROOT))),
    );
    assert.deepEqual(skeleton(japanese), skeleton(english));
    const name = page.slice(page.indexOf("/") + 1);
    assert.equal(english.split("\n")[2], `[日本語](${name}.ja.md)`);
    assert.equal(japanese.split("\n")[2], `[English](${name}.md)`);
    // What is in code marks is the same names, but for Japanese in them and how often each is named.
    const names = (text: string) =>
      new Set(
        text.replaceAll(/^```.*?^```$/gms, "").match(/`[^`\n]+`/g)?.filter((name) =>
          /^[\x20-\x7e]+$/.test(name)
        ),
      );
    assert.deepEqual([...names(english)].filter((name) => !names(japanese).has(name)), []);
    assert.deepEqual([...names(japanese)].filter((name) => !names(english).has(name)), []);
  });

  Deno.test(`the anchors that ${page}.ja.md links are headings of it`, async () => {
    const text = await Deno.readTextFile(new URL(`${page}.ja.md`, ROOT));
    // As GitHub makes an anchor of a heading.
    const anchors = Array.from(
      text.matchAll(/^#+ (.*)$/gm),
      ([, heading]) => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\- ー]/gu, "").replaceAll(" ", "-"),
    );
    const links = Array.from(text.matchAll(/\]\(#([^)]+)\)/g), ([, anchor]) => anchor);
    assert.deepEqual(links.filter((link) => !anchors.includes(link)), []);
  });
}

const JAPANESE = "[\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Han}、。：；（）「」ー]";

/** Places of a Markdown page where Japanese would be shown with a space in it: by line, with what stands there. */
function strayPlaces(text: string): string[] {
  const broken = new RegExp(`${JAPANESE}$`, "u");
  const goesOn = new RegExp(`^\\s*${JAPANESE}`, "u");
  const spaced = new RegExp(`${JAPANESE} ${JAPANESE}|[、。：；（] \\S|\\S [、。：；）]`, "u");
  const lines = text.replaceAll(/^```.*?^```$/gms, (code) => code.replaceAll(/[^\n]/g, "")).split("\n");
  return lines.flatMap((line, i) => {
    const prose = line.replaceAll(/ +\|/g, "|").replaceAll(/`[^`]*`/g, "``");
    const places: string[] = [];
    if (broken.test(line) && goesOn.test(lines[i + 1] ?? "")) {
      places.push(`${i + 1}: ${line.slice(-10)} / ${lines[i + 1].slice(0, 10)}`);
    }
    const found = spaced.exec(prose);
    if (found !== null) {
      places.push(`${i + 1}: ${prose.slice(Math.max(0, found.index - 5), found.index + 8)}`);
    }
    return places;
  });
}

Deno.test("Japanese pages show no stray space between Japanese words: none is left by a wrapped line", async () => {
  assert.deepEqual(strayPlaces("一行目の文が\n次の行に続く。\n"), ["1: 一行目の文が / 次の行に続く。"]);
  assert.deepEqual(strayPlaces("文です。 次の文"), ["1: 文です。 次の文"]);
  assert.deepEqual(strayPlaces("表の `x` は 1 つ\n\n次の段落\n```\n一行\n二行\n```\n"), []);
  for (const page of JAPANESE_PAGES) {
    assert.deepEqual(strayPlaces(await Deno.readTextFile(new URL(page, ROOT))), [], page);
  }
});

Deno.test("Japanese pages have a space between Japanese and half-width words", async () => {
  for await (const { name } of Deno.readDir(new URL("docs/", ROOT))) {
    if (!name.endsWith(".ja.md")) continue;
    const text = (await Deno.readTextFile(new URL(`docs/${name}`, ROOT)))
      .replace(/^ *```[^]*?^ *```$/gm, "").replace(/`[^`\n]*`|\]\([^)]*\)/g, "");
    const japanese = "[\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Han}ー]";
    const stuck = text.match(
      new RegExp(`.{0,10}(?:${japanese}[A-Za-z0-9]|[A-Za-z0-9]${japanese}).{0,10}`, "gu"),
    );
    assert.equal(stuck, null, `${name}: ${stuck}`);
  }
});

Deno.test("docs/extending.md has a recipe for each thing that is often added, and each names its files", async () => {
  const text = await Deno.readTextFile(new URL("docs/extending.md", ROOT));
  const recipes = text.split(/^## /m).slice(1);
  const titles = recipes.map((recipe) => recipe.split("\n")[0]);
  assert.deepEqual(titles, [
    "An optimizer",
    "An activation",
    "A schedule",
    "A data set",
    "A sweep method",
    "A setting",
    "A measure",
    "A grading check",
    "A command",
    "A chart",
  ]);
  for (const recipe of recipes) assert.ok((recipe.match(PATH) ?? []).length >= 2, recipe);
});

for (const readme of ["README.md", "README.ja.md"]) {
  Deno.test(`the program that ${readme} shows trains a network`, async () => {
    const text = await Deno.readTextFile(new URL(readme, ROOT));
    const program = /```ts\n(.*?)```/s.exec(text)?.[1] ?? "";
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-prompt", "--ignore-env", "--ext=ts", "-"],
      cwd: ROOT,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = process.stdin.getWriter();
    await writer.write(new TextEncoder().encode(program));
    await writer.close();
    const { success, stdout, stderr } = await process.output();
    assert.ok(success, new TextDecoder().decode(stderr));
    const epochs = new TextDecoder().decode(stdout).trim().split("\n").map((line) =>
      line.split(" ").map(Number)
    );
    assert.equal(epochs.length, 3);
    // Losses fall, and the network does better than chance.
    assert.ok(epochs[2][0] < epochs[0][0] && epochs[2][1] > 0.5, `${epochs}`);
  });
}

for (const [readme, language] of [["README.md", "en"], ["README.ja.md", "ja"]] as const) {
  Deno.test(`the mistakes that ${readme} shows are those of its config`, async () => {
    const text = await Deno.readTextFile(new URL(readme, ROOT));
    const config = text.split("```").find((block) =>
      block.startsWith("yaml\n") && block.includes("name: mine")
    );
    assert.ok(config !== undefined);
    const wrong = config.slice("yaml\n".length).replace("batch_size: 20", "batch_size: 0").replace(
      "learning_rate: 0.1 }",
      "learning_rat: 0.1 }",
    );
    assert.throws(() => parseExperiment(wrong, { file: "configs/mine.yaml" }), (error) => {
      assert.ok(error instanceof ConfigError);
      const told = language === "ja" ? error.ja : error.message;
      // Dots stand for the keys that are allowed.
      const dotted = told.replace(/allowed here: .*?;/, "...").replace(
        /(?<=ここに書けるキー：).*?(?=。)/,
        "…",
      );
      assert.deepEqual(text.match(/^configs\/mine\.yaml:.*$/gm), dotted.match(/^configs\/mine\.yaml:.*$/gm));
      return true;
    });
  });
}

Deno.test("how many standard errors a difference takes is as the verdicts have it", async () => {
  for (const page of ["docs/sweeps.md", "docs/sweeps.ja.md"]) {
    const rows = (await Deno.readTextFile(new URL(page, ROOT))).split("\n")
      .map((line) => line.match(/^\| (\d+) +\|((?: [\d.,]+ +\|){4})$/)).filter((row) => row !== null);
    assert.deepEqual(rows.map(([, seeds]) => seeds), ["2", "3", "5", "10"], page);
    for (const [, seeds, cells] of rows) {
      const told = cells.split("|").slice(0, 4).map((cell) => cell.trim().replace(",", ""));
      const found = [2, 4, 9, 27].map((trials, i) =>
        criticalT(1 - 0.05 / pairCount(trials), Number(seeds) - 1).toFixed(told[i].split(".")[1]?.length ?? 0)
      );
      assert.deepEqual(told, found, `${page}, ${seeds} seeds`);
    }
  }
});
