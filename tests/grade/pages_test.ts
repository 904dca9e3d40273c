import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { type FinalGrade, finalGrades } from "../../src/grade/final_grade.ts";
import { classData } from "../../src/grade/outputs/class_data.ts";
import { feedbackOf } from "../../src/grade/outputs/feedback.ts";
import { classPage } from "../../src/grade/pages/class_page.tsx";
import { studentPage } from "../../src/grade/pages/student_page.tsx";
import { readRoster } from "../../src/grade/roster.ts";
import type { Rubric } from "../../src/grade/rubric.ts";
import type { Stage } from "../../src/grade/submission_grade.ts";
import type { Language } from "../../src/settings/setting.ts";
import { until } from "../chromium.ts";
import { exhibits, gradeBy, HOSTILE, sampleClass, shippedRubric } from "./sample_class.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(exists);
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];
const AXE = new URL("axe.min.js", import.meta.resolve("axe-core"));

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

const finalOf = (grades: readonly FinalGrade[], student: string) =>
  grades.find((grade) => grade.student === student)!;

function student(final: FinalGrade, rubric: Rubric, stage: Stage = "published"): string {
  return studentPage(feedbackOf(final, { rubric, stage }));
}

/** The class page, with everything on it that can be. */
function classOf(grades: readonly FinalGrade[], rubric: Rubric): string {
  const data = classData(grades, {
    rubric,
    pairs: [{
      a: "s1000001",
      b: "s1000002",
      submissions: { a: "s1000001", b: "s1000002-2" },
      what: "weights.npz",
      similarity: 1,
      note: null,
    }],
    roster: readRoster([["student"], ...grades.map(({ student }) => [student]), ["s1000011"], ["s1000012"]]),
  });
  return classPage(data, (name) => `feedback/${encodeURIComponent(name)}.html`);
}

/** The text of a page, without its style. */
const textOf = (html: string) => html.replace(/<style>.*?<\/style>/s, "").replaceAll(/<[^>]*>/g, " ");

Deno.test("a student's page says what the Markdown says, and shows curve and images", async () => {
  const rubric = await shippedRubric("en");
  const html = student(finalOf(sampleClass(rubric), "s1000003"), rubric);
  const text = textOf(html);
  assert.match(text, /Hint\s+Compare one row by hand/);
  assert.match(text, /Changed by hand from 4 to 8: seen in the notebook/);
  assert.match(text, /312 of 10000 test images are classified wrongly\. These are the first 60\./);
  assert.equal(html.match(/<img /g)?.length, 60);
  assert.match(
    html,
    /aria-label="Training loss over 10 epochs, with ours over 10\. Yours ends at 0\.07317\."/,
  );
});

Deno.test("what a student must not see yet is nowhere on the page", async () => {
  const rubric = await shippedRubric("en");
  const hide = (name: string, visibility: "hidden" | "after_due_date") => ({
    [name]: { visibility, part: 0.5, reason: `secret of ${name}` },
  });
  const fates = {
    ...hide("history", "hidden"),
    ...hide("misclassified", "after_due_date"),
    ...hide("band", "hidden"),
  };
  const grade = gradeBy(rubric, { student: "s1", fates, learned: false, cap: 60 });
  const [final] = finalGrades([grade], { rubric, overrides: [], submitted: new Map() });
  for (const stage of ["open", "published"] as const) {
    const html = student(final, rubric, stage);
    assert.doesNotMatch(html, /secret of history|secret of band|id="curve"|not learned/);
    assert.equal(html.includes("secret of misclassified"), stage === "published");
    assert.equal(html.includes('id="images"'), stage === "published");
    assert.doesNotMatch(textOf(html), /60 points|of 100 points/);
  }
});

Deno.test("whatever is not a student's to write stays text: names, reasons, hints, notes", async () => {
  for (const language of ["en", "ja"] as const) {
    const rubric = await shippedRubric(language);
    const grades = sampleClass(rubric);
    for (const html of [student(finalOf(grades, HOSTILE), rubric), classOf(grades, rubric)]) {
      assert.ok(html.includes("&lt;img src=x onerror="));
      assert.doesNotMatch(html, /<script|<img src=x|<\/style>.*<\/style>/s);
    }
  }
});

Deno.test("a page allows itself no script, no connection and no style but its own", async () => {
  const rubric = await shippedRubric("en");
  const grades = sampleClass(rubric);
  for (const html of [student(grades[0], rubric), classOf(grades, rubric)]) {
    const [, policy] = html.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/) ?? [];
    assert.match(
      policy,
      /^default-src 'none'; img-src data:; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'$/,
    );
    assert.doesNotMatch(html, / style="| on\w+="[^&]/);
  }
});

