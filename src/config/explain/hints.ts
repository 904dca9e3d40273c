import type { JsonSchema } from "../json_schema.ts";
import { choicesOf, settingPaths } from "./schema_paths.ts";
import type { Texts } from "../../text/language.ts";
import { isMapping, showPath, showValue } from "../../text/show_value.ts";
import { colonFlaw } from "../yaml/colon.ts";
import { commentFlaw, dashFlaw, indentationFlaw } from "../yaml/full_width.ts";
import { nearest, nearestPath } from "./suggest.ts";
import { OPTIMIZER_SETTINGS, optimizersWith } from "../../settings/optimizer.ts";
import { SETTINGS } from "../../settings/settings.ts";

/** A number that may be meant as how many seeds there are to be. */
const MANY_SEEDS = /^([2-9]|[1-9]\d{1,3})$/;

/** Keys of a distribution, ours or another library's. */
const DRAWN = /^(choice|(log_|int_)?uniform|quantized|distribution|min|max)$/;

/** Methods of other libraries that choose a trial by a model of the earlier ones. */
const MODEL_BASED = /^(tpe|bayes|optuna|hyperopt|smac|gp$|gp_|gpsampler)/i;

const NONE: Texts = { en: "", ja: "" };

/** A hint as it follows what is wrong. */
function hint(en: string, ja: string): Texts {
  return { en: `; ${en}`, ja: `。${ja}` };
}

function write(text: string): Texts {
  return hint(`write ${text}`, `${text} と書きます`);
}

function didYouMean(name: string): Texts {
  return hint(`did you mean \`${name}\`?`, `もしかして \`${name}\` ですか？`);
}

function indentBelow(key: string): Texts {
  return hint(`indent it below \`${key}:\``, `\`${key}:\` の下に字下げして書きます`);
}

/** What the writer of a wrong value probably meant, as `; write [100]`, or empty texts. */
export function valueHint(
  { path, schema, found }: { path: readonly PropertyKey[]; schema: JsonSchema; found: unknown },
): Texts {
  const alternatives = [schema, ...choicesOf(schema)];
  const accepts = (...types: string[]) => alternatives.some(({ type }) => types.includes(String(type)));
  if (found === null) {
    return accepts("object")
      ? hint(
        "indent its keys below it, or leave it out",
        "下に字下げしてキーを書くか、このキーを取り除いてください",
      )
      : hint("give it a value or leave it out", "値を書くか、このキーを取り除いてください");
  }
  if (found === Infinity) return hint("it must be finite", "有限の値でなければなりません");
  const setting = path.filter((key) => typeof key !== "number").join(".");
  if (Array.isArray(found) && !accepts("array") && Object.hasOwn(SETTINGS, setting)) {
    return hint(
      `to try several values, list them in sweep.parameters under ${setting}`,
      `いくつかの値を試すには、sweep.parameters の ${setting} にリストを書きます`,
    );
  }
  if (
    setting === "seeds" && path.length === 1 && typeof found === "number" && MANY_SEEDS.test(String(found))
  ) {
    return hint(
      `write [${found}], or {count: ${found}} for the seeds 0 to ${found - 1}`,
      `シード ${found} だけなら [${found}]、0〜${found - 1} の ${found} 個なら {count: ${found}} と書きます`,
    );
  }
  if (isMapping(found) && !accepts("object") && accepts("array")) {
    const { values, value } = found;
    if (Array.isArray(values) || value !== undefined) return write(showValue(values ?? [value]));
    if (Object.keys(found).some((key) => DRAWN.test(key))) {
      return hint(
        "a distribution needs method random, sobol or halton",
        "分布を書けるのは method が random、sobol、halton のときです",
      );
    }
  }
  if (/^dataset\.\w+\.(size|image)$/.test(setting) && typeof found === "number") {
    return write(`${found}x${found}`);
  }
  const file = typeof found === "string" && found.includes(".") && !Number.isFinite(parseFloat(found));
  if (file && ["dataset.csv", "dataset.npz", "dataset.csv.test"].includes(setting)) {
    return write(showValue({ path: found }));
  }
  const format = file && setting === "dataset" ? found.match(/\.(csv|npz)$/)?.[1] : undefined;
  if (format !== undefined) return write(showValue({ [format]: { path: found } }));
  if (setting === "dataset.folder" && typeof found === "string") return write(showValue({ path: found }));
  if (["number", "boolean"].includes(typeof found) && schema.type === "string" && schema.enum === undefined) {
    return hint("put it in quotes", "引用符で囲んでください");
  }
  if (path[0] === "sweep" && path.at(-1) === "method" && MODEL_BASED.test(String(found))) {
    return hint(
      "no method chooses trials by a model of the earlier ones, as TPE and Bayesian optimization do; " +
        "random, sobol and halving are the nearest",
      "TPE やベイズ最適化のように、それまでの試行をモデルにして次の試行を選ぶ方法はありません。" +
        "近いのは random、sobol、halving です",
    );
  }
  const flaw = typeof found === "string" ? textFlaw(found, accepts) : undefined;
  if (flaw !== undefined) return hint(flaw.en, flaw.ja);
  if (setting === "name" && typeof found === "string" && /\P{ASCII}/u.test(found.normalize("NFKC"))) {
    return hint("text in any script may stand in `title`", "日本語などの文字は `title` に書けます");
  }
  const list = alternatives.find(({ type }) => type === "array");
  // A word that is meant as one of those allowed is not meant as a list of itself.
  const word = typeof found === "string" && (list === undefined || accepts("string"))
    ? textMeant(found, alternatives)
    : undefined;
  // A number out of range is no better in a list.
  const alone = typeof found === "number" && accepts("number", "integer");
  const meant = word ?? (list && !alone ? listMeant(found, list) : undefined);
  if (meant === undefined) return itemsHint(found, path, accepts);
  return typeof meant === "string" ? didYouMean(meant) : write(showValue(meant));
}

