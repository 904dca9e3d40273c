import { type ConfigProblem, type Position, problem } from "./yaml/config_error.ts";
import { type LocatedValue, withValueAt } from "./yaml/located_value.ts";
import { readYaml } from "./yaml/read_yaml.ts";
import { settingPaths } from "./explain/schema_paths.ts";
import { writtenSweep } from "./methods/methods.ts";
import type { Texts } from "../text/language.ts";
import { SETTINGS } from "../settings/settings.ts";
import { nearestPath } from "./explain/suggest.ts";
import { shorten } from "../text/show_value.ts";

/** A flag `PATH=VALUE` of the command line, read; the flag itself is the place of all that it sets. */
export interface Override {
  readonly position: Position;
  /** As written, with dots. */
  readonly path: string;
  /** Of a `--sweep`, the list of the values. */
  readonly value: LocatedValue;
}

/** Reads a `--set`, or tells what is wrong with it. */
export function readOverride(text: string): Override | ConfigProblem {
  const names = [...settingPaths().keys()];
  const sections = names.filter((path) => !path.includes(".")).join(", ");
  return readFlag(text, {
    flag: "--set",
    form: { en: "PATH=VALUE, as in train.epochs=3", ja: "train.epochs=3 のような パス=値" },
    names,
    unknown: { en: "is not a setting", ja: "という設定はありません" },
    advice: {
      en: `it is a setting with its section, as in train.epochs, and begins with ${sections}`,
      ja: `train.epochs のように、${sections.replaceAll(", ", "、")} のどれかで始まるパスを書きます`,
    },
    yaml: (value) => value,
  });
}

/** Settings that may be one word or number, and the key of the mapping that means the same. */
const IN_ONE_WORD: Readonly<Record<string, string>> = {
  "train.optimizer": "name",
  "train.schedule": "method",
  "train.early_stopping": "patience",
};

/**
 * `root` with the override's value in its place; `train.optimizer.beta1` makes of the word `adam` a mapping with that name. Other places that
 * an anchor of the file filled stay as they are.
 */
export function applyOverride(root: LocatedValue, { path, value }: Override): LocatedValue {
  const keys = settingPaths().get(path) ?? [path];
  const outer = keys.slice(0, -1);
  const key = IN_ONE_WORD[outer.join(".")];
  const word = key === undefined ? undefined : valueAt(root, outer);
  if (word === undefined || typeof word.content === "object") return withValueAt(root, keys, value);
  const mapping = new Map([[key, { key: word.position, value: word }]]);
  return withValueAt(withValueAt(root, outer, { position: word.position, content: mapping }), keys, value);
}

function valueAt(root: LocatedValue, path: readonly string[]): LocatedValue | undefined {
  return path.reduce<LocatedValue | undefined>(
    (value, key) => value?.content instanceof Map ? value.content.get(key)?.value : undefined,
    root,
  );
}

/** Reads a `--sweep`, whose values stand as between the brackets of a YAML list, or tells what is wrong with it. */
export function readSweepOverride(text: string): Override | ConfigProblem {
  const names = Object.keys(SETTINGS);
  return readFlag(text, {
    flag: "--sweep",
    form: {
      en: "PATH=VALUE,VALUE, as in train.learning_rate=0.01,0.1",
      ja: "train.learning_rate=0.01,0.1 のような パス=値,値",
    },
    names,
    unknown: { en: "is not a setting that can be swept", ja: "は変化させられる設定ではありません" },
    advice: { en: `these can: ${names.join(", ")}`, ja: `変化させられるのは ${names.join("、")} です` },
    yaml: (values) => `[${values}]`,
  });
}

/** How a key of a setting is swept that only varies as a whole. */
function sweptWhole(setting: string): Texts {
  const example = {
    "train.optimizer": "{name: adam, beta1: 0.8}",
    "train.schedule": "{method: cosine, warmup: 2}",
  }[setting] ??
    "{patience: 5, restore_best: true}";
  return {
    en: `\`${setting}\` varies as a whole, as in --sweep "${setting}=${example},..."`,
    ja: `--sweep "${setting}=${example},..." のように、\`${setting}\` 全体を変化させます`,
  };
}

function readFlag(
  text: string,
  { flag, form, names, unknown, advice, yaml }:
    & Record<"form" | "unknown" | "advice", Texts>
    & { flag: string; names: readonly string[]; yaml: (value: string) => string },
): Override | ConfigProblem {
  const position: Position = { file: `${flag} ${shorten(text)}` };
  const quote = /^['"]/.exec(text)?.[0];
  if (quote !== undefined) {
    const unquoted = text.replaceAll(quote, "");
    // What is to be typed is shown whole, or not at all.
    const meant = (form: string) => `${flag} "${shorten(unquoted) === unquoted ? unquoted : form}"`;
    return problem(position, [], {
      en: `must not begin with \`${quote}\`, which this shell takes for a part of it; write ${
        meant("PATH=VALUE")
      }`,
      ja: `このシェルでは引用符 \`${quote}\` も値の一部になります。${meant("パス=値")} と書きます`,
    });
  }
  const equals = text.indexOf("=");
  const path = text.slice(0, equals).trim();
  if (equals < 0 || path === "") {
    return problem(position, [], { en: `must be ${form.en}`, ja: `${form.ja} の形で書きます` });
  }
  if (!names.includes(path)) {
    const meant = nearestPath(path, names);
    const whole = names.find((name) => Object.hasOwn(IN_ONE_WORD, name) && path.startsWith(`${name}.`));
    const help = whole !== undefined
      ? sweptWhole(whole)
      : meant === undefined
      ? advice
      : { en: `did you mean \`${meant}\`?`, ja: `もしかして \`${meant}\` ですか？` };
    const shown = shorten(path);
    return problem(position, [], {
      en: `\`${shown}\` ${unknown.en}; ${help.en}`,
      ja: `\`${shown}\` ${unknown.ja}。${help.ja}`,
    });
  }
  const { root, problems: [first] } = readYaml(yaml(text.slice(equals + 1)), position.file);
  if (first !== undefined) return { ...position, path, message: first.message, ja: first.ja };
  return { position, path, value: from(position, root) };
}

/**
 * `root` with the values among the parameters of its sweep, of halving among those of the candidates; a config without a sweep gets
 * a grid. Tells what is wrong where its sweep has no parameters.
 */
export function applySweepOverride(root: LocatedValue, override: Override): LocatedValue | ConfigProblem {
  const { position, path, value } = override;
  const { at, listing } = writtenSweep(root);
  const added = listing?.fromFlag(value) ?? value;
  return "en" in added
    ? problem(position, [path], added)
    : withValueAt(root, [...at, "parameters", path], added);
}

/** The value with the override itself as the place of all its parts. */
function from(position: Position, value?: LocatedValue): LocatedValue {
  const content = value?.content ?? null;
  if (Array.isArray(content)) return { position, content: content.map((item) => from(position, item)) };
  if (!(content instanceof Map)) return { position, content };
  const entries = [...content].map(([key, entry]) =>
    [key, { key: position, value: from(position, entry.value) }] as const
  );
  return { position, content: new Map(entries) };
}