Deno.test("ten thousand misclassified images and as many epochs make a page of less than 300 kB", async () => {
  const rubric = await shippedRubric("en");
  const [final] = sampleClass(rubric);
  const shown = exhibits({ epochs: 2000, wrong: 10_000 });
  const html = student({ ...final, grade: { ...final.grade, exhibits: shown } }, rubric);
  assert.ok(html.length < 300_000, `${html.length}`);
  assert.match(textOf(html), /10000 of 10000 test images are classified wrongly\. These are the first 60\./);
  assert.match(textOf(html), /The table shows 100 of 2000 epochs\./);
});

Deno.test("losses that are not finite, epochs out of order and a run of ours that is missing are said and drawn all the same", async () => {
  const rubric = await shippedRubric("en");
  const [final] = sampleClass(rubric);
  const own = [3, 1, 1e15].map((epoch, i) => ({ epoch, train_loss: i === 1 ? null : 1e300, val_loss: null }));
  const html = student(
    {
      ...final,
      grade: { ...final.grade, exhibits: { curve: { own, ours: null, sameSeeds: false }, wrong: null } },
    },
    rubric,
  );
  assert.match(
    textOf(html),
    /Our own run is not shown\..*1 value is not finite and not drawn\./s,
  );
  assert.doesNotMatch(html, /NaN|Infinity/);
  assert.equal(html.match(/<figure>/g)?.length, 1);
});

Deno.test("the class page lists who has not learned first, the worst at the top, then who handed in nothing", async () => {
  const rubric = await shippedRubric("en");
  const text = textOf(classOf(sampleClass(rubric), rubric)).replaceAll(/\s+/g, " ");
  const order = [
    "Networks that have not learned",
    "s1000006",
    "s1000007",
    "Nothing handed in",
    "s1000011",
    "Distribution",
  ];
  assert.deepEqual(order.map((part) => text.indexOf(part)).filter((at) => at < 0), []);
  assert.deepEqual([...order].sort((a, b) => text.indexOf(a) - text.indexOf(b)), order);
  assert.match(text, /Nothing handed in 2 of 12 on the roster\. s1000011 s1000012/);
});

Deno.test("mistakes are counted by name, and unknown ones with the same numbers are one group", async () => {
  const rubric = await shippedRubric("en");
  const { mistakes, undiagnosed, columns } = classData(sampleClass(rubric), { rubric, pairs: [] });
  assert.deepEqual(mistakes.map(({ students }) => students), [["s1000002", "s1000003"]]);
  assert.deepEqual(undiagnosed.find(({ check }) => check === "Gradients")?.students, [
    "s1000004",
    "s1000005",
  ]);
  assert.deepEqual(
    columns.filter(({ problem }) => problem === 3).map(({ name }) => name),
    ["gradcheck", "gradcheck_sigmoid", "gradcheck_sum", "one_step", "ragged_batch"],
  );
});

Deno.test("the class page's map has a cell for each student and check, with its points and a title", async () => {
  const rubric = await shippedRubric("en");
  const grades = sampleClass(rubric);
  const html = classOf(grades, rubric);
  const map = html.slice(html.indexOf('<table class="map"'));
  const rows = map.slice(0, map.indexOf("</table>")).split("<tr>").slice(3);
  assert.equal(rows.length, grades.length);
  assert.match(rows[0], /s1000006<\/a><span class="badge">not learned<\/span>/);
  const { columns } = classData(grades, { rubric, pairs: [] });
  for (const row of rows) assert.equal(row.match(/<td class="(?:h\d|open|absent)/g)?.length, columns.length);
  assert.match(map, /<td class="h6 (?:edge)?" title="0 of 8, failed: The student/);
});

interface Shown {
  page: Page;
  /** Console messages, errors, and every request but that for the file itself. */
  complaints: string[];
}

async function show(
  browser: Browser,
  path: string,
  { width, scheme }: { width: number; scheme: "light" | "dark" },
): Promise<Shown> {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== `file://${path}` && !request.url().startsWith("data:")) {
      complaints.push(request.url());
    }
  });
  await page.goto(`file://${path}`);
  return { page, complaints };
}

async function violations(page: Page): Promise<string[]> {
  // The page's policy lets no script in: the test's comes through the debugger.
  await page.evaluate(await Deno.readTextFile(AXE));
  const found: string[] = await page.evaluate(
    `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => impact + " " + id + ": " + nodes.map(({ html }) => html).slice(0, 3).join(" ")))`,
  );
  return found.filter((line) => /^(serious|critical)/.test(line));
}

