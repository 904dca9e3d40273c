import type { ConfigProblem, Position } from "./yaml/config_error.ts";
import { type LocatedValue, withValueAt } from "./yaml/located_value.ts";
import { readYaml } from "./yaml/read_yaml.ts";
import { settingPaths } from "./explain/schema_paths.ts";
import { writtenSweep } from "./methods/methods.ts";
import { SETTINGS } from "../settings/settings.ts";
import { nearestPath } from "./explain/suggest.ts";

/** One `--set PATH=VALUE` of the command line, read; the override itself is the place of all that it sets. */
export interface Override {
  readonly position: Position;
  /** As written, with dots. */
  readonly path: string;
  /** The keys that the path stands for. */
  readonly keys: readonly string[];
  readonly value: LocatedValue;
}

/** Reads an override, or tells what is wrong with it. */
export function readOverride(text: string): Override | ConfigProblem {
  const position: Position = { file: `--set ${text}` };
  const equals = text.indexOf("=");
  const path = text.slice(0, equals).trim();
  if (equals < 0 || path === "") {
    return { ...position, path: "", message: "must be PATH=VALUE, as in train.epochs=3" };
  }
  const paths = settingPaths();
  const keys = paths.get(path);
  if (keys === undefined) {
    const meant = nearestPath(path, [...paths.keys()]);
    const help = meant === undefined
      ? `; it is a setting with its section, as in train.epochs, and begins with ${topLevel(paths)}`
      : `; did you mean \`${meant}\`?`;
    return { ...position, path: "", message: `\`${path}\` is not a setting${help}` };
  }
  const { root, problems: [problem] } = readYaml(text.slice(equals + 1), position.file);
  if (problem !== undefined) return { ...position, path, message: problem.message };
  return { position, path, keys, value: from(position, root) };
}

/** `root` with the override's value in its place. Other places that an anchor of the file filled stay as they are. */
export function applyOverride(root: LocatedValue, { keys, value }: Override): LocatedValue {
  return withValueAt(root, keys, value);
}

/** One `--sweep PATH=VALUE,VALUE` of the command line, read; `value` is the list of the values. */
export type SweepOverride = Omit<Override, "keys">;

/** Reads a `--sweep`, whose values stand as between the brackets of a YAML list, or tells what is wrong with it. */
export function readSweepOverride(text: string): SweepOverride | ConfigProblem {
  const position: Position = { file: `--sweep ${text}` };
  const equals = text.indexOf("=");
  const path = text.slice(0, equals).trim();
  if (equals < 0 || path === "") {
    return { ...position, path: "", message: "must be PATH=VALUE,VALUE, as in train.learning_rate=0.01,0.1" };
  }
  if (!Object.hasOwn(SETTINGS, path)) {
    const meant = nearestPath(path, Object.keys(SETTINGS));
    const help = meant === undefined
      ? `; these can: ${Object.keys(SETTINGS).join(", ")}`
      : `; did you mean \`${meant}\`?`;
    return { ...position, path: "", message: `\`${path}\` is not a setting that can be swept${help}` };
  }
  const { root, problems: [problem] } = readYaml(`[${text.slice(equals + 1)}]`, position.file);
  if (problem !== undefined) return { ...position, path, message: problem.message };
  return { position, path, value: from(position, root) };
}

/**
 * `root` with the values among the parameters of its sweep, of halving among those of the candidates; a config without a sweep gets
 * a grid. Tells what is wrong where its sweep has no parameters.
 */
export function applySweepOverride(
  root: LocatedValue,
  { position, path, value }: SweepOverride,
): LocatedValue | ConfigProblem {
  const { at, listing } = writtenSweep(root);
  const added = listing?.fromFlag(value) ?? value;
  return typeof added === "string"
    ? { ...position, path, message: added }
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

function topLevel(paths: ReadonlyMap<string, readonly string[]>): string {
  return [...paths.keys()].filter((path) => !path.includes(".")).join(", ");
}
