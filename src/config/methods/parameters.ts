import { z } from "zod";
import { described, refuse, type Texts } from "../../settings/setting.ts";
import { SETTINGS, type SettingValue } from "../../settings/settings.ts";
import { keysAt, type LocatedValue } from "../yaml/located_value.ts";

/** Something wrong with a part of a value, in the form of a zod issue. */
export interface Flaw {
  readonly path: readonly (string | number)[];
  /** What is wrong, to follow the path. */
  readonly message: Texts;
}

/** What editors and error messages are to see of an ordered(): what it reads with, and an object that is right. */
interface WrittenObject {
  readonly schema: z.ZodType;
  readonly example: Readonly<Record<string, unknown>>;
}

const written = new WeakMap<z.core.$ZodType, WrittenObject>();

/**
 * An object schema that keeps the keys in the order written. (zod returns them in the order of the schema; in a sweep the order
 * counts.) `flaws` tells what is wrong with an object whose every value is right for itself.
 */
export function ordered<T>(
  schema: z.ZodType<Record<string, T | undefined>>,
  { flaws, description, example }: {
    flaws(object: Record<string, T>): Iterable<Flaw>;
    description: Texts;
    example: Readonly<Record<string, unknown>>;
  },
): z.ZodType<Record<string, T>> {
  const result = described(
    z.unknown().transform((input, context): Record<string, T> => {
      const { data, error } = schema.safeParse(input);
      if (error !== undefined) {
        for (const issue of error.issues) context.issues.push(issue as z.core.$ZodRawIssue);
        return z.NEVER;
      }
      const object: Record<string, T> = {};
      for (const key of Object.keys(Object(input))) {
        const value = data[key];
        if (value !== undefined) object[key] = value;
      }
      for (const { path, message } of flaws(object)) refuse(context, path, message);
      return object;
    }),
    description,
  );
  written.set(result, { schema, example });
  return result;
}

export function writtenObject(schema: z.core.$ZodType): WrittenObject | undefined {
  return written.get(schema);
}

/** The values that each swept setting takes, in the order written, which is the order of the trials. */
export type SweepParameters = Record<string, SettingValue[]>;

/** A strict object that may have every setting which can be swept, each with the schema that `make` gives. */
export function sweepableObject<T>(
  make: (schema: z.ZodType<SettingValue | undefined>) => z.ZodType<T>,
): z.ZodType<Record<string, T | undefined>> {
  const shape = Object.entries(SETTINGS).map(([path, { schema, description }]) =>
    [path, described(make(schema).optional(), description)] as const
  );
  return z.strictObject(Object.fromEntries(shape)).meta({ minProperties: 1 });
}

export function valueList(schema: z.ZodType<SettingValue | undefined>): z.ZodType<SettingValue[]> {
  // The schema has no undefined left in it: every default is filled in.
  return z.array(schema).min(1) as z.ZodType<SettingValue[]>;
}

export const listsOfValues = sweepableObject(valueList);

/** What is wrong with the paths of swept settings, taken together. */
export function* pathFlaws(paths: readonly string[]): Generator<Flaw> {
  if (paths.length === 0) {
    const message = {
      en: "must name at least one setting to vary, found none; write one, or remove the sweep",
      ja:
        "変化させる設定を 1 つ以上書いてください（ひとつもありません）。スイープしないなら sweep を削除してください",
    };
    yield { path: [], message };
  }
  for (const path of paths) {
    const whole = paths.find((other) => path.startsWith(`${other}.`));
    if (whole === undefined) continue;
    const message = {
      en: `is already part of ${whole}, which is swept as a whole; sweep one or the other`,
      ja: `${whole} 全体を変化させているので、その一部は指定できません。どちらか一方だけにしてください`,
    };
    yield { path: [path], message };
  }
}

/** The values that a list has twice. */
export function* repeatedValues(values: readonly unknown[]): Generator<{ index: number; earlier: number }> {
  const first = new Map<string, number>();
  for (const [index, value] of values.entries()) {
    const key = JSON.stringify(value);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else yield { index, earlier };
  }
}

/** What the methods have in common whose sweep writes the settings that it varies under `parameters`. */
export const byParameters = {
  paths: ({ parameters }: { parameters: object }) => Object.keys(parameters),
  places: ({ parameters }: { parameters: object }, path: string) =>
    path in parameters ? [["parameters", path]] : [],
  decides: (written: LocatedValue, place: string) =>
    keysAt(written, ["parameters"]).map((path) => ({
      path,
      why: {
        en: `the sweep varies ${path}; set ${place}.parameters.${path} to a list instead`,
        ja:
          `スイープが ${path} を変化させています。代わりに ${place}.parameters.${path} にリストを指定してください`,
      },
    })),
  fromFlag: (values: LocatedValue) => values,
};
