import { ROW_NAMES } from "../data/row_names.ts";
import { datasetFacts, type RowKind } from "../data/catalogue.ts";
import { applyParameters } from "../settings/apply_parameters.ts";
import { settingAt, SETTINGS, type Settings, type SettingValue } from "../settings/settings.ts";
import { usedSeeds } from "../settings/used_seeds.ts";
import { type Measure, measureOf, METRIC, type Metric } from "../tables/metrics.ts";
import type { Texts } from "../text/language.ts";
import { showValue } from "../text/show_value.ts";
import { pointsBy } from "./methods/candidates.ts";
import type { Point } from "./methods/method.ts";
import type { Flaw } from "./methods/parameters.ts";
import type { DatasetChoice } from "./schemas/dataset_schema.ts";
import { candidatesOf, listedValues, type Sweep, sweepMethodOf, sweptPaths } from "./methods/methods.ts";

export interface RuleInput extends Settings {
  dataset: DatasetChoice;
  seeds: readonly number[];
  rng: { readonly [use in ReturnType<typeof usedSeeds>[number]]?: number | undefined };
  report: { metric: Metric };
  evaluate?: { readonly measures: readonly Measure[] } | undefined;
  reference?: readonly { readonly metric: Metric }[] | undefined;
  sweep?: Sweep | undefined;
}

/** The settings of one trial, before it is known to make sense. */
interface Candidate extends Settings {
  dataset: DatasetChoice;
  seeds: RuleInput["seeds"];
  rng: RuleInput["rng"];
  metric: Metric;
  evaluate: RuleInput["evaluate"];
  reference: RuleInput["reference"];
  /** The values that the sweep gave it, of those that the rule reads. */
  swept: Readonly<Record<string, SettingValue>>;
}

/** A rule between settings, each of them right for itself. */
export interface Rule {
  /** The settings that it reads, which must be right for themselves before it can be asked. */
  readonly reads: readonly string[];
  /** The setting to blame, if it is not a swept one. */
  readonly blames: string;
  /** Whether any trial may break it, so that all are looked at; left out, one may. */
  readonly asked?: (experiment: RuleInput) => boolean;
  readonly broken: (candidate: Candidate) => Texts | undefined;
}

