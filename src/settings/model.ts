import { z } from "zod";
import { ACTIVATIONS, type Activations, inOneWord } from "../nn/activation.ts";
import { BIASES, INIT_METHODS, TRAINING_RANGES } from "../nn/training_ranges.ts";
import { type Codec, finite, oneOf, optional, text } from "../text/codecs.ts";
import { expecting, numbers, refuse, setting, shapeOf } from "./setting.ts";

const DEFAULT_SIGMA = 0.01;

const biasWord = z.enum(BIASES);
const biasWords = oneOf(biasWord.options);

const biasCell: Codec<"zero" | "gaussian" | number> = {
  expects: `${biasWords.expects}, or a finite number`,
  write: (bias) => typeof bias === "number" ? finite.write(bias) : biasWords.write(bias),
  read: (cell) => biasWords.read(cell) ?? finite.read(cell),
};

export const initSettings = {
  method: setting({
    schema: z.enum(INIT_METHODS).default("gaussian"),
    description: {
      en:
        "How the weights start: normal numbers of mean 0 and a standard deviation of `sigma` (gaussian), 1/sqrt(n) (xavier, " +
        "for tanh and sigmoid) or sqrt(2/n) (he, for relu), where n is the number of units of the layer before.",
      ja:
        "重みの初期値の決め方です。平均 0 の正規乱数で、標準偏差は `sigma`（gaussian）、1/sqrt(n)（xavier：tanh と sigmoid 向け）、" +
        "sqrt(2/n)（he：relu 向け）です。n は前の層のユニット数です。",
    },
    label: { ja: "初期化の方法" },
    short: "init",
    columnName: "init",
    column: text,
  }),
  sigma: setting({
    schema: numbers(TRAINING_RANGES.sigma).optional(),
    description: {
      en:
        `Standard deviation of the initial weights, above 0. Only with method gaussian, where it is ${DEFAULT_SIGMA} by default.`,
      ja:
        `重みの初期値の標準偏差です（0 より大きい数）。method が gaussian のときだけ書け、省略すると ${DEFAULT_SIGMA} です。`,
    },
    label: { ja: "初期値の標準偏差 σ" },
    column: optional(finite),
  }),
  bias: setting({
    schema: z.union([biasWord, z.number()]).default("gaussian"),
    description: {
      en:
        "How the biases start: at zero, all at the number that is given, or as normal numbers with the same standard deviation as " +
        "the layer's weights (sigma, or what xavier or he give for that layer).",
      ja:
        "バイアスの初期値です。0（zero）、ここに書いた数、またはその層の重みと同じ標準偏差（sigma、または xavier や he がその層に定める値）の" +
        "正規乱数（gaussian）にします。",
    },
    label: { ja: "バイアスの初期値" },
    column: biasCell,
  }),
};

const writtenInit = z.strictObject(shapeOf(initSettings));

/** `model.init` before its sigma is settled. */
export type WrittenInit = z.infer<typeof writtenInit>;

/** `model.init` resolved: there is a `sigma` exactly when the method is gaussian. */
export type Init =
  | { method: "gaussian"; sigma: number; bias: WrittenInit["bias"] }
  | { method: "xavier" | "he"; bias: WrittenInit["bias"] };

/** Fills in the default `sigma` of gaussian and leaves it out of the methods that have none. A bias of 0 is `zero`. */
export function resolveInit({ method, sigma = DEFAULT_SIGMA, bias: written }: WrittenInit): Init {
  const bias = written === 0 ? "zero" : written;
  return method === "gaussian" ? { method, sigma, bias } : { method, bias };
}

const initSchema = writtenInit
  .superRefine(({ method, sigma }, context) => {
    if (method === "gaussian" || sigma === undefined) return;
    const rule = method === "xavier" ? "1/sqrt(n)" : "sqrt(2/n)";
    const message = {
      en: `has no meaning with method ${method}, which takes ${rule} as the standard deviation ` +
        `(n: units of the layer before), found ${sigma}; remove sigma or use method gaussian`,
      ja:
        `method が ${method} のときは意味がありません（現在の値：${sigma}）。標準偏差は ${rule} に決まります` +
        "（n は前の層のユニット数）。sigma を取り除くか、method を gaussian にしてください",
    };
    refuse(context, ["sigma"], message);
  })
  .transform(resolveInit);

/** `400-200`; an empty cell for no hidden layer. With an x in the place of the - it is read too. */
const layerSizes: Codec<readonly number[]> = {
  expects: "sizes of 1 or more joined by -, as 400-200, or empty",
  write: (sizes) => sizes.every((n) => Number.isSafeInteger(n) && n > 0) ? sizes.join("-") : undefined,
  read(cell) {
    if (cell === "") return [];
    return /^[1-9]\d*(([-x])[1-9]\d*(\2[1-9]\d*)*)?$/.test(cell) ? cell.split(/[-x]/).map(Number) : undefined;
  },
};

/** The same as `400x200`: what people open in spreadsheets, which take `12-5` for a day in December. */
export const layerSizesForSheets: Codec<readonly number[]> = {
  ...layerSizes,
  write: (sizes) => layerSizes.write(sizes)?.replaceAll("-", "x"),
};

/** Hidden layers at most. */
export const MAX_LAYERS = 8;
const activationName = z.enum(ACTIVATIONS);
const word = oneOf(ACTIVATIONS);

/** `tanh`, or one for each hidden layer: `tanh-relu`. */
const layerActivations: Codec<Activations> = {
  expects: `${word.expects}, or several joined by -`,
  write(activations) {
    const cells = [inOneWord(activations)].flat().map(word.write);
    return cells.length > 0 && !cells.includes(undefined) ? cells.join("-") : undefined;
  },
  read(cell) {
    const names = cell.split("-").map(word.read).filter((name) => name !== undefined);
    return names.length > 0 && names.join("-") === cell ? inOneWord(names) : undefined;
  },
};

export const modelSettings = {
  hidden: setting({
    schema: z.array(numbers(TRAINING_RANGES.hidden).max(2000)).max(MAX_LAYERS).default([400, 200]),
    description: {
      en:
        `Units of each hidden layer, from the input's side: up to ${MAX_LAYERS} layers of 1 to 2000 units. [] has no hidden layer: logistic regression.`,
      ja:
        `隠れ層のユニット数を、入力側から順に並べます。${MAX_LAYERS} 層まで、各層 1〜2000 ユニットです。[] は隠れ層なし、つまりロジスティック回帰です。`,
    },
    label: { ja: "隠れ層" },
    column: layerSizes,
  }),
  activation: setting({
    schema: z.union([
      activationName,
      expecting(z.array(activationName).min(1).max(MAX_LAYERS), {
        en: "a list of them, one for each hidden layer",
        ja: "隠れ層ごとに 1 つずつ並べたリスト",
      }),
    ]).default("tanh"),
    description: {
      en:
        "Activation of the hidden layers: one for all of them, or a list with one for each, from the input's side, as [tanh, relu]. " +
        "The output is always softmax.",
      ja:
        "隠れ層の活性化関数です。すべての層に共通の 1 つを書くか、[tanh, relu] のように、隠れ層ごとに 1 つずつ、" +
        "入力側から順に並べます。出力層は常に softmax です。",
    },
    label: { ja: "活性化関数" },
    column: layerActivations,
  }),
  init: setting({
    schema: initSchema.prefault({}),
    description: { en: "How weights and biases start.", ja: "重みとバイアスの初期値の決め方です。" },
    label: { ja: "初期化" },
  }),
};