/** Texts that stand beyond their box and can be reached by no scrolling; a map's names may be shortened, with the whole as a title. */
function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll("p, h1, h2, h3, li, dd, dt, td, th, svg text")]
    .filter((element) => !element.closest(".map, .unseen, details:not([open])") && element.getClientRects().length > 0)
    .filter((element) => {
      const box = element.getBoundingClientRect();
      const outer = (element.closest("svg") ?? element.closest(".scroll > table") ?? document.documentElement).getBoundingClientRect();
      return element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && getComputedStyle(element).display !== "inline"
        || box.right > outer.right + 1 || box.left < outer.left - 1;
    }).map((element) => element.outerHTML.slice(0, 120))`);
}

Deno.test({
  name: CHROMIUM === undefined
    ? "the pages of grades in Chromium: skipped, as there is none (apt-get install chromium)"
    : "the pages of grades in Chromium",
  ignore: CHROMIUM === undefined,
  // The browser's process and its pipes outlive single steps; the test closes them at its end.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const folder = await Deno.makeTempDir();
    // When it is loaded, playwright looks for WSL in /proc, which takes all permissions there are, unless its own test is on.
    Deno.env.set("__IS_WSL_TEST__", "1");
    const { chromium } = await import("playwright-core");
    const browser = await chromium.launch({
      ...CHROMIUM === undefined ? {} : { executablePath: CHROMIUM },
      args: FLAGS,
    });
    try {
      const write = async (name: string, html: string) => {
        const path = `${folder}/${name}.html`;
        await Deno.writeTextFile(path, html);
        return path;
      };
      for (const language of ["en", "ja"] satisfies Language[]) {
        const rubric = await shippedRubric(language);
        const grades = sampleClass(rubric);
        const pages = {
          "the class page": await write(`class-${language}`, classOf(grades, rubric)),
          "a student's page": await write(
            `student-${language}`,
            student(finalOf(grades, "s1000003"), rubric),
          ),
          "a hostile student's page": await write(
            `hostile-${language}`,
            student(finalOf(grades, HOSTILE), rubric),
          ),
        };
        const views = language === "en"
          ? [[1280, "light"], [400, "dark"]] as const
          : [[1280, "dark"], [400, "light"]] as const;
        for (const [what, path] of Object.entries(pages)) {
          for (const [width, scheme] of views) {
            await t.step(
              `${what}, ${language}, ${width} pixels wide, ${scheme}: nothing complains or is cut`,
              async () => {
                const { page, complaints } = await show(browser, path, { width, scheme });
                assert.deepEqual(complaints, []);
                const scrolled: number = await page.evaluate("document.documentElement.scrollWidth");
                assert.ok(scrolled <= width, `the page is ${scrolled} wide`);
                assert.deepEqual(await cutTexts(page), []);
                assert.deepEqual(await violations(page), []);
                const ground: string = await page.evaluate("getComputedStyle(document.body).backgroundColor");
                assert.equal(ground, scheme === "dark" ? "rgb(21, 25, 31)" : "rgb(255, 255, 255)");
                await page.close();
              },
            );
          }
        }
      }

      await t.step("the map is scrolled and its students are reached by keyboard", async () => {
        const { page } = await show(browser, `${folder}/class-en.html`, { width: 400, scheme: "light" });
        await page.locator(".scroll:has(.map)").focus();
        await page.keyboard.press("ArrowRight");
        await until(page, `document.querySelector(".scroll:has(.map)").scrollLeft > 0`);
        await page.keyboard.press("Tab");
        assert.equal(await page.evaluate("document.activeElement.textContent"), "s1000006");
        await page.close();
      });

      await t.step("the map fits on a landscape page of A4", async () => {
        const { page } = await show(browser, `${folder}/class-en.html`, { width: 1017, scheme: "light" });
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 1017);
        await page.close();
      });

      await t.step("it prints light, with the table of losses left closed", async () => {
        const { page } = await show(browser, `${folder}/student-en.html`, { width: 800, scheme: "dark" });
        await page.emulateMedia({ media: "print" });
        assert.equal(
          await page.evaluate("getComputedStyle(document.body).backgroundColor"),
          "rgb(255, 255, 255)",
        );
        assert.equal(await page.locator("summary:visible").count(), 0);
        await page.close();
      });
    } finally {
      await browser.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});
