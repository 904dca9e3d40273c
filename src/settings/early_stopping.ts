import { z } from "zod";
import type { EarlyStopping } from "../nn/early_stopping.ts";
import { STOPPING_RANGES } from "../nn/training_ranges.ts";
import { type Codec, whereSet } from "../text/codecs.ts";
import { described, numbers, setting } from "./setting.ts";

export { keepsBest } from "../nn/early_stopping.ts";

const patience = numbers(STOPPING_RANGES.patience).max(10_000);

/** What is not written is so. */
export const STOPPING_DEFAULTS: Omit<EarlyStopping, "patience"> = { min_delta: 0, restore_best: false };

const mapping = z.strictObject({
  patience: described(patience, {
    en: "So many epochs in a row without a better validation loss end the training.",
    ja: "検証損失がこのエポック数だけ続けて改善しなければ、訓練を終えます。",
  }),
  min_delta: described(numbers(STOPPING_RANGES.min_delta).default(STOPPING_DEFAULTS.min_delta), {
    en: "A loss is better where it is below that of the last better epoch by more than this.",
    ja: "検証損失が、最後に改善したときの値をこの値より大きく下回れば、改善とみなします。",
  }),
  restore_best: described(z.boolean().default(STOPPING_DEFAULTS.restore_best), {
    en:
      "Whether the weights after the last better epoch are kept, in place of the last ones. With min_delta 0 its validation loss is the lowest.",
    ja:
      "最終エポックの重みの代わりに、最後に改善したエポックの後の重みを使うかどうかです。min_delta が 0 なら、検証損失が最小のエポックです。",
  }),
}).meta({ examples: [{ patience: 5, restore_best: true }] });

const schema = z.union([patience, z.literal("none"), mapping]).transform((written): EarlyStopping | "none" =>
  typeof written === "number" ? { patience: written, ...STOPPING_DEFAULTS } : written
);

/** `patience=5 min_delta=0 restore_best=true`, or `none`. */
const cell: Codec<EarlyStopping | "none"> = {
  expects: "none, or patience=5 min_delta=0 restore_best=true",
  write: (value) =>
    value === "none"
      ? value
      : `patience=${value.patience} min_delta=${value.min_delta} restore_best=${value.restore_best}`,
  read(text) {
    if (text === "none") return text;
    const [, patience, min_delta, best] =
      text.match(/^patience=(\S+) min_delta=(\S+) restore_best=(true|false)$/) ?? [];
    if (best === undefined) return undefined;
    const options = {
      patience: Number(patience),
      min_delta: Number(min_delta),
      restore_best: best === "true",
    };
    return mapping.safeParse(options).data;
  },
};

/** What early stopping does, for people. */
function stoppingInWords(
  { patience, min_delta, restore_best }: EarlyStopping,
): { en: string; ja: string } {
  const margin = min_delta === 0 ? { en: "", ja: "" } : {
    en: ` (by more than ${min_delta})`,
    ja: ` ${min_delta} を超えて`,
  };
  return {
    en: `after ${patience} epoch${patience === 1 ? "" : "s"} without a better validation loss${margin.en}; ${
      restore_best ? "weights of the last better epoch" : "last weights"
    }`,
    ja: `検証損失が ${patience} エポック続けて${margin.ja}改善しなければ終了（${
      restore_best ? "最後に改善したエポック" : "最終エポック"
    }の重みを使用）`,
  };
}

export const earlyStoppingSetting = setting({
  schema: schema.optional(),
  description: {
    en:
      "Ends the training when the validation loss no longer improves (Keras's EarlyStopping): the number of epochs to wait, as " +
      "`early_stopping: 5`, or a mapping. Left out or `none`: it goes on for all epochs.",
    ja:
      "検証損失が改善しなくなったら訓練を終えます（早期終了、Keras の EarlyStopping と同じ規則です）。`early_stopping: 5` のように待つエポック数を" +
      "書くか、マッピングで書きます。省略するか `none` なら、すべてのエポックを訓練します。",
  },
  label: { ja: "早期終了" },
  column: whereSet(cell),
  needsValidation: (value) => value !== undefined && value !== "none",
  inWords: (value) => value === "none" ? { en: "none", ja: "なし" } : stoppingInWords(value as EarlyStopping),
});
