import { readYaml } from "../yaml/read_yaml.ts";
import { plainValue } from "../yaml/located_value.ts";
import {
  plainSetting,
  settingAt,
  SETTINGS,
  type Settings,
  type SettingValue,
} from "../../settings/settings.ts";
import type { Texts } from "../../text/language.ts";
import { shorten, showValue } from "../../text/show_value.ts";

/** What several settings of a trial must be, by path: a value, or a comparison as the text `<= 0.1`. All of them must hold. */
export type Conditions = Record<string, SettingValue>;

/** Numbers are compared by these; NaN, for what is no number, makes each of them false. */
const ORDER = {
  "<": (a: number, b: number) => a < b,
  "<=": (a: number, b: number) => a <= b,
  ">": (a: number, b: number) => a > b,
  ">=": (a: number, b: number) => a >= b,
};

type Operator = keyof typeof ORDER | "==" | "!=";

interface Comparison {
  readonly path: string;
  readonly operator: Operator;
  /** What the setting is compared with: a value, or the value of another setting. */
  readonly right: { readonly value: SettingValue } | { readonly path: string };
}

const NUMBER = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i;

export const COMPARISON = /^\s*(<=|>=|==|!=|<|>)\s*\S/;

/** What is wrong with the comparison that `written` says of the setting `path`, if anything. */
export function comparisonFlaw(path: string, written: SettingValue): Texts | undefined {
  const result = readComparison(path, written);
  return "en" in result ? result : undefined;
}

/** Whether all conditions hold for settings. They must be without flaws, as those of a config are. */
export function compileConditions(conditions: Conditions): (settings: Settings) => boolean {
  const comparisons = Object.entries(conditions).map(([path, written]) => {
    const comparison = readComparison(path, written);
    if ("en" in comparison) {
      throw new RangeError(`Cannot compile a condition: ${path} ${comparison.en}`);
    }
    return comparison;
  });
  return (settings) => comparisons.every((comparison) => holds(comparison, settings));
}

function readComparison(path: string, written: SettingValue): Comparison | Texts {
  const match = typeof written === "string" ? COMPARISON.exec(written) : null;
  if (match === null) return { path, operator: "==", right: { value: plainSetting(written, path) } };
  const operator = match[1] as Operator;
  const operandText = match.input.slice(match[0].length - 1).trimEnd();
  if (Object.hasOwn(SETTINGS, operandText)) return { path, operator, right: { path: operandText } };
  // A number needs no YAML, which would take a hundred times as long.
  const { root, problems: [problem] } = NUMBER.test(operandText)
    ? { root: { position: { file: "" }, content: Number(operandText) }, problems: [] }
    : readYaml(operandText, "");
  const operand = root === undefined ? undefined : plainValue(root);
  if (problem !== undefined || operand === undefined) {
    const found = shorten(operandText);
    return {
      en: `must compare with a value or a setting, found ${found}`,
      ja: `値か設定と比べてください（比較の相手：${found}）`,
    };
  }
  const found = shorten(showValue(operand));
  const { success, data } = SETTINGS[path].schema.safeParse(operand);
  if (operator === "==" || operator === "!=") {
    return success && data !== undefined ? { path, operator, right: { value: plainSetting(data, path) } } : {
      en: `must compare with a value that the setting can have, found ${found}`,
      ja: `この設定が取りうる値と比べてください（比較の相手：${found}）`,
    };
  }
  return typeof operand === "number" && Number.isFinite(operand)
    ? { path, operator, right: { value: operand } }
    : {
      en: `must compare with a number where it is ${operator}, found ${found}`,
      ja: `${operator} では数と比べてください（比較の相手：${found}）`,
    };
}

function holds({ path, operator, right }: Comparison, settings: Settings): boolean {
  const left = settingAt(settings, path);
  const other = "path" in right ? settingAt(settings, right.path) : right.value;
  if (operator === "==") return sameValue(left, other);
  if (operator === "!=") return !sameValue(left, other);
  return ORDER[operator](magnitude(left), magnitude(other));
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** A number to compare by. A `full` batch is larger than any number of images. */
function magnitude(value: unknown): number {
  return value === "full" ? Infinity : typeof value === "number" ? value : NaN;
}
