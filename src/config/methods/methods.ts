import { z } from "zod";
import { randomParameters } from "./distribution.ts";
import { filterFlaws, type Filters, filterShape } from "./filters.ts";
import { gridSize } from "../schemas/grid.ts";
import { type Flaw, ordered } from "../schemas/ordered.ts";
import { MAX_FILTERED } from "./filtered_points.ts";
import {
  gridParameters,
  pathFlaws,
  sweepableObject,
  type SweepParameters,
  zipParameters,
} from "./parameters.ts";
import type { SettingValue } from "../schemas/sweepable.ts";

/** More runs than this a sweep only starts when told so. */
export const RUN_CAP = 1000;

const EXAMPLE = "a mapping such as {method: grid, parameters: {train.learning_rate: [0.01, 0.1]}}";

const explicitTrial = ordered<SettingValue>(
  sweepableObject((schema) => schema as z.ZodType<SettingValue>),
  {
    flaws: (trial) => pathFlaws(Object.keys(trial)),
    description: "What one trial sets.",
    example: { "train.learning_rate": 0.1, "model.hidden": [100] },
  },
);

const gridShape = {
  method: z.literal("grid").default("grid").describe(
    "grid: every combination of the values, in the order written; the last parameter varies fastest.",
  ),
  parameters: gridParameters,
  ...filterShape,
};

const zipShape = {
  method: z.literal("zip").describe(
    "zip: the first value of every parameter, then the second of every one, and so on.",
  ),
  parameters: zipParameters,
  ...filterShape,
};

const listShape = {
  method: z.literal("list").describe("list: the trials one by one."),
  trials: z.array(explicitTrial).min(1).describe(
    "The trials, each with what it sets, as `{train.learning_rate: 0.1, model.hidden: [100]}`. " +
      "What one leaves out is as in the settings above.",
  ),
};

const randomShape = {
  method: z.literal("random").describe("random: trials drawn at random, no two of them equal."),
  count: z.int().min(1).max(1_000_000).describe("How many trials to draw."),
  seed: z.int().min(0).max(2 ** 32 - 1).default(0).describe(
    "Seed of np.random.RandomState that draws them: for each trial one value of each parameter, in the order written.",
  ),
  parameters: randomParameters,
  ...filterShape,
};

const candidates = z.discriminatedUnion("method", [
  z.strictObject(gridShape).superRefine(reportFilterFlaws).superRefine(reportLargeFilter),
  z.strictObject(zipShape).superRefine(reportFilterFlaws),
  z.strictObject(listShape),
  z.strictObject(randomShape).superRefine(reportFilterFlaws),
]).meta({ errorMessage: EXAMPLE });

const cap = {
  run_cap: z.int().min(1).max(1_000_000_000).default(RUN_CAP).describe(
    "A sweep of more runs than this (trials x seeds) only starts with --yes.",
  ),
};

const halving = z.strictObject({
  method: z.literal("halving").describe(
    "halving: all candidates train for a few epochs, the best part of them for factor times as many, and so on " +
      "(scikit-learn's HalvingGridSearchCV with epochs as the resource).",
  ),
  candidates: candidates.describe("The trials to choose from: a sweep of one of the other methods."),
  factor: z.int().min(2).max(100).default(3).describe(
    "From one rung to the next, epochs are multiplied and trials divided by this.",
  ),
  min_epochs: z.int().min(1).max(10_000).optional().describe(
    "Epochs of the first rung. Left out: as many as let the last rung reach max_epochs.",
  ),
  max_epochs: z.int().min(1).max(10_000).optional().describe(
    "Epochs at most. Left out: those of train.epochs.",
  ),
  ...cap,
}).superRefine(({ candidates, min_epochs, max_epochs }, context) => {
  for (const path of epochPaths(candidates)) {
    context.addIssue({
      code: "custom",
      path: ["candidates", ...path],
      message: "cannot be swept with method halving, which itself gives each trial its epochs; remove it",
    });
  }
  if (min_epochs !== undefined && max_epochs !== undefined && min_epochs > max_epochs) {
    context.addIssue({
      code: "custom",
      path: ["min_epochs"],
      message: `must be at most max_epochs, ${max_epochs}, found ${min_epochs}`,
    });
  }
});

/** `sweep`, told apart by its method. */
export const sweepSchema = z.discriminatedUnion("method", [
  z.strictObject({ ...gridShape, ...cap }).superRefine(reportFilterFlaws).superRefine(reportLargeFilter),
  z.strictObject({ ...zipShape, ...cap }).superRefine(reportFilterFlaws),
  z.strictObject({ ...listShape, ...cap }),
  z.strictObject({ ...randomShape, ...cap }).superRefine(reportFilterFlaws),
  halving,
]).meta({ errorMessage: EXAMPLE }).describe(
  "Which trials to run. Left out: the one that the settings above describe.",
);

/** A sweep with every default filled in. */
export type Sweep = z.infer<typeof sweepSchema>;

/** A sweep that lists its trials itself: any but halving. */
export type Candidates = z.infer<typeof candidates>;

/** The paths that a sweep varies, in the order written. */
export function sweptPaths(sweep: Candidates): string[] {
  return sweep.method === "list"
    ? [...new Set(sweep.trials.flatMap((trial) => Object.keys(trial)))]
    : Object.keys(sweep.parameters);
}

function reportFilterFlaws(
  sweep: Filters & { parameters: Record<string, unknown> },
  context: z.core.$RefinementCtx,
): void {
  for (const { path, message } of filterFlaws(sweep, Object.keys(sweep.parameters))) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
}

function reportLargeFilter(
  sweep: Filters & { parameters: SweepParameters },
  context: z.core.$RefinementCtx,
): void {
  const { count } = gridSize(sweep.parameters);
  if (count <= MAX_FILTERED || (sweep.where === undefined && sweep.exclude === undefined)) return;
  context.addIssue({
    code: "custom",
    path: ["parameters"],
    message:
      `must make at most ${MAX_FILTERED} combinations for where and exclude to choose from, found ${count}`,
  });
}

/** Where candidates sweep the epochs, below `candidates`. */
function epochPaths(sweep: Candidates): Flaw["path"][] {
  const path = "train.epochs";
  if (sweep.method !== "list") return path in sweep.parameters ? [["parameters", path]] : [];
  return sweep.trials.flatMap((trial, index) => path in trial ? [["trials", index, path]] : []);
}
