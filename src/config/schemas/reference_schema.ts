import { z } from "zod";
import { described, refuse } from "../../settings/setting.ts";
import { METRIC, METRICS } from "../../tables/metrics.ts";

const targetSchema = z.strictObject({
  metric: described(z.enum(METRICS), {
    en: "What to compare: the mean over the trial's seeds.",
    ja: "比べる指標です。試行の、シード間の平均を比べます。",
  }),
  value: described(z.number(), {
    en: "What it should be. An accuracy is a fraction from 0 to 1.",
    ja: "期待する値です。正解率は 0〜1 の数で書きます。",
  }),
  tolerance: described(z.number().min(0), {
    en: "How far off it may be, in either direction; 0 or more.",
    ja: "どれだけ離れてよいかです（上下とも）。0 以上の数です。",
  }),
  trial: described(z.int().min(0).optional(), {
    en: "Of which trial. Left out: the best one, by report.metric.",
    ja: "どの試行かです。省略すると、report.metric で最良の試行です。",
  }),
}).superRefine(({ metric, value, tolerance }, context) => {
  const { kind } = METRIC[metric];
  if (kind === "accuracy" && !(value >= 0 && value <= 1)) {
    const isPercent = value > 1 && value <= 100;
    refuse(context, ["value"], {
      en: `must be from 0 to 1 for ${metric}, found ${value}${isPercent ? `; write ${value / 100}` : ""}`,
      ja: `${metric} の値は 0 以上 1 以下でなければなりません（現在の値：${value}）${
        isPercent ? `。${value / 100} と書いてください` : ""
      }`,
    });
  }
  if (kind === "loss" && value < 0) {
    refuse(context, ["value"], {
      en: `must be 0 or more for ${metric}, found ${value}`,
      ja: `${metric} の値は 0 以上でなければなりません（現在の値：${value}）`,
    });
  }
  if (kind === "accuracy" && tolerance > 1) {
    refuse(context, ["tolerance"], {
      en: `must be at most 1 for ${metric}, found ${tolerance}: nothing would ever be outside`,
      ja:
        `${metric} の許容範囲は 1 以下でなければなりません（現在の値：${tolerance}）。1 を超えると、範囲を外れることがありません`,
    });
  }
});

/** `reference`: metrics that the results are compared with; one, or a list of them. */
export const referenceSchema = described(
  z.union([targetSchema, z.array(targetSchema).min(1)])
    .transform((reference) => Array.isArray(reference) ? reference : [reference]),
  {
    en:
      "Metrics that the results must come near to. Where one is outside its tolerance, sweep prints a table of all and exits with 1.",
    ja:
      "結果が近くなければならない値です。許容範囲を外れたものがあると、sweep はすべてを表にして示し、終了コード 1 で終わります。",
  },
);

export type References = z.infer<typeof referenceSchema>;
