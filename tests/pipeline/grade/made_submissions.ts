import { PipelineEngine } from "../../../pipeline/grade/engine.ts";
import { parseYaml } from "../../../pipeline/grade/parse_yaml.ts";
import { ReferenceFile } from "../../../pipeline/grade/reference_file.ts";
import { openSubmission } from "../../../pipeline/grade/submission/open_submission.ts";
import { Store } from "../../../pipeline/store/store.ts";
import type { GradeEngine } from "../../../src/grade/engine.ts";
import { gradeSubmission } from "../../../src/grade/grade_submission.ts";
import { type Rubric, rubricSchema } from "../../../src/grade/rubric.ts";
import type { CsvTable, Submission, SubmittedArray } from "../../../src/grade/submission.ts";
import type { CheckGrade, SubmissionGrade } from "../../../src/grade/submission_grade.ts";
import { tensor } from "../../../src/grade/tensors.ts";

const SUBMISSIONS = new URL("../../grade/submissions/", import.meta.url).pathname;
const RUBRIC = new URL("../../../configs/rubrics/sprint-nn.yaml", import.meta.url);
const { value: shipped } = parseYaml(await Deno.readTextFile(RUBRIC), {
  file: "rubric",
  schema: rubricSchema,
  what: "a rubric",
});

/** The shipped rubric for the digits that the program draws, with three runs of ours; what it asks of a manifest is left out. */
export const rubric: Rubric = {
  ...shipped,
  dataset: "strokes",
  reference: { ...shipped.reference, seeds: [0, 1, 2] },
  require: {},
};

/** What the shipped rubric asks of a manifest. */
export const shippedRequirements = shipped.require;

/** The engine that trains on those digits. Its store lies in a folder that is removed with it. */
export async function strokesEngine(): Promise<PipelineEngine & AsyncDisposable> {
  const folder = await Deno.makeTempDir();
  const engine = new PipelineEngine({
    context: { store: await Store.open(folder), signal: new AbortController().signal, emit() {} },
    mirror: undefined,
    workers: 1,
    reference: new ReferenceFile(null, "none"),
  });
  return Object.assign(engine, {
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  });
}

/** The perfect artifact submission, with what a row of a test makes of it. */
export async function made(
  change: (perfect: Submission) => Partial<Submission> = () => ({}),
): Promise<Submission> {
  const perfect = await openSubmission(`${SUBMISSIONS}perfect-artifact`);
  return { ...perfect, ...change(perfect) };
}

/** Its manifest, with other values. */
export function manifestWith(perfect: Submission, more: Partial<NonNullable<Submission["manifest"]>>) {
  if (perfect.manifest === null) throw new TypeError("the perfect submission must have a manifest");
  return { manifest: { ...perfect.manifest, ...more } };
}

export function gradeMade(
  submission: Submission,
  { engine, rules = {} }: { engine: GradeEngine; rules?: Partial<Rubric> },
): Promise<SubmissionGrade> {
  return gradeSubmission(submission, { rubric: { ...rubric, ...rules }, engine, program: null });
}

/** A check of a grade by its name. */
export function checkOf({ problems }: SubmissionGrade, name: string): CheckGrade {
  const found = problems.flatMap(({ checks }) => checks).find((check) => check.name === name);
  if (found === undefined) throw new RangeError(`no check ${name}`);
  return found;
}

/** Points lost, by check, bonus too; checks that lost none are left out. */
export function lostPoints({ problems }: SubmissionGrade): Record<string, number> {
  const lost = problems.flatMap(({ checks }) => checks).filter(({ points, max }) => points < max);
  return Object.fromEntries(
    lost.map(({ name, points, max }) => [name, Math.round(100 * (max - points)) / 100]),
  );
}

/** The rows of a table through a function. */
export function mapRows(
  table: CsvTable | null,
  row: (cells: readonly string[], i: number) => string[],
): CsvTable {
  if (table === null) throw new TypeError("there must be a table");
  return { header: table.header, rows: table.rows.map(row) };
}

export function transpose({ shape: [rows, columns], data, dtype }: SubmittedArray): SubmittedArray {
  return { ...tensor([columns, rows], (i) => data[(i % rows) * columns + Math.floor(i / rows)]), dtype };
}
