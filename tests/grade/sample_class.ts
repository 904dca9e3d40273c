import { parse } from "yaml";
import { checkName } from "../../src/grade/checks/registry.ts";
import type { Exhibits } from "../../src/grade/exhibits.ts";
import { type FinalGrade, finalGrades } from "../../src/grade/final_grade.ts";
import type { Track } from "../../src/grade/manifest.ts";
import { type Rubric, rubricSchema, titleIn } from "../../src/grade/rubric.ts";
import type { Language } from "../../src/settings/setting.ts";
import {
  type CheckGrade,
  roundPoints,
  type SubmissionGrade,
  sumPoints,
} from "../../src/grade/submission_grade.ts";

const RUBRIC = new URL("../../configs/rubrics/sprint-nn.yaml", import.meta.url);

/** A name and a text as somebody would write them who wants to be more than text. */
export const HOSTILE = `<img src=x onerror="alert(1)"></style></script><script>alert(2)</script>`;

/** The shipped rubric, in a language. */
export async function shippedRubric(language: Language): Promise<Rubric> {
  const rubric = rubricSchema.parse(parse(await Deno.readTextFile(RUBRIC)));
  return { ...rubric, language, due: "2026-05-01T00:00:00Z" };
}

/** What becomes of a check, by its name; a check that is not named passes. */
type Fates = Readonly<Record<string, Partial<CheckGrade> & { part?: number }>>;

/** A submission's grade by the shipped rubric. */
export function gradeBy(
  rubric: Rubric,
  { student, track = "artifact", fates = {}, ...more }:
    & { student: string; track?: Track; fates?: Fates }
    & Partial<SubmissionGrade>,
): SubmissionGrade {
  const problems = rubric.problems.map((problem) => {
    const checks = problem.checks.filter(({ tracks }) => tracks.includes(track)).map((spec): CheckGrade => {
      const name = checkName(spec);
      const { part = 1, ...fate } = fates[name] ?? {};
      return {
        name,
        status: part === 1 ? "passed" : part > 0 ? "partial" : "failed",
        points: roundPoints(part * spec.points),
        max: spec.points,
        visibility: spec.visibility,
        reason: part === 1
          ? "All of it agrees with ours: the same to rounding."
          : `The student's ${name} and ours differ, which ${student} alone has in this way.`,
        obstacle: null,
        hint: part === 1 ? null : "Compare one row by hand, from the last layer to the first.",
        mistakes: [],
        override: null,
        bonus: "bonus" in spec && spec.bonus === true,
        ...fate,
      };
    });
    const title = titleIn(problem, rubric.language);
    return {
      name: problem.name,
      title,
      points: sumPoints(checks),
      max: problem.points,
      bonus: sumPoints(checks.filter(({ bonus }) => bonus).map((check) => ({ ...check, bonus: false }))),
      checks,
      override: null,
    };
  });
  return {
    student,
    submission: student,
    sha256: "ab".repeat(32),
    track,
    submitted: null,
    problems,
    testAccuracy: 0.96,
    notes: [],
    claim: null,
    understood: [],
    remarks: [],
    learned: null,
    cap: null,
    exhibits: exhibits(),
    ...more,
  };
}

/** A learning curve and misclassified images. */
export function exhibits({ epochs = 10, wrong = 312 }: { epochs?: number; wrong?: number } = {}): Exhibits {
  const own = Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    train_loss: 0.05 + 1.9 / (1 + i * i),
    val_loss: 0.09 + 1.2 / (1 + i * i),
  }));
  const images = Array.from({ length: Math.min(60, wrong) }, (_, i) => ({
    index: 7 * i,
    predicted: i % 10,
    label: (i + 3) % 10,
    pixels: Uint8Array.from(
      { length: 784 },
      (_, p) => ((p % 28) - 14) ** 2 + (Math.floor(p / 28) - 12) ** 2 < 40 + i ? 220 : 0,
    ),
  }));
  return {
    curve: {
      own,
      ours: own.map(({ epoch, train_loss, val_loss }) => ({
        epoch,
        train_loss: 0.8 * train_loss,
        val_loss: 0.97 * val_loss,
      })),
      sameSeeds: true,
    },
    wrong: { tested: 10_000, count: wrong, images },
  };
}

/** A class with all that can be: not learned, late, forged, slow, not graded, undiagnosed alike, hostile. */
export function sampleClass(rubric: Rubric): FinalGrade[] {
  const gradient = { part: 0.33, mistakes: ["gradient_summed"], reason: "2 of 6 gradients agree with ours." };
  const alike = (part: number, percent: string) => ({
    part,
    reason: `4 of 6 gradients agree with ours. W1 is off by ${percent} %; B1 is off by 33.3 %.`,
  });
  const grades = [
    gradeBy(rubric, { student: "s1000001" }),
    gradeBy(rubric, { student: "s1000002", fates: { gradcheck: gradient } }),
    gradeBy(rubric, { student: "s1000003", fates: { gradcheck: gradient, history: { part: 0.5 } } }),
    gradeBy(rubric, { student: "s1000004", fates: { gradcheck: alike(0.667, "25.01") } }),
    gradeBy(rubric, { student: "s1000005", fates: { gradcheck: alike(0.667, "24.99") } }),
    gradeBy(rubric, {
      student: "s1000006",
      fates: { band: { part: 0 }, history: { part: 0 }, recompute: { part: 0.5 } },
      learned: false,
      cap: 60,
      testAccuracy: 0.098,
    }),
    gradeBy(rubric, {
      student: "s1000007",
      learned: false,
      cap: 60,
      testAccuracy: 0.113,
      fates: { band: { part: 0 } },
    }),
    gradeBy(rubric, {
      student: "s1000008",
      track: "ts",
      fates: {
        gradcheck: { part: 0.5 },
        one_step_fit: { status: "timeout", points: 0, reason: "fit: too slow" },
      },
    }),
    gradeBy(rubric, {
      student: "s1000009",
      fates: {
        band: { status: "not_graded", points: 0, obstacle: "no images", reason: "Not graded: no images" },
      },
      remarks: [{ id: "by_differences", text: "gradients agree to 1e-7 only: by differences?" }],
      understood: ["probe.npz: w1, b1 are taken for W1, B1."],
    }),
    gradeBy(rubric, {
      student: HOSTILE,
      fates: { vector: { part: 0, reason: `${HOSTILE} ${"very long ".repeat(200)}`, hint: HOSTILE } },
      notes: [`${HOSTILE}: broken`],
      remarks: [{ id: "by_differences", text: HOSTILE }],
    }),
  ];
  return finalGrades(grades, {
    rubric,
    overrides: [{
      student: "s1000003",
      problem: "learning_curve",
      points: 8,
      reason: "seen in the notebook",
    }],
    submitted: new Map([["s1000004", "2026-05-02T12:00:00Z"]]),
  });
}
