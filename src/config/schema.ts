import { z } from "zod";
import { isMapping } from "../text/show_value.ts";
import { folderName } from "../settings/folder_name.ts";
import { described, expecting, refuse } from "../settings/setting.ts";
import { plainSettings, settingsShape } from "../settings/settings.ts";
import { sweepFlaws, sweepSchema } from "./methods/methods.ts";
import { repeatedValues } from "./methods/parameters.ts";
import { datasetSchema } from "./schemas/dataset_schema.ts";
import { evaluateSchema } from "./schemas/evaluate_schema.ts";
import { referenceSchema } from "./schemas/reference_schema.ts";
import { reportSchema } from "./schemas/report_schema.ts";
import { brokenRule, rules } from "./rules.ts";

const nameSchema = described(
  expecting(folderName(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_-])?$/).max(100), {
    en:
      "text of letters a-z, digits, `.`, `_` and `-` that begins with a letter or digit and does not end with `.`",
    ja: "半角の英数字と `.`、`_`、`-` からなる 100 文字以内の文字列（英数字で始まり、`.` で終わらないもの）",
  }),
  {
    en: "The experiment's name, and that of its results folder: letters, digits, `.`, `_` and `-`.",
    ja: "実験の名前です。結果を入れるフォルダの名前にもなります。半角の英数字と `.`、`_`、`-` で書きます。",
  },
);

/** Control characters and line ends of any script. No lookaround and no flag, as editors take patterns. */
const CONTROLS = String.raw`\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029`;

// What stands here is for people alone: no step's parameters have it, so nothing is trained again when it changes.
const titleSchema = described(
  z.string().max(120).regex(new RegExp(`^[^\\t\\n${CONTROLS}]*[^\\s${CONTROLS}][^\\t\\n${CONTROLS}]*$`)).meta(
    {
      patternErrorMessage: "one line of at most 120 characters, in any script",
      patternErrorMessageJa: "120 文字以内の 1 行（どの文字でも可）",
    },
  ).optional(),
  {
    en:
      "The heading of the report: one line, in any script. Left out: the name. Changing it trains nothing again.",
    ja:
      "レポートの見出しです。日本語でも書けます（1 行）。省略すると name が見出しになります。書き換えても、訓練のやり直しは起こりません。",
  },
);

const descriptionSchema = described(
  z.string().max(2000).regex(new RegExp(`^[^${CONTROLS}]*[^\\s${CONTROLS}][^${CONTROLS}]*$`)).meta({
    patternErrorMessage: "text of at most 2,000 characters, in any script",
    patternErrorMessageJa: "2,000 文字以内の文章（どの文字でも可）",
  }).optional(),
  {
    en:
      "What the experiment is to find out, below the heading of the report; each line is a paragraph. Changing it trains nothing again.",
    ja:
      "何を調べる実験かを書きます。レポートの見出しの下に載り、1 行が 1 段落になります。書き換えても、訓練のやり直しは起こりません。",
  },
);

const MAX_SEED = 2 ** 30 - 1;

const seedList = z.array(z.int().min(0).max(MAX_SEED)).min(1).meta({ uniqueItems: true }).superRefine(
  (seeds, context) => {
    const [first, ...others] = repeatedValues(seeds);
    if (first === undefined) return;
    const { length } = others;
    const also = length === 0 ? "" : `, and ${length} later ${length === 1 ? "repeat" : "repeats"}`;
    const seed = seeds[first.index];
    refuse(context, [first.index], {
      en: `must differ from the other seeds, found ${seed} again${also}; remove ${
        length === 0 ? "it" : "them"
      }`,
      ja: `シードが重複しています（${seed}${
        length === 0 ? "" : `。ほかにも ${length} か所`
      }）。重複を取り除いてください`,
    });
  },
);

const seedCount = z.strictObject({
  count: described(z.int().min(1).max(10_000), {
    en: "How many seeds: 0, 1, 2 and so on.",
    ja: "シードの個数です。0、1、2、… を使います。",
  }),
}).transform(({ count }) => Array.from({ length: count }, (_, seed) => seed));

const pin = z.int().min(0).max(2 ** 32 - 1).optional();

const rngSchema = z.strictObject({
  split: described(pin, {
    en: "Seed of np.random.RandomState that sets the validation images aside.",
    ja: "検証データを選ぶ np.random.RandomState のシードです。",
  }),
  init: described(pin, {
    en: "Seed of np.random.RandomState that draws the initial weights.",
    ja: "重みの初期値を引く np.random.RandomState のシードです。",
  }),
  shuffle: described(pin, {
    en: "Seed of np.random.RandomState that shuffles the training images.",
    ja: "訓練画像をシャッフルする np.random.RandomState のシードです。",
  }),
  noise: described(pin, {
    en: "Seed of np.random.RandomState that draws what dropout leaves out, and the noise of the inputs.",
    ja: "ドロップアウトで休ませるユニットと、入力に加える雑音を引く np.random.RandomState のシードです。",
  }),
});

