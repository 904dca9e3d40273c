import { z } from "zod";
import { OPTIMIZER_NAMES, OPTIMIZERS } from "../nn/optimizers/optimizers.ts";
import { REDUCTIONS, SHUFFLES, TRAINING_RANGES } from "../nn/training_ranges.ts";
import { type Codec, count, finite, text, whereSet } from "../text/codecs.ts";
import { earlyStoppingSetting } from "./early_stopping.ts";
import { MAX_LAYERS } from "./model.ts";
import { optimizerCell, optimizerSchema } from "./optimizer.ts";
import { scheduleSetting } from "./schedule.ts";
import { expecting, numbers, setting } from "./setting.ts";

const batchSize: Codec<number | "full"> = {
  expects: "an integer of 1 or more, or full",
  write: (value) => value === "full" ? value : value > 0 ? count.write(value) : undefined,
  read: (cell) => cell === "full" ? cell : count.read(cell) || undefined,
};

const share = numbers(TRAINING_RANGES.dropout);

/** `0.5`, or one for each hidden layer: `0.2/0.5`. */
const shares: Codec<number | readonly number[]> = {
  expects: "a number from 0 to below 1, or several joined by /",
  write: (value) => {
    const cells = [value].flat().map(finite.write);
    return cells.length > 0 && !cells.includes(undefined) ? cells.join("/") : undefined;
  },
  read(cell) {
    const values = cell.split("/").map(finite.read);
    if (!values.every((value) => value !== undefined && value >= 0 && value < 1)) return undefined;
    return values.length === 1 ? values[0] : values as number[];
  },
};

export const trainSettings = {
  epochs: setting({
    schema: numbers(TRAINING_RANGES.epochs).max(10_000).default(10),
    description: {
      en: "How many times training goes through all training images.",
      ja: "訓練画像全体を何周して学習するか（エポック数）です。",
    },
    label: { ja: "エポック数" },
    column: count,
  }),
  batch_size: setting({
    schema: z.union([numbers(TRAINING_RANGES.batch_size).max(1024), z.literal("full")]).default(20),
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
    schema: numbers(TRAINING_RANGES.learning_rate).default(0.01),
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
    schema: numbers(TRAINING_RANGES.weight_decay).optional(),
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
    schema: numbers(TRAINING_RANGES.clip_norm).optional(),
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
    schema: z.enum(REDUCTIONS).default("mean"),
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
    schema: z.enum(SHUFFLES).default("once"),
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
  schedule: scheduleSetting,
  early_stopping: earlyStoppingSetting,
  dropout: setting({
    schema: z.union([
      share,
      expecting(z.array(share).min(1).max(MAX_LAYERS), {
        en: "a list of them, one for each hidden layer",
        ja: "隠れ層ごとに 1 つずつ並べたリスト",
      }),
    ]).optional(),
    description: {
      en:
        "Share of the hidden units that are left out at random of each image of a batch while training; those that are kept are " +
        "divided by 1 - dropout (PyTorch's Dropout). One for all hidden layers, or a list with one for each. Left out: none are.",
      ja:
        "訓練のとき、バッチの画像ごとに、隠れ層のユニットを無作為に休ませる割合です（ドロップアウト）。休ませなかったユニットの出力は " +
        "1 - dropout で割ります（PyTorch の Dropout と同じです）。すべての隠れ層に共通の 1 つか、隠れ層ごとに並べたリストを書きます。省略すると休ませません。",
    },
    label: { ja: "ドロップアウト" },
    column: whereSet(shares),
  }),
  input_noise: setting({
    schema: numbers(TRAINING_RANGES.input_noise).optional(),
    description: {
      en:
        "Standard deviation of the normal numbers that are added to every input, anew in each epoch, while training. Left out: none are.",
      ja:
        "訓練のとき、すべての入力に、毎回新しく加える正規乱数（平均 0）の標準偏差です。省略すると加えません。",
    },
    label: { ja: "入力に加える雑音" },
    column: whereSet(finite),
  }),
};
