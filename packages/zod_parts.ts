import * as zod from "npm/zod";

/** What schemas are made of here: a fifth of the package, which brings its messages in fifty languages. */
export const z = {
  array: zod.array,
  boolean: zod.boolean,
  discriminatedUnion: zod.discriminatedUnion,
  enum: zod.enum,
  int: zod.int,
  iso: zod.iso,
  lazy: zod.lazy,
  literal: zod.literal,
  looseObject: zod.looseObject,
  NEVER: zod.NEVER,
  number: zod.number,
  object: zod.object,
  preprocess: zod.preprocess,
  record: zod.record,
  strictObject: zod.strictObject,
  string: zod.string,
  toJSONSchema: zod.toJSONSchema,
  tuple: zod.tuple,
  union: zod.union,
  unknown: zod.unknown,
  ZodDefault: zod.ZodDefault,
  ZodError: zod.ZodError,
  ZodOptional: zod.ZodOptional,
  ZodUnion: zod.ZodUnion,
};

export { prettifyError } from "npm/zod";
