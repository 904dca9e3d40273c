import { z } from "zod";
import { checkName, checkSchema } from "./checks/registry.ts";
import { NAME } from "./checks/check.ts";
import { refuse } from "./fault.ts";
import { TRACKS } from "./manifest.ts";
import { settings } from "./rubric_settings.ts";
import { folderName } from "../settings/folder_name.ts";
import { type Language, LANGUAGES, type Texts } from "../settings/setting.ts";

const time = z.iso.datetime({ offset: true })
  .meta({
    patternErrorMessage: "a time with its zone, such as 2026-05-01T23:59:00+09:00",
    ja: "2026-05-01T23:59:00+09:00 のような、時差の付いた日時",
  });

const title = z.union([
  z.string().min(1),
  z.strictObject({
    en: z.string().min(1).describe("In English."),
    ja: z.string().min(1).describe("In Japanese."),
  }),
]).describe("What students see: a text, or one a language, as {en, ja}.");

const problemSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
    .meta(NAME)
    .describe("The problem's column in gradebook.csv."),
  title,
  points: z.number().positive().max(1000).describe(
    "In each track its checks add up to this, those of bonus aside.",
  ),
  checks: z.array(checkSchema).min(1).describe("How points come about."),
});

/** A rubric as its file declares it: strict, with every default filled in. */
export const rubricSchema = z.strictObject({
  assignment: folderName(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$/)
    .meta({
      patternErrorMessage: "up to 64 letters, digits, `.`, `_` and `-` that do not end with `.`",
      ja: "英数字、`.`、`_`、`-` からなり `.` で終わらない 64 文字までの名前",
    })
    .describe("Names the folder results/grades/<assignment>/."),
  title,
  language: z.enum(LANGUAGES).default("en").describe(
    "The language of what students and instructors read: English or Japanese.",
  ),
  points: z.number().positive().max(10_000).describe("What all problems add up to, bonus aside."),
  with_bonus: z.number().positive().max(10_000).optional().describe(
    "The most that points and bonus give together. Left out: `points`, so that bonus only makes up for points lost elsewhere.",
  ),
  tracks: z.array(z.enum(TRACKS)).min(1).default([...TRACKS]).describe("The tracks that may be handed in."),
  dataset: settings.dataset,
  due: time.optional().describe("When it must be handed in. Left out: nothing is late."),
  late: z.strictObject({
    grace_minutes: z.number().min(0).default(0).describe(
      "Minutes after the due time within which nothing is late. The days of what is later are counted from the due time all the same.",
    ),
    per_day: z.number().min(0).max(100).default(10).describe(
      "Per cent of the points earned that each day begun takes, counted from the due time.",
    ),
    maximum: z.number().min(0).max(100).default(50).describe("The most that lateness takes, in per cent."),
  }).prefault({}).describe("What handing in late costs."),
  attempts: z.strictObject({
    limit: z.int().min(1).max(1000).optional().describe(
      "How many submissions of a student count, the first ones. Left out: all.",
    ),
    keep: z.enum(["best", "last"]).default("best").describe("Which of them counts."),
    free_until: time.optional().describe(
      "Whoever handed in before may hand in again until then, no later than the first time as far as lateness goes.",
    ),
  }).prefault({}).describe("Handing in more than once."),
  programs: settings.programs,
  reference: settings.reference,
  require: settings.require,
  learned: settings.learned,
  cap: z.number().min(0).optional().describe(
    "The most points for a submission whose network has not learned, or that has none to look at. Left out: no such bound.",
  ),
  problems: z.array(problemSchema).min(1).describe("The problems in their order."),
}).superRefine(({ points, with_bonus, learned, cap, tracks, problems }, context) => {
  const total = sum(problems.map((problem) => problem.points));
  if (!equal(total, points)) {
    refuse(context, ["points"], ["sumOfProblems", show(total), points]);
  }
  if (with_bonus !== undefined && with_bonus < points) {
    refuse(context, ["with_bonus"], ["belowPoints", points, with_bonus]);
  }
  if (cap !== undefined && learned === undefined) {
    refuse(context, ["cap"], ["capAlone"]);
  }
  const most = with_bonus ?? points;
  if (cap !== undefined && cap > most) {
    refuse(context, ["cap"], ["capTooHigh", most, cap]);
  }
  const names = new Set<string>();
  for (const [p, problem] of problems.entries()) {
    if (names.has(problem.name)) {
      refuse(context, ["problems", p, "name"], ["problemTwice", problem.name]);
    }
    names.add(problem.name);
    for (const track of tracks) {
      const checks = problem.checks.filter((check) => check.tracks.includes(track));
      const sumOfChecks = sum(checks.filter(({ bonus }) => !bonus).map((check) => check.points));
      if (!equal(sumOfChecks, problem.points)) {
        const path = ["problems", p, "points"];
        refuse(context, path, ["sumOfChecks", track, show(sumOfChecks), problem.points]);
      }
      const seen = new Set<string>();
      for (const check of checks) {
        const name = checkName(check);
        if (seen.has(name)) {
          const path = ["problems", p, "checks", problem.checks.indexOf(check)];
          refuse(context, path, ["checkTwice", track, name]);
        }
        seen.add(name);
      }
    }
  }
}).describe("How an assignment is graded.");

export type Rubric = z.infer<typeof rubricSchema>;
export type Problem = Rubric["problems"][number];

/** The title of a rubric or of one of its problems in a language. */
export function titleIn({ title }: { readonly title: string | Texts }, language: Language): string {
  return typeof title === "string" ? title : title[language];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}

/** Points such as 0.1 + 0.2 need not add up to the last bit. */
function equal(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-9;
}

function show(points: number): string {
  return String(Math.round(points * 1e6) / 1e6);
}

/** The JSON Schema (draft 7) of a rubric as it is written, by which editors complete and check: configs/rubrics/schema.json. */
export function rubricJsonSchema(): z.core.JSONSchema.JSONSchema {
  const { $schema, ...schema } = z.toJSONSchema(rubricSchema, {
    io: "input",
    target: "draft-7",
    override({ jsonSchema }) {
      // Editors would offer the empty mapping of a section as its value.
      if (typeof jsonSchema.default === "object" && !Array.isArray(jsonSchema.default)) {
        delete jsonSchema.default;
      }
      // Editors show the English.
      delete jsonSchema.ja;
    },
  });
  return { ...$schema && { $schema }, title: "Rubric", ...schema };
}