/** Every rule between settings. One that a single section can check for itself is in that section's schema. */
export const rules: readonly Rule[] = [
  {
    reads: ["model.hidden", "model.activation"],
    blames: "model.activation",
    asked: ({ model, sweep }) =>
      [model.activation, ...sweep === undefined ? [] : listedValues(sweep, "model.activation")].some(
        Array.isArray,
      ),
    broken({ model: { hidden, activation }, swept }) {
      const { "model.activation": written = activation } = swept;
      if (!Array.isArray(written) || written.length === hidden.length) return undefined;
      const layers = hidden.length;
      const found = showValue(written);
      const advice = Object.keys(swept).length > 0 ? { en: "", ja: "" } : {
        en: "; to try several in turn, list them in sweep.parameters under model.activation",
        ja: "。いくつかを順に試すには、sweep.parameters の model.activation にリストを書きます",
      };
      return {
        en: `must be one word${
          layers === 0
            ? " where there is no hidden layer"
            : `, or a list of ${layers} for the ${layers === 1 ? "hidden layer" : `${layers} hidden layers`}`
        }, found a list of ${written.length}: ${found}${advice.en}`,
        ja:
          (layers === 0
            ? "隠れ層がないので、リストにはできません。1 語で書いてください"
            : `すべての隠れ層に共通の 1 語か、隠れ層（${layers} 層）ごとに 1 つずつ並べたリストを書いてください`) +
          `（現在の値：要素が ${written.length} 個のリスト ${found}）${advice.ja}`,
      };
    },
  },
  {
    reads: ["model.hidden", "train.dropout"],
    blames: "train.dropout",
    asked: ({ train, sweep }) =>
      [train.dropout, ...sweep === undefined ? [] : listedValues(sweep, "train.dropout")].some(Array.isArray),
    broken({ model: { hidden: { length: layers } }, train, swept }) {
      const { "train.dropout": written = train.dropout } = swept;
      if (!Array.isArray(written) || written.length === layers) return undefined;
      const found = `${written.length}: ${showValue(written)}`;
      return {
        en: layers === 0
          ? `must be one number where there is no hidden layer, found a list of ${found}`
          : `must be one number, or a list of ${layers} for the ${
            layers === 1 ? "hidden layer" : `${layers} hidden layers`
          }, found a list of ${found}`,
        ja:
          `すべての隠れ層に共通の 1 つの数か、隠れ層（${layers} 層）ごとに 1 つずつ並べたリストを書いてください` +
          `（現在の値：要素が ${written.length} 個のリスト ${showValue(written)}）`,
      };
    },
  },
  ...Object.entries(SETTINGS).flatMap(([path, { needsValidation }]): Rule[] =>
    needsValidation === undefined ? [] : [{
      reads: ["preprocess.validation", path],
      blames: path,
      broken({ dataset, preprocess, model, train }) {
        const value = settingAt({ preprocess, model, train }, path);
        if (preprocess.validation > 0 || !needsValidation(value)) return undefined;
        const { en, ja } = rowsOf(dataset);
        return {
          en:
            `goes by the validation loss, and preprocess.validation is 0: no ${en} are left to measure it on; ` +
            `raise preprocess.validation, or remove ${path}`,
          ja: `検証損失を使いますが、preprocess.validation が 0 なので、検証に使う${ja}がありません。` +
            `validation を大きくするか、${path} を取り除いてください`,
        };
      },
    }]
  ),
  {
    reads: ["model.init"],
    blames: "model.init.sigma",
    broken: ({ model, swept }) =>
      "model.init.sigma" in swept && model.init.method !== "gaussian"
        ? {
          en: `has no meaning with method ${model.init.method}; sweep it with method gaussian only, ` +
            "or sweep model.init as a whole: [{method: gaussian, sigma: 0.01}, {method: he}]",
          ja:
            `method が ${model.init.method} のときは意味がありません。method が gaussian のときだけ変化させるか、` +
            "model.init 全体を変化させてください：[{method: gaussian, sigma: 0.01}, {method: he}]",
        }
        : undefined,
  },
  {
    reads: ["preprocess.validation", "report.metric"],
    blames: "preprocess.validation",
    broken: ({ dataset, preprocess, metric }) =>
      preprocess.validation === 0 && METRIC[metric].on === "validation"
        ? {
          en:
            `must be above 0 where report.metric is ${metric}, found 0: no ${
              rowsOf(dataset).en
            } are left to measure it on; ` +
            "raise it, or set report.metric to train_loss, test_accuracy or test_loss",
          ja:
            `report.metric が ${metric} のときは 0 より大きくなければなりません（現在の値：0）。検証に使う${
              rowsOf(dataset).ja
            }がありません。` +
            "値を大きくするか、report.metric を train_loss、test_accuracy、test_loss のどれかにしてください",
        }
        : undefined,
  },
  {
    reads: ["evaluate.measures", "report.metric"],
    blames: "report.metric",
    broken: ({ metric, evaluate }) => unmeasured([metric], evaluate),
  },
  {
    reads: ["evaluate.measures", "reference"],
    blames: "reference",
    broken: ({ reference = [], evaluate }) => unmeasured(reference.map(({ metric }) => metric), evaluate),
  },
  {
    reads: ["preprocess.validation", "preprocess.limit"],
    blames: "preprocess.limit",
    broken: ({ dataset, preprocess: { limit, validation } }) => {
      if (limit === undefined) return undefined;
      const held = Math.ceil(limit * validation);
      const { en, ja, counter } = rowsOf(dataset);
      return held < limit ? undefined : {
        en:
          `must leave ${en} to train on, found ${limit}, of which validation (${validation}) takes ${held}; raise it, or lower validation`,
        ja:
          `訓練に使う${ja}が残りません（${limit} ${counter}のうち ${held} ${counter}を validation（${validation}）が検証に回します）。` +
          "値を大きくするか、validation を小さくしてください",
      };
    },
  },
  {
    reads: ["dataset", "preprocess.validation"],
    blames: "preprocess.validation",
    broken: ({ dataset, preprocess: { validation } }) => {
      const count = datasetFacts(dataset).counts?.train;
      if (count === undefined || Math.ceil(count * validation) < count) return undefined;
      const { en, ja, counter } = rowsOf(dataset);
      return {
        en: `must leave ${en} to train on, found ${validation}, which takes all ${count} of them; lower it`,
        ja:
          `訓練に使う${ja}が残りません（${validation} では ${count} ${counter}すべてを検証に回します）。値を小さくしてください`,
      };
    },
  },
  {
    reads: ["dataset", "preprocess.scale"],
    blames: "preprocess.scale",
    broken({ dataset, preprocess: { scale } }) {
      const { kind } = datasetFacts(dataset);
      if (scale === 1 || kind === "images") return undefined;
      return kind === "points"
        ? {
          en: `has no meaning for points, whose coordinates are taken as they are, found ${scale}; remove it`,
          ja: `点には意味がありません（現在の値：${scale}）。座標はそのまま使います。取り除いてください`,
        }
        : {
          en: `has no meaning for rows of numbers, which are taken as they are, found ${scale}; remove it, ` +
            "or say with image that they are images",
          ja:
            `数値の行には意味がありません（現在の値：${scale}）。数値はそのまま使います。取り除くか、画像なら image を書いてください`,
        };
    },
  },
];

/**
 * Several seeds are to be several runs. Apart from the other rules, as results were written before there was this one: they stay
 * readable.
 */
