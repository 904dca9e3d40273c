import { ConfigError, type ConfigProblem } from "./yaml/config_error.ts";
import { describeFound } from "./explain/describe.ts";
import { explainIssues } from "./explain/explain_issue.ts";
import { writtenSweep } from "./methods/methods.ts";
import { type LocatedValue, plainValue } from "./yaml/located_value.ts";
import { applyOverride, applySweepOverride, readOverride, readSweepOverride } from "./override.ts";
import type { Override } from "./override.ts";
import { readYaml } from "./yaml/read_yaml.ts";
import { type Experiment, experimentSchema } from "./schema.ts";

/** What a config is read with besides its text. */
export interface ParseOptions {
  /** The file's name, for messages. */
  readonly file: string;
  /** Overrides, each `PATH=VALUE` with the value in YAML (`train.epochs=3`, `model.hidden=[100]`); a later one wins. */
  readonly set?: readonly string[] | undefined;
  /** Settings to sweep, each `PATH=VALUE,VALUE` (`train.learning_rate=0.01,0.1`), as if they stood in the config's sweep. */
  readonly sweep?: readonly string[] | undefined;
}

/**
 * Reads an experiment from the YAML text of a config, applies the overrides and fills in the defaults.
 * Throws a ConfigError that tells what is wrong, each with its line and column, or the override it comes from.
 */
export function parseExperiment(text: string, { file, set = [], sweep = [] }: ParseOptions): Experiment {
  const empty: LocatedValue = { position: { file, line: 1, column: 1 }, content: null };
  const { root = empty, problems: unreadable } = readYaml(text, file);
  const problems = [...unreadable];
  let more = 0;
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
    const { data, error } = experimentSchema.safeParse(plainValue(whole));
    if (data !== undefined && problems.length === 0) return data;
    const explained = explainIssues(error?.issues ?? [], whole);
    problems.push(...explained.problems);
    more = explained.more;
  } else if (unreadable.length === 0) {
    problems.push(notAMapping(root));
  }
  throw new ConfigError(withoutEchoes(problems), more);
}

function notAMapping({ position, content }: LocatedValue): ConfigProblem {
  const message = content === null
    ? "is empty; a config needs at least a name and a dataset, as `name: first` and `dataset: strokes`"
    : `must be a mapping such as \`name: first\`, with a space after each half-width colon, found ${
      describeFound(plainValue({ position, content }))
    }`;
  return { ...position, path: "", message };
}

/** Overrides of settings that the sweep decides: its values would win, and the override would silently change nothing. */
function ineffective(overrides: readonly Override[], root: LocatedValue): ConfigProblem[] {
  const { decided } = writtenSweep(root);
  return overrides.flatMap(({ position, path }) => {
    const by = decided.find((setting) => `${path}.`.startsWith(`${setting.path}.`));
    return by === undefined ? [] : [{ ...position, path, message: `would change nothing: ${by.why}` }];
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
