import { z } from "zod";
import type { NumberRange } from "../nn/range.ts";
import type { Codec } from "../text/codecs.ts";
import type { Texts } from "../text/language.ts";

export { type Language, LANGUAGES, type Texts } from "../text/language.ts";

/** All that the program knows of a setting, but what it does. It is part of a training's fingerprint, whatever stands here. */
export interface Setting<Value = unknown> {
  readonly schema: z.ZodType<Value>;
  readonly description: Texts;
  /** What Japanese reports call it; English ones call it by its key, as the config does. */
  readonly label: { readonly ja: string };
  /** Its name where room is dear, as in `lr=0.1`. Left out: its key. */
  readonly short?: string;
  /** Its cells in `results.csv`. Null is written where a trial has no such setting. Left out: it has no column. */
  readonly column?: Codec<unknown>;
  /** The column's name. Left out: its key. */
  readonly columnName?: string;
  /** A value in words, for a reader; left out, it is shown as it is written. */
  inWords?(value: unknown): Texts;
  /** Whether at this value each epoch depends on how many there are to be, as a schedule does: such a training goes on from none of fewer. */
  needsTotal?(value: unknown): boolean;
  /** Whether this value goes by the validation loss, so that there must be rows to measure it on. */
  needsValidation?(value: unknown): boolean;
}

/** Between which values a sweep draws those of a setting. */
export type ValueRange = readonly [low: number, high: number];

/** A schema with what editors, the documents and messages say of it. */
export function described<S extends z.ZodType>(schema: S, { en, ja }: Texts): S {
  return schema.meta({ description: en, ja });
}

/** A schema with what its values must be, in words that stand in the place of those that its kind and range give. */
export function expecting<S extends z.ZodType>(schema: S, { en, ja }: Texts): S {
  const keyword = schema.type === "string" ? "patternErrorMessage" : "errorMessage";
  return schema.meta({ [keyword]: en, [`${keyword}Ja`]: ja });
}

/** The numbers of a range; a config may take fewer. */
export function numbers({ min, above, below, max, integer }: NumberRange): z.ZodNumber {
  let schema: z.ZodNumber = integer ? z.int() : z.number();
  if (min !== undefined) schema = schema.min(min);
  if (above !== undefined) schema = schema.gt(above);
  if (below !== undefined) schema = schema.lt(below);
  if (max !== undefined) schema = schema.max(max);
  return schema;
}

/** A setting as written in this room; its schema then says what it is. */
export function setting<const S extends Setting>(setting: S): S {
  return { ...setting, schema: described(setting.schema, setting.description) };
}

export function shapeOf<S extends Readonly<Record<string, Setting>>>(
  settings: S,
): { [K in keyof S]: S[K]["schema"] } {
  const shape = Object.entries(settings).map(([key, { schema }]) => [key, schema]);
  return Object.fromEntries(shape) as { [K in keyof S]: S[K]["schema"] };
}

/** Says in zod's way what is wrong with the part of a value that is at `path`. */
export function refuse(
  context: z.core.$RefinementCtx,
  path: readonly PropertyKey[],
  { en, ja }: Texts,
): void {
  context.addIssue({ code: "custom", path: [...path], message: en, params: { ja } });
}
