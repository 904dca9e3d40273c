import type { ConfigProblem, Position } from "./config_error.ts";
import { type LocatedValue, withValueAt } from "./located_value.ts";
import { readYaml } from "./read_yaml.ts";
import { settingPaths } from "./schema_paths.ts";
import { nearestPath } from "./suggest.ts";

/** One `--set PATH=VALUE` of the command line, read. */
export interface Override {
  /** The override itself, as the place of all that it sets. */
  readonly position: Position;
  /** The path as written, with dots. */
  readonly path: string;
  /** The keys that the path stands for. */
  readonly keys: readonly string[];
  /** The value to set. */
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
