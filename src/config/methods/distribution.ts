import { z } from "zod";
import { exp } from "../../random/exp.ts";
import { log } from "../../random/log.ts";
import type { RandomState } from "../../random/random_state.ts";
import { described, expecting, refuse, type Texts, type ValueRange } from "../../settings/setting.ts";
import { plainSetting, type SettingValue } from "../../settings/settings.ts";
import { showValue } from "../../text/show_value.ts";
import { type Flaw, ordered, pathFlaws, repeatedValues, sweepableObject, valueList } from "./parameters.ts";

/** How random search draws the values of one setting. Bounds are part of the range, but for a `uniform` high. */
export type Distribution =
  | { choice: SettingValue[] }
  | { uniform: [low: number, high: number] }
  | { log_uniform: [low: number, high: number] }
  | { int_uniform: [low: number, high: number] }
  | { quantized: [low: number, high: number, step: number] };

/** How many values int_uniform may have: what one word of the generator can tell apart. */
const MAX_WHOLE = 2 ** 32;

const DESCRIPTIONS = {
  choice: { en: "A list of values, each as likely.", ja: "値のリストです。どの値も同じ確率で選ばれます。" },
  uniform: {
    en: "[low, high]: any number from low to below high, each as likely.",
    ja: "[low, high]：low 以上 high 未満の一様乱数です。",
  },
  log_uniform: {
    en: "[low, high]: any number from low to high, each order of magnitude as likely.",
    ja: "[low, high]：low 以上 high 以下で、対数が一様に分布する乱数です。どの桁も同じ確率で選ばれます。",
  },
  int_uniform: {
    en: "[low, high]: any whole number from low to high, each as likely.",
    ja: "[low, high]：low 以上 high 以下の整数です。どれも同じ確率で選ばれます。",
  },
  quantized: {
    en: "[low, high, step]: low, low + step, low + 2 step and so on to high, each as likely.",
    ja:
      "[low, high, step]：low、low + step、low + 2 step、…、high のどれかです。どれも同じ確率で選ばれます。",
  },
} satisfies Record<string, Texts>;

/** What a distribution may be written as. A bound has the setting's own type, of which some values are not numbers. */
type Written = { [kind in keyof typeof DESCRIPTIONS]?: (SettingValue | undefined)[] };

/** Whether a mapping is meant as a distribution, by its keys. */
export function isDistribution(mapping: object): boolean {
  return Object.keys(DESCRIPTIONS).some((kind) => kind in mapping);
}

/** `parameters` of method random: a list of values, of which each is as likely, or a distribution. */
export const randomParameters = ordered<Distribution>(
  // Lazily: to make them all takes a tenth of the time that the program needs to start, and most sweeps draw none.
  sweepableObject((schema) => z.lazy(() => distributionSchema(schema))),
  {
    example: { "train.learning_rate": { log_uniform: [0.001, 0.1] } },
    flaws: (parameters) => pathFlaws(Object.keys(parameters)),
    description: {
      en:
        "The settings to draw, each with a list of values or a distribution, as `train.learning_rate: {log_uniform: [0.001, 0.1]}`.",
      ja:
        "値を乱数で選ぶ設定と、値のリストか分布です。例：`train.learning_rate: {log_uniform: [0.001, 0.1]}`",
    },
  },
);