/** Of an item of a list that is several numbers, with something else than commas between them: how they are written. */
function itemsHint(
  found: unknown,
  path: readonly PropertyKey[],
  accepts: (...types: string[]) => boolean,
): Texts {
  if (typeof found !== "string" || typeof path.at(-1) !== "number" || !accepts("number", "integer")) {
    return NONE;
  }
  const parts = found.split(/[、，;；\s]+/).map(numberMeant);
  return parts.length > 1 && parts.every((part) => part !== undefined) ? write(parts.join(", ")) : NONE;
}

/** Why YAML takes for text what was meant as something else, as far as it shows. */
function textFlaw(text: string, accepts: (...types: string[]) => boolean): Texts | undefined {
  return (accepts("object") ? colonFlaw(text) : undefined) ??
    (accepts("array") ? dashFlaw(text) : undefined) ??
    (accepts("string") ? undefined : commentFlaw(text));
}

/** What the writer of an unknown key, the last of `path`, probably meant. */
export function keyHint(
  { path, allowed, value, siblings }: {
    path: readonly PropertyKey[];
    allowed: readonly string[];
    value: unknown;
    /** The mapping that has the key. */
    siblings: unknown;
  },
): Texts {
  const key = String(path.at(-1));
  const flaw = indentationFlaw(key) ?? colonFlaw(key);
  if (flaw !== undefined) return hint(flaw.en, flaw.ja);
  const parent = showPath(path.slice(0, -1));
  const parameters = ["sweep.parameters", "sweep.candidates.parameters"].includes(parent);
  if (
    parameters && isMapping(value) && Object.keys(value).every((name) => allowed.includes(`${key}.${name}`))
  ) {
    return hint(
      "write a path as one key, as in `train.learning_rate: [0.01, 0.1]`",
      "`train.learning_rate: [0.01, 0.1]` のように、パスを 1 つのキーとして書きます",
    );
  }
  if (
    allowed.includes("candidates") &&
    ["parameters", "trials", "count", "seed", "where", "exclude"].includes(key)
  ) {
    return indentBelow("candidates");
  }
  if (OPTIMIZER.test(parent)) return optimizerHint(key, allowed);
  if (allowed.includes("choice")) return distributionHint(key, isMapping(siblings) ? siblings : {}, allowed);
  const near = nearest(key, allowed);
  if (near !== undefined) return didYouMean(near);
  const paths = [...settingPaths().keys()].filter((setting) =>
    setting === "sweep.parameters" && path.length === 1 || !setting.startsWith("sweep.")
  );
  if (parameters) {
    if (paths.includes(key)) {
      return hint(`${key} is the same in every trial`, `${key} は試行ごとに変えられません`);
    }
  } else if (parent === "sweep" && Object.hasOwn(SETTINGS, key)) {
    return indentBelow("parameters");
  } else if (key.includes(".") && paths.includes(key)) {
    const dot = key.lastIndexOf(".");
    const [inner, outer] = [key.slice(dot + 1), key.slice(0, dot)];
    return hint(`write \`${inner}\` as a key of \`${outer}\``, `\`${outer}\` の下に \`${inner}\` と書きます`);
  }
  const elsewhere = nearestPath(key, parameters ? allowed : paths);
  return elsewhere === undefined ? NONE : didYouMean(elsewhere);
}

/** Where an optimizer is set, in `train` or in a sweep. */
const OPTIMIZER = /(^|\.)train\.optimizer(\.choice)?(\[\d+\])?$/;

