import { z } from "zod";
import { described, LANGUAGES, refuse } from "../../settings/setting.ts";
import { METRIC, RANKING_METRICS } from "../../tables/metrics.ts";

export const reportSchema = z
  .strictObject({
    metric: described(z.enum(RANKING_METRICS).default("val_accuracy"), {
      en:
        "The number that trials are ranked by. Choosing by a test metric makes that metric too good to be true: prefer val_*.",
      ja:
        "試行の順位を決める指標です。テストの指標で選ぶと、その指標は実力よりよい値になってしまいます。val_* を勧めます。",
    }),
    goal: described(z.enum(["maximize", "minimize"]).optional(), {
      en: "Whether a larger or a smaller metric is better. It follows from the metric and may be left out.",
      ja:
        "指標が大きいほどよいか（maximize）、小さいほどよいか（minimize）です。指標から決まるので、省略できます。",
    }),
    language: described(z.enum(LANGUAGES).default("en"), {
      en: "The language of the report: English or Japanese.",
      ja: "レポートの言語です。英語（en）か日本語（ja）です。",
    }),
  })
  .transform(({ metric, goal, language }, context) => {
    const natural = METRIC[metric].goal;
    if (goal !== undefined && goal !== natural) {
      refuse(context, ["goal"], {
        en:
          `must be ${natural} for the metric ${metric}, found ${goal}: the worst trial would come first; correct or remove it`,
        ja:
          `指標が ${metric} のときは ${natural} でなければなりません（現在の値：${goal}）。このままでは最も悪い試行が 1 位になります。直すか、削除してください`,
      });
    }
    return { metric, goal: natural, language };
  });
