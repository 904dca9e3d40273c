import { z } from "zod";
import {
  type Schedule,
  SCHEDULE_DEFAULTS,
  SCHEDULE_OPTIONS,
  SCHEDULE_RANGES,
  scheduleInWords,
  type ScheduleName,
  scheduleNeedsTotal,
  scheduleNeedsValidation,
  SCHEDULES,
} from "../nn/schedules/schedules.ts";
import { type Codec, whereSet } from "../text/codecs.ts";
import { described, numbers, refuse, setting } from "./setting.ts";

const METHODS = Object.keys(SCHEDULES) as ScheduleName[];

const { factor, to, power, patience, min_delta, cooldown } = SCHEDULE_DEFAULTS;

/** What the options of a method are where they are left out; undefined for what is no method of a schedule. */
export function scheduleDefaults(method: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof method === "string" && Object.hasOwn(SCHEDULE_OPTIONS, method)
    ? SCHEDULE_OPTIONS[method as ScheduleName]
    : undefined;
}

const steps = z.strictObject({
  steps: described(numbers(SCHEDULE_RANGES.warmup).max(1_000_000_000), {
    en: "Updates of the weights.",
    ja: "重みを更新する回数です。",
  }),
}).meta({ examples: [{ steps: 500 }] });

const mapping = z.strictObject({
  method: described(z.enum(METHODS), {
    en: `What the learning rate does. ${
      METHODS.map((name) => `${name}: ${SCHEDULES[name].description.en}`).join("; ")
    }.`,
    ja: `学習率の変え方です。${
      METHODS.map((name) => `${name}：${SCHEDULES[name].description.ja}`).join("、")
    }。`,
  }),
  every: described(numbers(SCHEDULE_RANGES.every).max(10_000).optional(), {
    en: "Of step: epochs between two changes.",
    ja: "step で、何エポックごとに変えるかです。",
  }),
  factor: described(numbers(SCHEDULE_RANGES.factor).optional(), {
    en:
      `What the rate is multiplied by: of step and plateau ${factor} by default, of exponential always written.`,
    ja: `学習率に掛ける数です。step と plateau では省略すると ${factor} で、exponential では必ず書きます。`,
  }),
  to: described(numbers(SCHEDULE_RANGES.to).optional(), {
    en: `Of cosine the rate at the end, of plateau the least rate; ${to} by default.`,
    ja: `cosine では最後の学習率、plateau では学習率の下限です。省略すると ${to} です。`,
  }),
  power: described(numbers(SCHEDULE_RANGES.power).optional(), {
    en: `Of inverse: the power of t, ${power} by default.`,
    ja: `inverse で t を何乗するかです。省略すると ${power} です。`,
  }),
  patience: described(numbers(SCHEDULE_RANGES.patience).max(10_000).optional(), {
    en:
      `Of plateau: epochs without a better validation loss that change nothing yet, ${patience} by default.`,
    ja: `plateau で、検証損失が改善しなくても学習率を変えないエポックの数です。省略すると ${patience} です。`,
  }),
  min_delta: described(numbers(SCHEDULE_RANGES.min_delta).optional(), {
    en:
      `Of plateau: a loss is better where it is below that of the last better epoch by more than this, ${min_delta} by default.`,
    ja:
      `plateau で、検証損失が、最後に改善したときの値をこの値より大きく下回れば、改善とみなします。省略すると ${min_delta} です。`,
  }),
  cooldown: described(numbers(SCHEDULE_RANGES.cooldown).max(10_000).optional(), {
    en: `Of plateau: epochs after a change that are not counted, ${cooldown} by default.`,
    ja: `plateau で、学習率を変えた後に数えないエポックの数です。省略すると ${cooldown} です。`,
  }),
  warmup: described(z.union([numbers(SCHEDULE_RANGES.warmup).max(10_000), steps]).optional(), {
    en:
      "Epochs, or {steps: 500}, over which the rate first rises in equal parts to learning_rate; the schedule begins after them.",
    ja:
      "最初に学習率を learning_rate まで直線的に上げていくエポックの数、または {steps: 500} のような更新の回数です。その後に method の変え方が始まります。",
  }),
}).meta({ examples: [{ method: "step", every: 10, factor: 0.5 }, { method: "cosine", warmup: 2 }] });

type Written = z.infer<typeof mapping>;

const schema = z.union([z.enum(METHODS), mapping]).superRefine((written, context) => {
  const options: Readonly<Record<string, unknown>> = typeof written === "string"
    ? { method: written }
    : written;
  const method = options.method as ScheduleName;
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined || ["method", "warmup"].includes(key) || key in SCHEDULE_OPTIONS[method]) {
      continue;
    }
    const own = Object.keys(SCHEDULE_OPTIONS[method]);
    refuse(context, [key], {
      en: `has no meaning with method ${method}, ${
        own.length === 0 ? "which has no options but warmup" : `whose options are ${own.join(", ")}`
      }; remove it`,
      ja: `method が ${method} のときは意味がありません${
        own.length === 0 ? "" : `（書けるのは ${own.join("、")} です）`
      }。取り除いてください`,
    });
  }
  for (const [key, value] of Object.entries(SCHEDULE_OPTIONS[method])) {
    if (value !== null || options[key] !== undefined) continue;
    const example = method === "step" ? "{method: step, every: 10}" : "{method: exponential, factor: 0.95}";
    refuse(context, [], {
      en: `must say ${key} with method ${method}: write ${example}`,
      ja: `method が ${method} のときは ${key} が必要です。${example} のように書いてください`,
    });
  }
}).transform((written): Schedule => {
  const { method, warmup, ...options }: Written = typeof written === "string" ? { method: written } : written;
  const resolved = Object.entries(SCHEDULE_OPTIONS[method]).map((
    [key, value],
  ) => [key, options[key as keyof typeof options] ?? value]);
  const whole = { method, ...Object.fromEntries(resolved), ...warmup !== undefined && { warmup } };
  // What has passed the checks above has the options of its method.
  return whole as Schedule;
});

/** `step every=10 factor=0.5 warmup=2`; a warm-up of steps as `warmup=500steps`. */
const cell: Codec<Schedule> = {
  expects: "a schedule, as step every=10 factor=0.5",
  write({ method, warmup, ...options }) {
    const rise = typeof warmup === "object" ? `${warmup.steps}steps` : warmup;
    const all = Object.entries({ ...options, ...rise !== undefined && { warmup: rise } });
    return [method, ...all.map(([key, value]) => `${key}=${value}`)].join(" ");
  },
  read(text) {
    const [method, ...parts] = text.split(" ");
    const options = parts.map((part) => {
      const [key, value = ""] = part.split("=");
      return [key, value.endsWith("steps") ? { steps: Number(value.slice(0, -5)) } : Number(value)];
    });
    return schema.safeParse({ method, ...Object.fromEntries(options) }).data;
  },
};

export const scheduleSetting = setting({
  schema: schema.optional(),
  description: {
    en:
      "How the learning rate changes while the network learns: a method in one word, as `cosine`, or a mapping with its " +
      "options. Left out: it stays.",
    ja:
      "学習が進むにつれて学習率をどう変えるか（学習率のスケジュール）です。`cosine` のように method を 1 語で書くか、オプションを付けて" +
      "マッピングで書きます。省略すると変わりません。",
  },
  label: { ja: "スケジュール" },
  column: whereSet(cell),
  inWords: (value) => scheduleInWords(value as Schedule),
  needsTotal: (value) => value !== undefined && scheduleNeedsTotal(value as Schedule),
  needsValidation: (value) => value !== undefined && scheduleNeedsValidation(value as Schedule),
});
