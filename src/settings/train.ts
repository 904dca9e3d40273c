import { z } from "zod";
import { OPTIMIZER_NAMES, OPTIMIZERS } from "../nn/optimizers/optimizers.ts";
import { type Codec, count, finite, text } from "../text/codecs.ts";
import { setting } from "./setting.ts";

const batchSize: Codec<number | "full"> = {
  expects: "an integer of 1 or more, or full",
  write: (value) => value === "full" ? value : value > 0 ? count.write(value) : undefined,
  read: (cell) => cell === "full" ? cell : count.read(cell) || undefined,
};

export const trainSettings = {
  epochs: setting({
    schema: z.int().min(1).max(10_000).default(10),
    description: {
      en: "How many times training goes through all training images.",
      ja: "訓練画像全体を何周して学習するか（エポック数）です。",
    },
    label: { ja: "エポック数" },
    column: count,
  }),
  batch_size: setting({
    schema: z.union([z.int().min(1).max(1024), z.literal("full")]).default(20),
    description: {
      en:
        "Images per update of the weights: 1 to 1024 (1 is online learning), or `full` for all training images at once.",
      ja:
        "重みを 1 回更新するのに使う画像の枚数です。1〜1024（1 はオンライン学習）か、すべての訓練画像を一度に使う `full`（バッチ学習）を書きます。",
    },
    label: { ja: "バッチサイズ" },
    short: "batch",
    column: batchSize,
  }),
  learning_rate: setting({
    schema: z.number().positive().default(0.01),
    description: {
      en: "Step size of each update, above 0.",
      ja: "学習率です。重みの更新の歩幅を決める、0 より大きい数です。",
    },
    label: { ja: "学習率" },
    short: "lr",
    column: finite,
  }),
  optimizer: setting({
    schema: z.enum(OPTIMIZER_NAMES).default("sgd"),
    description: {
      en: `Rule of the update. ${
        OPTIMIZER_NAMES.map((name) => `${name}: ${OPTIMIZERS[name].description.en}`).join("; ")
      }.`,
      ja: `重みの更新則（最適化手法）です。${
        OPTIMIZER_NAMES.map((name) => `${name}：${OPTIMIZERS[name].description.ja}`).join("、")
      } があります。`,
    },
    label: { ja: "最適化手法" },
    column: text,
  }),
  reduction: setting({
    schema: z.enum(["mean", "sum"]).default("mean"),
    description: {
      en:
        "Whether the gradient is averaged or summed over the batch. With sum, a larger batch makes larger steps.",
      ja:
        "誤差逆伝播で求めた勾配を、バッチの画像について平均するか（mean）、合計するか（sum）です。sum では、バッチが大きいほど更新の歩幅も大きくなります。",
    },
    label: { ja: "勾配の集約" },
    column: text,
  }),
  shuffle: setting({
    schema: z.enum(["once", "each_epoch", "none"]).default("once"),
    description: {
      en:
        "Order of the training images: shuffled once and the same in every epoch (the course's GetMiniBatch), shuffled anew " +
        "in each epoch, or as they come.",
      ja:
        "訓練画像を使う順序です。最初に 1 度だけシャッフルして毎エポック同じ順にするか（once：授業の GetMiniBatch）、エポックごとに" +
        "シャッフルし直すか（each_epoch）、元の順のまま使うか（none）です。",
    },
    label: { ja: "シャッフル" },
    column: text,
  }),
};
