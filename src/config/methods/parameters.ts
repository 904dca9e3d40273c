import { z } from "zod";
import { gridSize } from "../schemas/grid.ts";
import { type Flaw, ordered } from "../schemas/ordered.ts";
import { showValue } from "../../text/show_value.ts";
import { type SettingValue, sweepable } from "../schemas/sweepable.ts";

/** What a grid may hold at most, so that a trial's number stays exact and a slip of the keyboard is noticed. */
const MAX_TRIALS = 1_000_000_000;

/** The values that each swept setting takes, in the order written, which is the order of the trials. */
export type SweepParameters = Record<string, SettingValue[]>;

/** A strict object that may have every setting which can be swept, each with the schema that `make` gives. */
export function sweepableObject<T>(
  make: (schema: z.ZodType<SettingValue | undefined>, path: string) => z.ZodType<T>,
): z.ZodType<Record<string, T | undefined>> {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(sweepable).map(([path, schema]) => [
        path,
        make(schema, path).optional().describe(schema.description ?? ""),
      ]),
    ),
  ).meta({ minProperties: 1 });
}

const example = { "train.learning_rate": [0.01, 0.1] };

const listsOfValues = sweepableObject((schema) => valueList(schema));

/** One or more values of a setting. */
export function valueList(schema: z.ZodType<SettingValue | undefined>): z.ZodType<SettingValue[]> {
  // The schema has no undefined left in it: every default is filled in.
  return z.array(schema).min(1) as z.ZodType<SettingValue[]>;
}

/** `parameters` of method grid. */
export const gridParameters = ordered(listsOfValues, {
  example,
  flaws: gridFlaws,
  description:
    "The settings to vary, each with the list of values to try, as `train.learning_rate: [0.01, 0.1]`.",
});

/** `parameters` of method zip. */
export const zipParameters = ordered(listsOfValues, {
  example: { "train.learning_rate": [0.01, 0.1], "train.batch_size": [10, 100] },
  flaws: zipFlaws,
  description:
    "The settings to vary, each with a list of values; all lists are of one length. Trial i has the i-th value of each.",
});

/** What is wrong with the paths of swept settings, taken together. */
export function* pathFlaws(paths: readonly string[]): Generator<Flaw> {
  if (paths.length === 0) {
    yield {
      path: [],
      message: "must name at least one setting to vary, found none; write one, or remove the sweep",
    };
  }
  for (const path of paths) {
    const whole = paths.find((other) => path.startsWith(`${other}.`));
    if (whole === undefined) continue;
    yield {
      path: [path],
      message: `is already part of ${whole}, which is swept as a whole; sweep one or the other`,
    };
  }
}

/** The values that a list has twice. */
export function* repeatedValues(
  values: readonly SettingValue[],
): Generator<{ index: number; earlier: number }> {
  const first = new Map<string, number>();
  for (const [index, value] of values.entries()) {
    const key = JSON.stringify(value);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else yield { index, earlier };
  }
}

function* gridFlaws(parameters: SweepParameters): Generator<Flaw> {
  const paths = Object.keys(parameters);
  yield* pathFlaws(paths);
  const { strides, count } = gridSize(parameters);
  if (count > MAX_TRIALS) {
    yield {
      path: [],
      message: `must make at most ${MAX_TRIALS} trials, found ${count}; remove values or parameters`,
    };
  }
  // In a grid two trials are equal exactly when one parameter lists a value twice.
  for (const path of paths) {
    for (const { index, earlier } of repeatedValues(parameters[path])) {
      const value = showValue(parameters[path][index]);
      yield {
        path: [path, index],
        message: `makes trials ${earlier * strides[path]} and ${index * strides[path]} equal: ` +
          `${path} is ${value} in both; remove one of the two values`,
      };
    }
  }
}

function* zipFlaws(parameters: SweepParameters): Generator<Flaw> {
  const paths = Object.keys(parameters);
  yield* pathFlaws(paths);
  const [first] = paths;
  for (const path of paths) {
    const { length } = parameters[path];
    if (length === parameters[first].length) continue;
    yield {
      path: [path],
      message: `must have as many values as ${first}, which has ${parameters[first].length}, found ${length}`,
    };
    return;
  }
  const seen = new Map<string, number>();
  for (let index = 0; index < (parameters[first]?.length ?? 0); index++) {
    const key = JSON.stringify(paths.map((path) => parameters[path][index]));
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, index);
    else {
      yield {
        path: [first, index],
        message: `makes trials ${earlier} and ${index} equal; remove one of the two from every list`,
      };
    }
  }
}
