import { z } from "zod";
import { gridSize } from "./grid.ts";
import { showValue } from "./show_value.ts";
import { type SettingValue, sweepable } from "./sweepable.ts";

/** What a grid may hold at most, so that a trial's number stays exact and a slip of the keyboard is noticed. */
const MAX_TRIALS = 1_000_000_000;

/** `sweep.parameters` as editors and error messages see it: each path with the schema of its list of values. */
export const parametersSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(sweepable).map(([path, schema]) => [
      path,
      z.array(schema).min(1).optional().describe(schema.description ?? ""),
    ]),
  ),
).meta({ minProperties: 1 });

/** The values that each swept setting takes, in the order written, which is the order of the trials. */
export type SweepParameters = Record<string, SettingValue[]>;

/** `sweep.parameters`. A zod object returns its keys in the schema's order; this one keeps the order written, which counts. */
export const orderedParameters = z.unknown().transform((input, context): SweepParameters => {
  const { data, error } = parametersSchema.safeParse(input);
  if (error !== undefined) {
    context.issues.push(...error.issues as z.core.$ZodRawIssue[]);
    return z.NEVER;
  }
  const parameters: SweepParameters = {};
  for (const path of Object.keys(Object(input))) {
    // The schema has no undefined left in it: every default is filled in.
    parameters[path] = (data[path] ?? []) as SettingValue[];
  }
  for (const issue of gridIssues(parameters)) context.addIssue({ code: "custom", ...issue });
  return parameters;
}).describe(
  "The settings to vary, each with the list of values to try, as `train.learning_rate: [0.01, 0.1]`.",
);

interface GridIssue {
  path: (string | number)[];
  message: string;
}

function* gridIssues(parameters: SweepParameters): Generator<GridIssue> {
  const paths = Object.keys(parameters);
  if (paths.length === 0) {
    yield {
      path: [],
      message: "must name at least one setting to vary, found none; write one, or remove the sweep",
    };
  }
  const { strides, count } = gridSize(parameters);
  if (count > MAX_TRIALS) {
    yield {
      path: [],
      message: `must make at most ${MAX_TRIALS} trials, found ${count}; remove values or parameters`,
    };
  }
  for (const path of paths) {
    const whole = paths.find((other) => path.startsWith(`${other}.`));
    if (whole !== undefined) {
      yield {
        path: [path],
        message: `is already part of ${whole}, which is swept as a whole; sweep one or the other`,
      };
    }
    yield* equalValues(path, parameters[path], strides[path]);
  }
}

/** In a grid two trials are equal exactly when one parameter lists a value twice. */
function* equalValues(path: string, values: readonly SettingValue[], stride: number): Generator<GridIssue> {
  const first = new Map<string, number>();
  for (const [index, value] of values.entries()) {
    const key = JSON.stringify(value);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, index);
      continue;
    }
    yield {
      path: [path, index],
      message:
        `makes trials ${earlier * stride} and ${index * stride} equal: ${path} is ${
          showValue(value)
        } in both; ` +
        `remove one of the two values`,
    };
  }
}

/** `sweep`, told apart by its method. */
export const sweepSchema = z.discriminatedUnion("method", [
  z.strictObject({
    method: z.literal("grid").default("grid").describe(
      "grid: every combination of the values, in the order written; the last parameter varies fastest.",
    ),
    parameters: orderedParameters,
  }),
]).describe("Which trials to run. Left out: the one that the settings above describe.");
