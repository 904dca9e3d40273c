import assert from "node:assert/strict";
import { largeProbeBatch, probeBatch, smallProbeBatch, zeroProbabilities } from "../../src/grade/batch.ts";
import { gradeSubmission } from "../../src/grade/grade_submission.ts";
import { manifestSchema } from "../../src/grade/manifest.ts";
import type { NotebookFacts } from "../../src/grade/notebook.ts";
import type { Method } from "../../src/grade/reference/method.ts";
import { argmax, forward, gradients, step } from "../../src/grade/reference/network.ts";
import { rubricSchema } from "../../src/grade/rubric.ts";
import type { SubmittedArray } from "../../src/grade/submission.ts";
import type { CheckGrade } from "../../src/grade/submission_grade.ts";
import { tensor, type Tensors, vector } from "../../src/grade/tensors.ts";
import { parseYaml } from "../../pipeline/grade/parse_yaml.ts";
import { FAKE_ENGINE } from "./fake_engine.ts";

const text = await Deno.readTextFile(new URL("../../configs/rubrics/sprint-nn.yaml", import.meta.url));
const { value: rubric } = parseYaml(text, { file: "rubric", schema: rubricSchema, what: "a rubric" });
const PROBLEMS = ["forward", "cross_entropy", "backpropagation", "estimation"];

/** What a program that works by this method saves in probe.npz. */
export function probeOf(method: Method, reduction: "mean" | "sum"): Record<string, SubmittedArray> {
  const batch = probeBatch();
  const asked = { activation: "tanh", reduction, learningRate: 0.1 } as const;
  const { inputs: [, A1, A2], probabilities } = forward(batch, "tanh", method);
  const loss = (P: typeof probabilities) => tensor([], () => method.loss(P, batch.Y));
  const named = (prefix: string, tensors: Tensors) =>
    Object.fromEntries(Object.entries(tensors).map(([name, array]) => [prefix + name, array]));
  const arrays = {
    A1,
    A2,
    probabilities,
    probabilities_large: forward(largeProbeBatch(), "tanh", method).probabilities,
    loss: loss(probabilities),
    loss_zero: loss(tensor(probabilities.shape, (i) => Math.max(zeroProbabilities().data[i], 1e-7))),
    predictions: vector(argmax(probabilities)),
    ...named("d", gradients(batch, asked, method)),
    ...named("small_d", gradients(smallProbeBatch(), asked, method)),
    ...named("new_", step(batch, asked, method)),
  };
  return Object.fromEntries(
    Object.entries(arrays).map(([name, array]) => [name, { ...array, dtype: "<f8" }]),
  );
}

export function gradeOf(method: Method, reduction: "mean" | "sum"): Promise<CheckGrade[]> {
  return gradeOfProbe(probeOf(method, reduction), reduction);
}

export async function gradeOfProbe(
  probe: Record<string, SubmittedArray>,
  reduction: "mean" | "sum" = "mean",
  notebook?: NotebookFacts,
  settings: { activation?: string } = {},
): Promise<CheckGrade[]> {
  const { problems } = await gradeSubmission({
    name: "s1",
    sha256: "0".repeat(64),
    files: [],
    manifest: manifestSchema.parse({ schema: 1, student: "s1", track: "artifact", reduction, ...settings }),
    source: null,
    predictions: null,
    history: null,
    misclassified: null,
    weights: null,
    probe,
    notebook,
    problems: [],
  }, { rubric, engine: FAKE_ENGINE, program: null });
  return problems.filter(({ name }) => PROBLEMS.includes(name)).flatMap(({ checks }) => checks);
}

/** A notebook whose class made its step through fit(), and where its functions are. */
export const NOTEBOOK: NotebookFacts = {
  file: "s1.ipynb",
  others: [],
  broken: [],
  skipped: [],
  ending: null,
  called: false,
  network: { name: "net", class: "Net" },
  trainedByUs: null,
  found: [{ what: "step", how: "fit()" }],
  missing: [],
  places: {
    forward: { name: "forward", cells: [2] },
    backward: { name: "backward", cells: [3] },
    fit: { name: "fit", cells: [4] },
  },
  differences: [],
  kept: [],
};

/** The check of a name. */
export function byName(checks: readonly CheckGrade[], name: string): CheckGrade {
  const found = checks.find((check) => check.name === name);
  assert.ok(found !== undefined, name);
  return found;
}