export const seedsDiffer: Rule = {
  reads: ["seeds", "rng", "train.shuffle", "train.dropout", "train.input_noise"],
  blames: "seeds",
  asked: ({ seeds, rng }) => seeds.length > 1 && rng.split !== undefined && rng.init !== undefined,
  broken({ seeds: { length }, rng, train }) {
    const used = usedSeeds({ train });
    if (used.some((use) => rng[use] === undefined)) return undefined;
    const paths = used.map((use) => `rng.${use}`);
    return {
      en:
        `must be one seed where ${paths.slice(0, -1).join(", ")} and ${
          paths.at(-1)
        } are all given, found ${length}: ` +
        "nothing is left that follows from the seed, so each would be the very same run again, and the spread over them 0 by " +
        `construction; leave one seed, or remove ${paths.slice(0, -1).join(", ")} or ${
          paths.at(-1)
        }, so that it follows from the seed`,
      ja:
        `${
          paths.join("、")
        } がすべて固定されているときは、1 つだけにしてください（現在：${length} 個）。シードで変わるものがないため、` +
        "どのシードでもまったく同じ訓練の繰り返しになり、ばらつきは必ず 0 になります。シードを 1 つにするか、" +
        `${paths.join("、")} のうち、シードごとに変えたいものを取り除いてください`,
    };
  },
};

/** What is wrong where one of the metrics is not measured. */
function unmeasured(
  metrics: readonly Metric[],
  { measures }: { readonly measures: readonly Measure[] } = { measures: [] },
): Texts | undefined {
  for (const metric of metrics) {
    const needed = measureOf(metric);
    if (needed === undefined || measures.includes(needed)) continue;
    return {
      en: `asks for ${metric}, which is measured only where evaluate.measures has ${needed}; add it there`,
      ja: `${metric} は、evaluate.measures に ${needed} があるときだけ測られます。そこに書き加えてください`,
    };
  }
}

/** What the rows of a data set are called, and how Japanese counts them. */
function rowsOf(dataset: DatasetChoice): (typeof ROW_NAMES)[RowKind] {
  return ROW_NAMES[datasetFacts(dataset).kind];
}

/** Looking at so many trials takes about a second. */
const MAX_CASES = 300_000;

/** A trial that breaks a rule. */
interface Break {
  readonly message: Texts;
  readonly index: number;
  /** The settings that the sweep gave it, of those that the rule reads, and how they are set: `train.epochs 3`. */
  readonly read: readonly string[];
  readonly values: string;
  place: Point["place"];
}

/** The first trial that breaks `rule`, if any; `too many` where none of the first `most` does, and there are more. */
export function firstBreak(
  rule: Rule,
  experiment: RuleInput,
  most: number,
): Break | "too many" | undefined {
  if (rule.asked?.(experiment) === false) return undefined;
  const { dataset, seeds, rng, report: { metric }, evaluate, reference } = experiment;
  const others = { dataset, seeds, rng, metric, evaluate, reference };
  let count = 0;
  for (const { index, swept, place } of cases(rule, experiment)) {
    if (++count > most) return "too many";
    const message = rule.broken({ ...applyParameters(experiment, swept), ...others, swept });
    if (message === undefined) continue;
    const read = Object.keys(swept).filter((path) => reads(rule, path));
    const values = read.map((path) => `${path} ${showValue(swept[path])}`).join(", ");
    return { message, index, read, values, place };
  }
}

/** What is wrong with an experiment by `rule`, if anything. */
export function brokenRule(rule: Rule, experiment: RuleInput): Flaw | undefined {
  const found = firstBreak(rule, experiment, MAX_CASES);
  if (found === undefined) return undefined;
  if (found === "too many") return tooMany(rule, experiment);
  const { message, index, read, values, place } = found;
  const blamed = read.includes(rule.blames) ? rule.blames : read.at(-1);
  if (blamed === undefined) return { path: rule.blames.split("."), message };
  const why = {
    en: `trial ${index} (${values}) cannot run: ${rule.blames} ${message.en}`,
    ja: `試行 ${index}（${values}）を実行できません。${rule.blames}：${message.ja}`,
  };
  return { path: ["sweep", ...place(blamed)], message: why };
}

function tooMany(rule: Rule, { sweep }: RuleInput): Flaw {
  const read = sweep === undefined ? [] : sweptPaths(sweep).filter((path) => reads(rule, path));
  const message = {
    en: `must make at most ${MAX_CASES} combinations of ${read.join(" and ")}; remove values`,
    ja: `${read.join(" と ")} の組み合わせは ${MAX_CASES} 通りまでです。値を減らしてください`,
  };
  return { path: ["sweep", ...sweep === undefined ? [] : sweepMethodOf(sweep).at, "parameters"], message };
}

/** The trials that the rule may judge differently. */
function* cases(rule: Rule, experiment: RuleInput): Generator<Point> {
  const { sweep } = experiment;
  const read = (path: string) => reads(rule, path);
  if (sweep === undefined || !sweptPaths(sweep).some(read)) {
    yield { index: 0, swept: {}, place: () => [] };
    return;
  }
  const { at } = sweepMethodOf(sweep);
  for (const point of pointsBy(candidatesOf(sweep), experiment, read)) {
    yield { ...point, place: (path) => [...at, ...point.place(path)] };
  }
}

function reads(rule: Rule, path: string): boolean {
  return rule.reads.some((read) => path === read || path.startsWith(`${read}.`));
}
