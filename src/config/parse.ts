import { ConfigError, type ConfigProblem, problem } from "./yaml/config_error.ts";
import { describeFound } from "./explain/describe.ts";
import { explainIssues } from "./explain/explain_issue.ts";
import { writtenSweep } from "./methods/methods.ts";
import { type LocatedValue, plainValue, positionAt, valueAt } from "./yaml/located_value.ts";
import { applyOverride, applySweepOverride, readOverride, readSweepOverride } from "./override.ts";
import type { Override } from "./override.ts";
import { type Language, LANGUAGES } from "../text/language.ts";
import { readYaml } from "./yaml/read_yaml.ts";
import { brokenRule, seedsDiffer } from "./rules.ts";
import { type Experiment, experimentSchema } from "./schema.ts";

/** What a config is read with besides its text. */
export interface ParseOptions {
  /** The file's name, for messages. */
  readonly file: string;
  /** Overrides, each `PATH=VALUE` with the value in YAML (`train.epochs=3`, `model.hidden=[100]`); a later one wins. */
  readonly set?: readonly string[] | undefined;
  /** Settings to sweep, each `PATH=VALUE,VALUE` (`train.learning_rate=0.01,0.1`), as if they stood in the config's sweep. */
  readonly sweep?: readonly string[] | undefined;
  /** Whether it has been run already: it is then read, though nobody should run it so again. */
  readonly recorded?: boolean;
}

/**
 * Reads an experiment from the YAML text of a config, applies the overrides and fills in the defaults.
 * Throws a ConfigError that tells what is wrong, each with its line and column, or the override it comes from.
 */
export function parseExperiment(
  text: string,
  { file, set = [], sweep = [], recorded = false }: ParseOptions,
): Experiment {
  const empty: LocatedValue = { position: { file, line: 1, column: 1 }, content: null };
  const { root = empty, problems: unreadable } = readYaml(text, file);
  const problems = [...unreadable];
  let more = 0;
  let language = languageIn(root);
  const overrides: Override[] = [];
  for (const override of set.map(readOverride)) {
    if ("message" in override) problems.push(override);
    else overrides.push(override);
  }
  if (root.content instanceof Map) {
    let whole = overrides.reduce(applyOverride, root);
    for (const override of sweep.map(readSweepOverride)) {
      const result = "message" in override ? override : applySweepOverride(whole, override);
      if ("message" in result) problems.push(result);
      else whole = result;
    }
    problems.push(...ineffective(overrides, whole));
    language = languageIn(whole);
    const { data, error } = experimentSchema.safeParse(plainValue(whole));
    const flaw = data === undefined || recorded ? undefined : brokenRule(seedsDiffer, data);
    if (flaw !== undefined) problems.push(problem(positionAt(whole, flaw.path), flaw.path, flaw.message));
    if (data !== undefined && problems.length === 0) {
      if (language !== undefined) written.set(data, language);
      return data;
    }
    const explained = explainIssues(error?.issues ?? [], whole);
    problems.push(...explained.problems);
    more = explained.more;
  } else if (unreadable.length === 0) {
    problems.push(notAMapping(root));
  }
  throw new ConfigError(withoutEchoes(problems), { more, language });
}

const written = new WeakMap<Experiment, Language>();

/** The language that the config of an experiment itself asks for; undefined where its report only has the default. */
export function writtenLanguage(experiment: Experiment): Language | undefined {
  return written.get(experiment);
}

/** The language that a config asks for, right or wrong in the rest. */
function languageIn(root: LocatedValue): Language | undefined {
  const language = valueAt(root, ["report", "language"])?.content;
  return LANGUAGES.find((known) => known === language);
}

function notAMapping({ position, content }: LocatedValue): ConfigProblem {
  if (content === null) {
    return problem(position, [], {
      en: "is empty; a config needs at least a name and a dataset, as `name: first` and `dataset: strokes`",
      ja:
        "空です。少なくとも `name: first` と `dataset: strokes` のように、名前とデータセットを書いてください",
    });
  }
  const found = plainValue({ position, content });
  return problem(position, [], {
    en: `must be a mapping such as \`name: first\`, with a space after each half-width colon, found ${
      describeFound(found)
    }`,
    ja: "`name: first` のようなマッピングを書いてください。半角のコロンの後には空白が必要です" +
      `（現在の内容：${describeFound(found, "ja")}）`,
  });
}

/** Overrides of settings that the sweep decides: its values would win, and the override would silently change nothing. */
function ineffective(overrides: readonly Override[], root: LocatedValue): ConfigProblem[] {
  const { decided } = writtenSweep(root);
  return overrides.flatMap(({ position, path }) => {
    const by = decided.find((setting) => `${path}.`.startsWith(`${setting.path}.`));
    if (by === undefined) return [];
    const { en, ja } = by.why;
    return [
      problem(position, [path], {
        en: `would change nothing: ${en}`,
        ja: `指定しても何も変わりません。${ja}`,
      }),
    ];
  });
}

/** A value that could not be read already has its problem; what the schema says of the hole it left only repeats it. */
function withoutEchoes(problems: readonly ConfigProblem[]): ConfigProblem[] {
  const first = new Map<string, ConfigProblem>();
  for (const problem of problems) {
    const { file, line, column, path } = problem;
    const place = JSON.stringify([file, line, column, path]);
    if (!first.has(place)) first.set(place, problem);
  }
  return [...first.values()];
}