const experimentShape = {
  name: nameSchema,
  title: titleSchema,
  description: descriptionSchema,
  dataset: datasetSchema,
  ...settingsShape,
  seeds: described(z.union([seedList, seedCount]).prefault([0]), {
    en:
      "Each trial runs once with each of these seeds: whole numbers from 0 to 2^30 - 1, or {count: 5} for 0 to 4. One only where " +
      "rng fixes all that a run draws, as each would be the same run again.",
    ja:
      "どの試行も、ここに書いたシードごとに 1 回ずつ訓練します。0 から 2^30 - 1 までの整数のリストか、{count: 5}（0〜4）のように個数を書きます。" +
      "訓練で使う乱数をすべて rng で固定したときは、どのシードでも同じ訓練になるので、1 つだけ書きます。",
  }),
  rng: described(rngSchema.prefault({}), {
    en:
      "Fixes the random generators, whatever a run's seed. One that is left out follows from the seed. The course uses 0 for all.",
    ja:
      "訓練のシードが何であっても、乱数生成器をここに書いたシードに固定します。省略したものは訓練のシードから決まります。授業ではすべて 0 です。",
  }),
  sweep: sweepSchema.optional(),
  reference: referenceSchema.optional(),
  evaluate: evaluateSchema.optional(),
  report: described(reportSchema.prefault({}), {
    en: "By which number trials are ranked.",
    ja: "試行の順位を何で決め、レポートを何語で書くかです。",
  }),
};

const ruledSchema = rules.reduce(
  (schema, rule) =>
    schema.superRefine((experiment, context) => {
      const flaw = brokenRule(rule, experiment);
      if (flaw !== undefined) refuse(context, flaw.path, flaw.message);
    }, {
      // Asked as soon as what it reads is right, so that one wrong value elsewhere does not hide it.
      when: ({ issues }) =>
        !issues.some(({ code, path = [] }) =>
          code !== "unrecognized_keys" && ["sweep", ...rule.reads].some((read) => touches(path, read))
        ),
    }),
  z.strictObject(experimentShape),
);

/** The rules see the list that was written, [tanh, tanh] for three layers too. */
const plainSchema = ruledSchema.transform((experiment) => plainSettings(experiment));

const sweptSchema = plainSchema.superRefine((experiment, context) => {
  if (experiment.sweep === undefined) return;
  for (const { path, message } of sweepFlaws(experiment.sweep, experiment)) {
    refuse(context, ["sweep", ...path], message);
  }
}, { when: ({ issues }) => issues.length === 0 });

/** One experiment, as a config file declares it: strict, and with every default filled in. */
export const experimentSchema: z.ZodType<z.output<typeof sweptSchema>, z.input<typeof sweptSchema>> = z
  .preprocess<unknown, typeof sweptSchema, z.input<typeof sweptSchema>>(withScaleOfNumbers, sweptSchema);

/** The config with `preprocess.scale: 1` where its rows are no images and it says nothing of it: another default than that of pixels. */
function withScaleOfNumbers(config: unknown): unknown {
  if (!isMapping(config) || !isMapping(config.dataset) || hasImages(config.dataset)) return config;
  const { preprocess = {} } = config;
  if (!isMapping(preprocess) || Object.hasOwn(preprocess, "scale")) return config;
  return { ...config, preprocess: { scale: 1, ...preprocess } };
}

/** Whether rows are images, as far as a config says it that nobody has checked. */
function hasImages(dataset: Readonly<Record<string, unknown>>): boolean {
  const { csv, npz } = dataset;
  const described = [csv, npz].filter((rows) => rows !== undefined);
  return !Object.hasOwn(dataset, "points") &&
    described.every((rows) => isMapping(rows) && Object.hasOwn(rows, "image"));
}

const sections: readonly PropertyKey[] = [...Object.keys(settingsShape), "evaluate", "report"];

/** Whether one of the two paths lies on the other, or a whole section is not even a mapping. */
function touches(path: readonly PropertyKey[], read: string): boolean {
  if (path.length === 1 && sections.includes(path[0])) return true;
  return read.split(".").every((key, depth) => depth >= path.length || path[depth] === key);
}

/** A whole experiment, with every default filled in: the program's only config type. */
export type Experiment = z.infer<typeof experimentSchema>;
