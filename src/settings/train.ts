import { z } from "zod";
import { OPTIMIZER_NAMES, OPTIMIZERS } from "../nn/optimizers/optimizers.ts";
import { type Codec, count, finite, text, whereSet } from "../text/codecs.ts";
import { optimizerCell, optimizerSchema } from "./optimizer.ts";
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
    schema: optimizerSchema.prefault("sgd"),
    description: {
      en: `Rule of the update. ${
        OPTIMIZER_NAMES.map((name) => `${name}: ${OPTIMIZERS[name].description.en}`).join("; ")
      }. One word takes PyTorch's settings, but for adagrad's epsilon; a mapping sets others.`,
      ja: `重みの更新則（最適化手法）です。${
        OPTIMIZER_NAMES.map((name) => `${name}：${OPTIMIZERS[name].description.ja}`).join("、")
      } があります。名前だけを書くと、設定は（adagrad の epsilon のほかは）PyTorch の既定値になります。変えるにはマッピングで書きます。`,
    },
    label: { ja: "最適化手法" },
    column: optimizerCell,
  }),
  weight_decay: setting({
    schema: z.number().min(0).max(1).optional(),
    description: {
      en:
        "Weight decay (L2): so many times the weights and biases is added to their gradient, as PyTorch's optimizers do. adamw " +
        "takes it off the weights and biases themselves, learning_rate times so much at each step, and 0.01 where it is left out.",
      ja:
        "重み減衰（L2 正則化）の係数です。PyTorch の最適化手法と同じく、重みとバイアスにこの係数を掛けたものを勾配に加えます。" +
        "adamw は勾配には加えず、ステップごとに重みとバイアスそのものを「学習率 × 係数」の割合だけ小さくします（省略すると 0.01）。",
    },
    label: { ja: "重み減衰" },
    column: whereSet(finite),
  }),
  clip_norm: setting({
    schema: z.number().positive().optional(),
    description: {
      en:
        "The largest Euclidean norm that a batch's gradient, by all weights and biases together, may have: a longer one is shortened to it " +
        "(gradient clipping, torch.nn.utils.clip_grad_norm_), before weight decay is added.",
      ja:
        "勾配クリッピングの上限です。バッチの勾配（すべての重みとバイアスを合わせたもの）のノルムがこれを超えると、ちょうどこの長さまで縮めます" +
        "（torch.nn.utils.clip_grad_norm_ と同じ）。重み減衰は、そのあとに加えます。",
    },
    label: { ja: "勾配のノルムの上限" },
    column: whereSet(finite),
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
