import { z } from "zod";
import type { Optimizer, OptimizerSetting, SettingValues } from "../nn/optimizers/optimizer.ts";
import {
  OPTIMIZER_NAMES,
  type OptimizerChoice,
  type OptimizerName,
  OPTIMIZERS,
  plainOptimizer,
} from "../nn/optimizers/optimizers.ts";
import { type Codec, finite, oneOf } from "../text/codecs.ts";
import { described, expecting, numbers, refuse } from "./setting.ts";

/** The values that a setting of an optimizer may have, and its default. */
function settingSchema(setting: OptimizerSetting): z.ZodType {
  if (typeof setting.default === "boolean") {
    return described(z.boolean().default(setting.default), setting.description);
  }
  const range = setting as Extract<OptimizerSetting, { default: number }>;
  return described(numbers(range).default(range.default), setting.description);
}

/** `{name: adam, beta1: 0.8}` for an optimizer of that name. */
function mappingSchema(name: OptimizerName): z.ZodType<Exclude<OptimizerChoice, string>> {
  const { description, settings, clash }: Optimizer = OPTIMIZERS[name];
  const members = Object.entries(settings).map(([key, setting]) => [key, settingSchema(setting)]);
  const shape = { name: described(z.literal(name), description), ...Object.fromEntries(members) };
  const schema = z.strictObject(shape).superRefine((choice, context) => {
    const flaw = clash?.(choice as SettingValues);
    if (flaw !== undefined) refuse(context, [flaw.setting], flaw);
  });
  return schema as unknown as z.ZodType<Exclude<OptimizerChoice, string>>;
}

const EXAMPLE = "{name: adam, beta1: 0.8}";

/** An optimizer by its name, or a mapping with what of its settings is not as PyTorch has it; resolved to the plainest that means the same. */
export const optimizerSchema = expecting(
  z.union([z.enum(OPTIMIZER_NAMES), ...OPTIMIZER_NAMES.map(mappingSchema)]).transform(plainOptimizer),
  {
    en: `${listed(OPTIMIZER_NAMES, " or ")}, or a mapping with its settings, such as ${EXAMPLE}`,
    ja: `${OPTIMIZER_NAMES.join("、")} のどれか、または ${EXAMPLE} のように設定を添えたマッピング`,
  },
);

function listed(names: readonly string[], last: string): string {
  return names.slice(0, -1).join(", ") + last + names[names.length - 1];
}

/** `adam`, or with what is not as by default `adam(beta1=0.8 epsilon=1e-7)`. */
export const optimizerCell: Codec<OptimizerChoice> = {
  expects: `${oneOf(OPTIMIZER_NAMES).expects}, or one with settings as adam(beta1=0.8)`,
  write(choice) {
    const plain = plainOptimizer(choice);
    if (typeof plain === "string") return plain;
    const { name, ...set } = plain;
    return `${name}(${Object.entries(set).map(([key, value]) => `${key}=${value}`).join(" ")})`;
  },
  read(cell) {
    const [, word = "", list] = /^(\w+)(?:\((.+)\))?$/.exec(cell) ?? [];
    const name = OPTIMIZER_NAMES.find((name) => name === word);
    if (name === undefined) return undefined;
    const choice: { name: OptimizerName; [setting: string]: string | number | boolean } = { name };
    for (const part of list?.split(" ") ?? []) {
      const [, key = "", text = ""] = /^(\w+)=(.+)$/.exec(part) ?? [];
      const value = text === "true" ? true : text === "false" ? false : finite.read(text);
      const { settings } = OPTIMIZERS[name];
      const setting = Object.entries<OptimizerSetting>(settings).find(([known]) => known === key)?.[1];
      if (value === undefined || typeof value !== typeof setting?.default) return undefined;
      choice[key] = value;
    }
    return plainOptimizer(choice);
  },
};

/** The weight decay that a training has: where none is set, its optimizer may have one. */
export function weightDecay(
  { optimizer, weight_decay }: {
    readonly optimizer: OptimizerChoice;
    readonly weight_decay?: number | null | undefined;
  },
): number {
  const { decoupledDecay = 0 }: Optimizer =
    OPTIMIZERS[typeof optimizer === "string" ? optimizer : optimizer.name];
  return weight_decay ?? decoupledDecay;
}

/** The settings of optimizers. */
export const OPTIMIZER_SETTINGS = [
  ...new Set(OPTIMIZER_NAMES.flatMap((name) => Object.keys(OPTIMIZERS[name].settings))),
];

/** The optimizers that have a setting. */
export function optimizersWith(setting: string): OptimizerName[] {
  return OPTIMIZER_NAMES.filter((name) => setting in OPTIMIZERS[name].settings);
}
