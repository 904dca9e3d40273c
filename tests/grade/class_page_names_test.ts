import assert from "node:assert/strict";
import type { FinalGrade } from "../../src/grade/final_grade.ts";
import { classData } from "../../src/grade/outputs/class_data.ts";
import { classPage } from "../../src/grade/pages/class_page.tsx";
import { testInChromium } from "../chromium.ts";
import { sampleClass, shippedRubric } from "./sample_class.ts";

testInChromium("long names of students on the class page", async ({ t, browser, folder }) => {
  const rubric = await shippedRubric("ja");
  const grades = sampleClass(rubric).map((final): FinalGrade => {
    const student = `${final.student}-of-the-evening-class`;
    return { ...final, student, grade: { ...final.grade, student } };
  });
  const path = `${folder}/class.html`;
  await Deno.writeTextFile(
    path,
    classPage(classData(grades, { rubric, pairs: [] }), (student) => `feedback/${student}.html`),
  );
  for (const width of [360, 1280]) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.goto(`file://${path}`);
    await t.step(`${width} pixels wide: none is cut, and each is as high as a finger needs`, async () => {
      const found = await page.evaluate(
        `[...document.querySelectorAll("#map tbody a, #mistakes a")].map((link) => {
        const box = link.getBoundingClientRect();
        const scroll = link.closest(".scroll").getBoundingClientRect();
        const cell = link.closest("th, td");
        return {
          name: link.textContent,
          cut: box.right > scroll.right + 0.5 || cell.scrollWidth > cell.clientWidth + 1 || link.scrollWidth > link.clientWidth + 1,
          low: box.height < 24,
        };
      })`,
      ) as { name: string; cut: boolean; low: boolean }[];
      assert.ok(found.length > 10);
      assert.deepEqual(found.filter(({ cut, low }) => cut || low), []);
    });
    await page.close();
  }
});
