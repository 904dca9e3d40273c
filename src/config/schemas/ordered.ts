import { z } from "zod";

/** Something wrong with a part of a value, in the form of a zod issue. */
export interface Flaw {
  /** Where in the value. */
  readonly path: readonly (string | number)[];
  /** What is wrong, to follow the path. */
  readonly message: string;
}

/** What editors and error messages are to see of an ordered(). */
export interface WrittenObject {
  /** What it reads with. */
  readonly schema: z.ZodType;
  /** An object that is right. */
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
    description: string;
    example: Readonly<Record<string, unknown>>;
  },
): z.ZodType<Record<string, T>> {
  const result = z.unknown().transform((input, context): Record<string, T> => {
    const { data, error } = schema.safeParse(input);
    if (error !== undefined) {
      context.issues.push(...error.issues as z.core.$ZodRawIssue[]);
      return z.NEVER;
    }
    const object: Record<string, T> = {};
    for (const key of Object.keys(Object(input))) {
      const value = data[key];
      if (value !== undefined) object[key] = value;
    }
    for (const { path, message } of flaws(object)) {
      context.addIssue({ code: "custom", path: [...path], message });
    }
    return object;
  }).describe(description);
  written.set(result, { schema, example });
  return result;
}

/** What there is to see of an ordered() schema; undefined for any other. */
export function writtenObject(schema: z.core.$ZodType): WrittenObject | undefined {
  return written.get(schema);
}
