import { z } from "zod";
import { type Standardise, STANDARDISE_MODES } from "../data/standardise.ts";
import { TRAINING_RANGES } from "../nn/training_ranges.ts";
import { type Codec, whereSet } from "../text/codecs.ts";
import { formatCount } from "../text/numbers.ts";
import { numbers, setting } from "./setting.ts";

const modes: Codec<Standardise> = {
  expects: "true, false or center",
  write: (value) => STANDARDISE_MODES.includes(value) ? String(value) : undefined,
  read: (cell) => STANDARDISE_MODES.find((mode) => String(mode) === cell),
};

export const preprocessSettings = {
  scale: setting({
    schema: numbers(TRAINING_RANGES.scale).default(255),
    description: {
      en:
        "What each pixel (0 to 255) is divided by. 255 brings them to 0..1. Points and rows of numbers are taken as they are: leave it out.",
      ja:
        "画素値（0〜255）を割る数です。255 なら 0〜1 に正規化されます。点や数値のデータではそのままの値を使うので、書きません。",
    },
    label: { ja: "画素値の除数" },
  }),
  standardise: setting({
    schema: z.union([z.boolean(), z.literal("center")]).optional(),
    description: {
      en:
        "What is done to each input after that, by the rows that are trained on (no validation, no test), as scikit-learn's " +
        "StandardScaler: true takes the input's mean from it and divides by its standard deviation, 1 for one that never changes; " +
        "center takes the mean alone. Left out: nothing.",
      ja:
        "そのあとで各入力に行う変換です。訓練に使うデータ（検証データとテストデータを除く）から求めます。true は scikit-learn の " +
        "StandardScaler と同じく、平均を引いて標準偏差で割ります（変化しない入力は 1 で割ります）。center は平均を引くだけです。" +
        "省略すると何もしません。",
    },
    label: { ja: "標準化" },
    column: whereSet(modes),
  }),
  validation: setting({
    schema: numbers(TRAINING_RANGES.validation).default(0.2),
    description: {
      en:
        "Part of the training images set aside to measure on while training, from 0 to below 1. It is rounded up to whole images, " +
        "as scikit-learn's train_test_split does. 0 sets none aside, and then there are no val_loss and val_accuracy.",
      ja:
        "訓練画像のうち検証データに回す割合です（0 以上 1 未満）。枚数の端数は、scikit-learn の train_test_split と同じく" +
        "切り上げます。0 なら検証データはなく、val_loss と val_accuracy も求めません。",
    },
    label: { ja: "検証データの割合" },
  }),
  limit: setting({
    schema: numbers(TRAINING_RANGES.limit).max(1_000_000_000).optional(),
    description: {
      en:
        "Use only the first so many training images, before the validation part is set aside. Left out: all of them.",
      ja:
        "訓練画像の先頭から、この枚数だけを使います（検証データに回す分を含みます）。省略すると、すべて使います。",
    },
    label: { ja: "画像数の上限" },
    inWords: (value) => ({ en: formatCount(value as number), ja: formatCount(value as number) }),
  }),
};