/** Whole-number settings cannot take any number of a range, and names and lists only a choice. */
function distributionSchema(value: SettingSchema): z.ZodType<Distribution> {
  const takes = (probe: number) => value.safeParse(probe).success;
  const bound = numberSchema(value);
  const choice = described(valueList(value), DESCRIPTIONS.choice);
  const pair = (kind: "uniform" | "log_uniform" | "int_uniform") =>
    described(
      expecting(z.tuple([bound, bound]), {
        en: "a list of two numbers, [low, high]",
        ja: "[low, high] という 2 つの数のリスト",
      }),
      DESCRIPTIONS[kind],
    ).optional();
  const quantized = described(
    expecting(
      z.tuple([bound, bound, takes(0.5) ? z.number().positive() : z.int().min(1).max(1_000_000_000)]),
      {
        en: "a list of three numbers, [low, high, step]",
        ja: "[low, high, step] という 3 つの数のリスト",
      },
    ),
    DESCRIPTIONS.quantized,
  ).optional();
  const shape = takes(0.5)
    ? { uniform: pair("uniform"), log_uniform: pair("log_uniform"), quantized }
    : takes(1)
    ? { int_uniform: pair("int_uniform"), quantized }
    : {};
  const mapping = z.strictObject({ choice: choice.optional(), ...shape }).meta({
    minProperties: 1,
    maxProperties: 1,
  }) as z.ZodType<Written>;
  return z.union([choice, mapping]).transform((written, context): Distribution => {
    if (context.issues.length > 0) return z.NEVER;
    const isList = Array.isArray(written);
    const distribution: Written = isList ? { choice: written } : written;
    for (const { path, message } of distributionFlaws(distribution)) {
      refuse(context, isList ? path.slice(1) : path, message);
    }
    // Without a flaw it has exactly one key, and its bounds are numbers.
    return distribution as Distribution;
  });
}

type SettingSchema = z.ZodType<SettingValue | undefined>;

/**
 * The numbers that a setting takes, which is what a bound of a range may be. One of a setting that has a default, or may be left out,
 * must be written.
 */
function numberSchema(value: SettingSchema): SettingSchema {
  if (value instanceof z.ZodDefault || value instanceof z.ZodOptional) {
    return numberSchema(value.unwrap() as SettingSchema);
  }
  const options = value instanceof z.ZodUnion ? value.options as SettingSchema[] : [];
  return options.find((option) => option.safeParse(1).success) ?? value;
}

export interface Axis {
  /** How many different values it may have: never too few, and too many only where a rounded logarithm skips some. */
  readonly size: number;
  draw(state: RandomState): SettingValue;
  /** The value at `u` of the whole range, 0 <= u < 1: as likely as one that is drawn where u is uniform. */
  at(u: number): SettingValue;
}

export function axisOf(distribution: Distribution): Axis {
  if ("choice" in distribution) {
    const { choice } = distribution;
    return wholeAxis(choice.length, (index) => choice[index]);
  }
  if ("uniform" in distribution) {
    const [low, high] = distribution.uniform;
    return {
      size: doubles(low, high),
      draw: (state) => state.uniform(low, high),
      at: (u) => low + (high - low) * u,
    };
  }
  if ("log_uniform" in distribution) {
    const [low, high] = distribution.log_uniform;
    const [from, to] = [log(low), log(high)];
    // exp(log(low)) may be a bit below low.
    const power = (exponent: number) => Math.min(high, Math.max(low, exp(exponent)));
    return {
      size: Math.min(doubles(low, high), doubles(from, to)),
      draw: (state) => power(state.uniform(from, to)),
      at: (u) => power(from + (to - from) * u),
    };
  }
  if ("int_uniform" in distribution) {
    const [low, high] = distribution.int_uniform;
    return wholeAxis(high - low + 1, (index) => low + index);
  }
  const [low, high, step] = distribution.quantized;
  // A step that misses high by rounding alone counts.
  const steps = Math.floor((high - low) / step + 1e-9);
  // So many digits: 0.1 + 2 * 0.1 is 0.3, as people expect, and not 0.30000000000000004.
  const shortened = (value: number) =>
    Number.isInteger(value) && Math.abs(value) < 10 ** DIGITS ? value : Number(value.toPrecision(DIGITS));
  const rounded = (value: number) => Math.min(high, Math.max(low, shortened(value)));
  return wholeAxis(steps + 1, (index) => rounded(low + index * step));
}

/** The lowest and the highest value that a distribution draws; undefined of a list. */
export function rangeOf(distribution: Distribution): ValueRange | undefined {
  if ("choice" in distribution) return undefined;
  const { at } = axisOf(distribution);
  if ("quantized" in distribution) return [at(0) as number, at(1 - Number.EPSILON) as number];
  const [low, high] = Object.values(distribution)[0];
  return [low, high];
}

function wholeAxis(size: number, value: (index: number) => SettingValue): Axis {
  return {
    size,
    draw: (state) => value(state.interval(size - 1)),
    // Just below 1 the product may be rounded up to `size`.
    at: (u) => value(Math.min(size - 1, Math.floor(u * size))),
  };
}

