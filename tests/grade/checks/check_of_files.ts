import assert from "node:assert/strict";
import type { GradeEngine } from "../../../src/grade/engine.ts";
import { gradeSubmission } from "../../../src/grade/grade_submission.ts";
import { manifestSchema } from "../../../src/grade/manifest.ts";
import { rubricSchema } from "../../../src/grade/rubric.ts";
import type { Submission } from "../../../src/grade/submission.ts";
import type { CheckGrade } from "../../../src/grade/submission_grade.ts";
import { parseYaml } from "../../../pipeline/grade/parse_yaml.ts";
import { FAKE_ENGINE } from "../fake_engine.ts";

const text = await Deno.readTextFile(new URL("../../../configs/rubrics/sprint-nn.yaml", import.meta.url));
const { value: rubric } = parseYaml(text, { file: "rubric", schema: rubricSchema, what: "a rubric" });

/** What a check of the shipped rubric finds in these files, with an engine that trains nothing. */
export async function check(
  name: string,
  files: Partial<Submission>,
  { language = "en", manifest = {}, engine = FAKE_ENGINE }: {
    language?: "en" | "ja";
    manifest?: object;
    engine?: GradeEngine;
  } = {},
): Promise<CheckGrade> {
  const submission: Submission = {
    name: "s1",
    sha256: "0".repeat(64),
    files: [],
    manifest: manifestSchema.parse({ schema: 1, student: "s1", track: "artifact", epochs: 3, ...manifest }),
    source: null,
    predictions: null,
    history: null,
    misclassified: null,
    weights: null,
    probe: null,
    problems: [],
    ...files,
  };
  const { problems } = await gradeSubmission(submission, {
    // What the rubric asks of manifests is another test's.
    rubric: { ...rubric, language, require: {} },
    engine,
    program: null,
  });
  const found = problems.flatMap(({ checks }) => checks).find((check) => check.name === name);
  assert.ok(found !== undefined, name);
  return found;
}

/** The fake engine's run has a training loss of 0.3 before each step, 0.28 after each epoch, 0.5 of the last batch, 0.2 in validation. */
export function history(train: string, validation: string) {
  return {
    header: ["epoch", "train_loss", "val_loss"],
    rows: ["1", "2", "3"].map((e) => [e, train, validation]),
  };
}
