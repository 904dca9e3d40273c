import type { z } from "zod";
import type { Codec } from "../text/codecs.ts";

export { type Language, LANGUAGES } from "../text/language.ts";

/** A text in each language of the reports. */
export interface Texts {
  readonly en: string;
  readonly ja: string;
}

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
  /**
   * Whether a setting of this value makes each epoch depend on how many there are to be, as a schedule of the learning rate over all
   * epochs does. Such a training cannot go on from one of fewer epochs. Left out: it never does.
   */
  needsTotal?(value: unknown): boolean;
}

/** A schema with what editors, the documents and messages say of it. */
export function described<S extends z.ZodType>(schema: S, { en, ja }: Texts): S {
  return schema.meta({ description: en, ja });
}

/** A setting as written in this room; its schema then says what it is. */
export function setting<const S extends Setting>(setting: S): S {
  return { ...setting, schema: described(setting.schema, setting.description) };
}

/** The schemas of some settings, by their keys. */
export function shapeOf<S extends Readonly<Record<string, Setting>>>(
  settings: S,
): { [K in keyof S]: S[K]["schema"] } {
  const shape = Object.entries(settings).map(([key, { schema }]) => [key, schema]);
  return Object.fromEntries(shape) as { [K in keyof S]: S[K]["schema"] };
}