/** Significant digits of a quantized value. */
const DIGITS = 12;

/** How many float64 numbers there are from `low` to `high`, both included. */
function doubles(low: number, high: number): number {
  return Number(placeAmongDoubles(high) - placeAmongDoubles(low)) + 1;
}

/** Neighbouring numbers have neighbouring places. */
function placeAmongDoubles(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  return value < 0 ? -view.getBigInt64(0) : view.getBigInt64(0);
}

function* distributionFlaws(written: Written): Generator<Flaw> {
  const kinds = Object.keys(written) as (keyof Written)[];
  if (kinds.length !== 1) {
    const message = {
      en: `must have exactly one way to draw values, found ${
        kinds.length === 0 ? "none" : kinds.join(" and ")
      }`,
      ja: `値の選び方を 1 つだけ書いてください（${
        kinds.length === 0 ? "ひとつもありません" : `${kinds.join(" と ")} があります`
      }）`,
    };
    yield { path: [], message };
    return;
  }
  const [kind] = kinds;
  const values = written[kind] ?? [];
  if (kind === "choice") {
    const plain = values.map((value) => value === undefined ? value : plainSetting(value));
    for (const { index, earlier } of repeatedValues(plain)) {
      const value = showValue(plain[index]);
      const message = {
        en: `repeats value ${earlier} of the list, ${value}; remove it`,
        ja: `リストの ${earlier} 番（0 から数えます）と同じ値 ${value} です。取り除いてください`,
      };
      yield { path: [kind, index], message };
    }
    return;
  }
  const [low, high, step] = values;
  const wrong = values.findIndex((bound) => typeof bound !== "number");
  if (wrong >= 0 || typeof low !== "number" || typeof high !== "number") {
    const found = showValue(values[wrong]);
    const message = {
      en: `must be a number, found ${found}`,
      ja: `数を書いてください（現在の値：${found}）`,
    };
    yield { path: [kind, Math.max(0, wrong)], message };
  } else if (low >= high) {
    const message = {
      en: `must have its low below its high, found ${low} and ${high}`,
      ja: `low は high より小さくなければなりません（現在の値：${low} と ${high}）`,
    };
    yield { path: [kind], message };
  } else if (!Number.isFinite(high - low)) {
    const message = {
      en: `must have a finite high - low, found ${low} and ${high}`,
      ja: `high - low が有限の値になるようにしてください（現在の値：${low} と ${high}）`,
    };
    yield { path: [kind], message };
  } else if (kind === "log_uniform" && low <= 0) {
    const message = {
      en: `must be above 0, found ${low}: the logarithm of 0 is not finite`,
      ja: `0 より大きくなければなりません（現在の値：${low}）。0 の対数は有限の値になりません`,
    };
    yield { path: [kind, 0], message };
  } else if (kind === "int_uniform" && high - low >= MAX_WHOLE) {
    yield { path: [kind], message: tooWide(high - low + 1, "numbers") };
  } else if (kind === "quantized" && typeof step === "number") {
    // Two units of the last digit, so that rounding makes no two values equal.
    const least = 2 * 10 ** (Math.floor(Math.log10(high)) + 1 - DIGITS);
    if (step > high - low) {
      const message = {
        en: `must be at most high - low, ${high - low}, found ${step}: there would be one value only`,
        ja: `high - low（${
          high - low
        }）以下でなければなりません（現在の値：${step}）。このままでは値が 1 つしかありません`,
      };
      yield { path: [kind, 2], message };
    } else if (step < least) {
      const message = {
        en: `must be at least ${least}, as values have ${DIGITS} digits, found ${step}`,
        ja: `値は ${DIGITS} 桁で表すため、${least} 以上でなければなりません（現在の値：${step}）`,
      };
      yield { path: [kind, 2], message };
    } else if ((high - low) / step >= MAX_WHOLE) {
      yield { path: [kind], message: tooWide((high - low) / step, "values") };
    }
  }
}

function tooWide(found: number, what: "numbers" | "values"): Texts {
  return {
    en: `must span at most ${MAX_WHOLE} ${what}, found ${found}`,
    ja: `範囲に入る値は ${MAX_WHOLE} 個までです（現在は ${found} 個）`,
  };
}