/** What a key of an optimizer's mapping is meant as: one of its settings, one of `train`, or one of other optimizers. */
function optimizerHint(key: string, allowed: readonly string[]): Texts {
  const own = nearest(key, allowed);
  if (own !== undefined) return didYouMean(own);
  const trained = Object.keys(SETTINGS).filter((path) => path.startsWith("train."));
  const outside = nearestPath(key, trained)?.slice("train.".length);
  if (outside !== undefined) {
    return hint(`write \`${outside}\` as a key of \`train\``, `\`train\` の下に \`${outside}\` と書きます`);
  }
  const other = nearest(key, OPTIMIZER_SETTINGS);
  if (other === undefined) return NONE;
  const owners = optimizersWith(other).map((name) => `\`${name}\``);
  return hint(
    `\`${other}\` is a setting of ${owners.join(", ")}`,
    `\`${other}\` は ${owners.join("、")} の設定です`,
  );
}

/** How a distribution is written that was meant as in W&B: `{distribution: log_uniform_values, min: 0.001, max: 1}`. */
function distributionHint(
  key: string,
  { distribution, min, max, q }: Readonly<Record<string, unknown>>,
  allowed: readonly string[],
): Texts {
  const anyRange = allowed.find((kind) => kind !== "choice");
  const kind = typeof distribution === "string"
    ? nearest(distribution, allowed)
    : q === undefined
    ? anyRange
    : "quantized";
  if (["distribution", "min", "max", "q"].includes(key) && kind !== undefined && kind !== "choice") {
    const ends = [min ?? "low", max ?? "high", ...kind === "quantized" ? [q ?? "step"] : []];
    return write(showValue({ [kind]: ends }));
  }
  const near = key === "distribution" ? kind : nearest(key, allowed);
  return near === undefined ? NONE : didYouMean(near);
}

/** What a text stands for where no such text is allowed: a number, a mapping of one key, or the name it is a slip of. */
function textMeant(text: string, alternatives: readonly JsonSchema[]): unknown {
  for (const { type, pattern, properties = {} } of alternatives) {
    const number = type === "integer" || type === "number" ? numberMeant(text) : undefined;
    if (number !== undefined) return number;
    const [key] = Object.entries(properties).find(([, property]) =>
      typeof property === "object" && property.enum?.includes(text)
    ) ?? [];
    if (key !== undefined) {
      return { [key]: text };
    }
    const slug = text.normalize("NFKC").replaceAll(/[^A-Za-z0-9._-]+/g, "-").replaceAll(/^\W+|\W+$/g, "");
    // Where a space may stand, it is prose, whose words nobody should join.
    const meant = pattern !== undefined && new RegExp(pattern).test("a b")
      ? text.replaceAll(/\p{Cc}+/gu, " ").trim()
      : slug;
    // As YAML reads it a number is no text.
    const isText = Number.isNaN(Number(meant));
    if (pattern !== undefined && isText && meant !== text && new RegExp(pattern).test(meant)) {
      return meant;
    }
  }
  const names = alternatives.flatMap(({ enum: values = [], const: value }) =>
    value === undefined ? values : [value]
  );
  return nearest(text.replaceAll(/^[“”‘’「『]|[“”‘’」』]$/g, ""), names.map(String));
}

/** A single value put into as many lists as are asked for; `400, 200` without brackets becomes their items. */
function listMeant(found: unknown, { items }: JsonSchema): unknown[] | undefined {
  if (typeof items !== "object" || Array.isArray(items) || typeof found === "object") return undefined;
  if (items.type === "array") {
    const inner = listMeant(found, items);
    return inner === undefined ? undefined : [inner];
  }
  const parts = typeof found === "string" ? itemsMeant(found) : [found];
  const numeric = items.type === "integer" || items.type === "number";
  const fits = (part: unknown) =>
    items.type === "integer" ? Number.isInteger(part) : typeof part === "number";
  const { enum: words } = items;
  if (words !== undefined) return parts.every((part) => words.includes(part as string)) ? parts : undefined;
  return numeric && !parts.every(fits) ? undefined : parts;
}

/** The items of a list that was meant by a text, without brackets or in full-width characters; `0,05` is a number with a decimal comma. */
function itemsMeant(text: string): (number | string)[] {
  const plain = text.normalize("NFKC").replaceAll("、", ",").trim().replace(/^\[(.*)\]$/, "$1");
  const parts = /^0,\d+$/.test(plain) ? [plain] : plain.split(",");
  return parts.map((part) => numberMeant(part) ?? part.trim());
}

/** The number that a text was meant as: in quotes, full-width, with a decimal comma or with separators between thousands. */
function numberMeant(text: string): number | undefined {
  const plain = text.normalize("NFKC").trim()
    .replace(/^(\d+),(\d{1,2}|\d{4,})$/, "$1.$2")
    .replaceAll(/(\d)[_, ](?=\d{3}\b)/g, "$1");
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : undefined;
}
