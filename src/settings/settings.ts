import { z } from "zod";
import type { Codec } from "../text/codecs.ts";
import type { Language } from "../text/language.ts";
import { type ActivationName, inOneWord } from "../nn/activation.ts";
import type { EarlyStopping } from "../nn/early_stopping.ts";
import type { OptimizerChoice } from "../nn/optimizers/optimizers.ts";
import type { Schedule } from "../nn/schedules/schedules.ts";
import { type Init, initSettings, modelSettings } from "./model.ts";
import { preprocessSettings } from "./preprocess.ts";
import { described, type Setting, shapeOf } from "./setting.ts";
import { trainSettings } from "./train.ts";

/** The settings of a trial by section, in the order in which they are written, swept, and put into columns. */
const SECTIONS = {
  preprocess: preprocessSettings,
  model: modelSettings,
  "model.init": initSettings,
  train: trainSettings,
};

/** A value that a sweep can give to a setting. */
export type SettingValue =
  | string
  | number
  | boolean
  | number[]
  | ActivationName[]
  | Init
  | OptimizerChoice
  | Schedule
  | EarlyStopping;

type SweptSetting = Setting<SettingValue | undefined>;

/** Every setting by its path, as `train.learning_rate`: those that a config has and a sweep may vary. */
export const SETTINGS: Readonly<Record<string, SweptSetting>> = Object.fromEntries(
  Object.entries(SECTIONS).flatMap(([section, settings]) =>
    Object.entries<SweptSetting>(settings).map(([key, setting]) => [`${section}.${key}`, setting])
  ),
);

/** The sections of a config that a trial resolves. */
export const settingsShape = {
  preprocess: described(z.strictObject(shapeOf(preprocessSettings)).prefault({}), {
    en: "From image files to the network's inputs.",
    ja: "画像ファイルからネットワークの入力を作る方法です。",
  }),
  model: described(z.strictObject(shapeOf(modelSettings)).prefault({}), {
    en: "The network, and how it starts.",
    ja: "ネットワークの構造と初期値です。",
  }),
  train: described(z.strictObject(shapeOf(trainSettings)).prefault({}), {
    en: "How the network learns.",
    ja: "ネットワークの学習のしかたです。",
  }),
};

const settingsSchema = z.strictObject(settingsShape);

/** Everything that one trial needs to know, with every default filled in. */
export type Settings = z.infer<typeof settingsSchema>;

/** The cells that settings of a section have in `results.csv`, by column. */
type Cells<Section> = {
  readonly [
    K in keyof Section as Section[K] extends { columnName: infer Name extends string } ? Name
      : Section[K] extends { column: unknown } ? K
      : never
  ]: Section[K] extends { column: Codec<infer Cell> } ? Cell : never;
};

/** The settings of a run, as `results.csv` has them. */
export type RunSettings = Cells<
  typeof preprocessSettings & typeof modelSettings & typeof initSettings & typeof trainSettings
>;

const columns = Object.entries(SETTINGS).flatMap(([path, { column, columnName }]) =>
  column === undefined ? [] : [{ path, name: columnName ?? keyOf(path), column }]
);

/** The columns of a run's settings, as `results.csv` and other tables have them. */
export const SETTING_COLUMNS = Object.fromEntries(columns.map(({ name, column }) => [name, column])) as {
  readonly [K in keyof RunSettings]: Codec<RunSettings[K]>;
};

/** The path of the setting that a column has, as `train.learning_rate`; undefined if it is none. */
export function settingPath(column: string): string | undefined {
  return columns.find(({ name }) => name === column)?.path;
}

/** What the columns say of a trial of these settings. */
export function settingCells(settings: Settings): RunSettings {
  const cells = columns.map(({ path, name }) => [name, settingAt(settings, path) ?? null]);
  return Object.fromEntries(cells) as RunSettings;
}

/** Of the values that mean the same, the one that stands for all: `tanh` for `[tanh, tanh]`, of `model.init.bias` `zero` for 0. */
export function plainSetting(value: SettingValue, path?: string): SettingValue {
  if (path === "model.init.bias" && value === 0) return "zero";
  if (!Array.isArray(value)) return value;
  return isActivations(value) ? inOneWord(value) : isShares(value) ? oneForAll(value) : value;
}

/** The same settings, each with the value that stands for all. */
export function plainSettings<S extends Pick<Settings, "model" | "train">>(settings: S): S {
  const { model, model: { activation }, train, train: { dropout } } = settings;
  const plain = inOneWord(activation), share = Array.isArray(dropout) ? oneForAll(dropout) : dropout;
  if (plain === activation && share === dropout) return settings;
  return {
    ...settings,
    model: plain === activation ? model : { ...model, activation: plain },
    train: share === dropout ? train : { ...train, dropout: share },
  };
}

/** Whether a list has shares, as of dropout, one for each layer: units of layers are 1 or more. */
export function isShares(value: readonly unknown[]): boolean {
  return value.length > 0 && value.every((share) => typeof share === "number" && share < 1);
}

function oneForAll(shares: number[]): number | number[] {
  return shares.every((share) => share === shares[0]) ? shares[0] : shares;
}

/** No other setting is a list of words. */
function isActivations(value: number[] | ActivationName[]): value is ActivationName[] {
  return typeof value[0] === "string";
}

/** The filters of a sweep ask for the same few paths a million times. */
const keysOfPath = new Map<string, readonly string[]>();

/** The value at a path as `model.init.sigma`; undefined where the settings have none, as the sigma of method he. */
export function settingAt(settings: Settings, path: string): SettingValue | undefined {
  let keys = keysOfPath.get(path);
  if (keys === undefined) keysOfPath.set(path, keys = path.split("."));
  let value: unknown = settings;
  for (const key of keys) value = (value as Record<string, unknown> | undefined)?.[key];
  // Every path of SETTINGS leads to such a value.
  return value as SettingValue | undefined;
}

/** What reports call a setting, of which `name` is the path, the key or the column; undefined if it is none. */
export function settingLabel(name: string, language: Language): string | undefined {
  const path = Object.hasOwn(SETTINGS, name)
    ? name
    : Object.keys(SETTINGS).find((path) => keyOf(path) === name) ??
      columns.find((column) => column.name === name)?.path;
  if (path === undefined) return undefined;
  return language === "en" ? keyOf(path).replaceAll("_", " ") : SETTINGS[path].label[language];
}

/** A setting's value in words, where it has such; `name` is its path or its column. Null, where it is not set, has none. */
export function settingInWords(name: string, value: unknown, language: Language): string | undefined {
  const path = Object.hasOwn(SETTINGS, name) ? name : settingPath(name);
  return path === undefined || value === null || value === undefined
    ? undefined
    : SETTINGS[path].inWords?.(value)[language];
}

/** The name of a setting where room is dear: `lr` for `train.learning_rate`. */
export function shortSettingName(path: string): string {
  return SETTINGS[path]?.short ?? keyOf(path);
}

/** Whether an epoch of this training depends on how many there are to be, so that it goes on from none of fewer. */
export function needsTotal(
  settings: Settings,
  registry: Readonly<Record<string, Setting>> = SETTINGS,
): boolean {
  return Object.entries(registry).some(([path, setting]) => setting.needsTotal?.(settingAt(settings, path)));
}

function keyOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
