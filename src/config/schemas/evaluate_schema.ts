import { z } from "zod";
import { described, refuse } from "../../settings/setting.ts";
import { MEASURES } from "../../tables/metrics.ts";

const measures = z.array(z.enum(MEASURES)).min(1).superRefine((measures, context) => {
  for (const [index, measure] of measures.entries()) {
    if (measures.indexOf(measure) === index) continue;
    refuse(context, [index], {
      en: `repeats ${measure}; remove it`,
      ja: `${measure} が重複しています。取り除いてください`,
    });
  }
  // In one order, so that another order of the same measures is the same experiment.
}).transform((measures) => MEASURES.filter((measure) => measures.includes(measure)));

/** `evaluate`: what is measured of each run on the test rows, beside loss and accuracy. */
export const evaluateSchema = described(
  z.strictObject({
    measures: described(measures, {
      en:
        "top2_accuracy: the label is among the two likeliest classes. macro_f1: the mean F1 of the classes. calibration: how far " +
        "probabilities are from how often they are right (ECE, 15 bins), with a diagram in the report.",
      ja:
        "top2_accuracy：正解が、確率の高い 2 クラスに入っている割合。macro_f1：クラスごとの F1 の平均。calibration：確率と、実際に正解した割合とのずれ" +
        "（ECE、15 区間）。レポートに図も載ります。",
    }),
  }),
  {
    en:
      "What is measured of each run on the test data, beside the loss and the accuracy. Left out: nothing else.",
    ja: "テストデータで、損失と正解率のほかに測るものです。省略すると、ほかには何も測りません。",
  },
);
