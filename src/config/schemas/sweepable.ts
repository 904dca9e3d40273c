import type { z } from "zod";
import { type Init, initShape } from "../../settings/model.ts";
import { modelShape, preprocessShape, trainShape } from "../../settings/settings.ts";

/** A value that a sweep can give to a setting. */
export type SettingValue = string | number | number[] | Init;

const sections: Record<string, Record<string, z.ZodType<SettingValue | undefined>>> = {
  preprocess: preprocessShape,
  model: modelShape,
  "model.init": initShape,
  train: trainShape,
};

/** The settings that a sweep may vary, by their path (`train.learning_rate`), each with the schema of one value. */
export const sweepable: Readonly<Record<string, z.ZodType<SettingValue | undefined>>> = Object.fromEntries(
  Object.entries(sections).flatMap(([section, shape]) =>
    Object.entries(shape).map(([key, schema]) => [`${section}.${key}`, schema])
  ),
);
