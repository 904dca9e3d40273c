import type { Position } from "./config_error.ts";

export type Scalar = string | number | boolean | null;

/** A value of a config that remembers where it was written. Aliases and merge keys are already expanded into copies. */
export interface LocatedValue {
  readonly position: Position;
  readonly content: Scalar | readonly LocatedValue[] | LocatedMap;
  /** What stands there, of a number: `00123` is the number 123. */
  readonly source?: string | undefined;
}

/** The entries of a mapping in the order written. */
export type LocatedMap = ReadonlyMap<string, LocatedEntry>;

export interface LocatedEntry {
  readonly key: Position;
  readonly value: LocatedValue;
}

/** Lists and mappings that were made plain: messages ask for the whole again for each problem. */
const plain = new WeakMap<object, unknown>();

/** The value without its places, as the schema reads it. */
export function plainValue({ content }: LocatedValue): unknown {
  if (typeof content !== "object" || content === null) return content;
  let value = plain.get(content);
  if (value === undefined) {
    // fromEntries defines own properties, so that a key `__proto__` stays a key, and an unknown one.
    value = content instanceof Map
      ? Object.fromEntries([...content].map(([key, entry]) => [key, plainValue(entry.value)]))
      : (content as readonly LocatedValue[]).map(plainValue);
    plain.set(content, value);
  }
  return value;
}

export function valueAt(root: LocatedValue, path: readonly PropertyKey[]): LocatedValue | undefined {
  let value: LocatedValue | undefined = root;
  for (const key of path) {
    const content: LocatedValue["content"] | undefined = value?.content;
    if (content instanceof Map) value = content.get(String(key))?.value;
    else value = Array.isArray(content) ? content[Number(key)] : undefined;
  }
  return value;
}

/** The keys of the mapping at `path`; none if there is no mapping. */
export function keysAt(root: LocatedValue, path: readonly PropertyKey[]): string[] {
  const content = valueAt(root, path)?.content;
  return content instanceof Map ? [...content.keys()] : [];
}

/** Where the value at `path` is written; for one that is missing, the nearest mapping or list that should have had it. */
export function positionAt(root: LocatedValue, path: readonly PropertyKey[]): Position {
  for (let length = path.length; length > 0; length--) {
    const value = valueAt(root, path.slice(0, length));
    if (value !== undefined) return value.position;
  }
  return root.position;
}

/** Where the key that ends `path` is written; where the value would be, if the config does not have it. */
export function keyPositionAt(root: LocatedValue, path: readonly PropertyKey[]): Position {
  const parent = valueAt(root, path.slice(0, -1))?.content;
  const entry = parent instanceof Map ? parent.get(String(path.at(-1))) : undefined;
  return entry?.key ?? positionAt(root, path);
}

/** A copy of `root` with `value` at `path`; mappings on the way are made where there are none. `root` itself stays as it is. */
export function withValueAt(root: LocatedValue, path: readonly string[], value: LocatedValue): LocatedValue {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const missing: LocatedValue = { position: value.position, content: new Map() };
  const parent = root.content instanceof Map ? root : missing;
  const entries: Map<string, LocatedEntry> = new Map(parent.content instanceof Map ? parent.content : []);
  const old = entries.get(key);
  entries.set(key, {
    key: old?.key ?? value.position,
    value: withValueAt(old?.value ?? missing, rest, value),
  });
  return { position: parent.position, content: entries };
}

/** A copy of `root` in which the numbers of the keys `names`, wherever they stand, are the texts that were written. */
export function withTextsOf(root: LocatedValue, names: readonly string[]): LocatedValue {
  const { position, content } = root;
  if (Array.isArray(content)) return { position, content: content.map((item) => withTextsOf(item, names)) };
  if (!(content instanceof Map)) return root;
  const entries = [...(content as LocatedMap)].map(([name, { key, value }]): [string, LocatedEntry] => {
    const text = names.includes(name) ? value.source : undefined;
    const inside = text === undefined ? withTextsOf(value, names) : { ...value, content: text };
    return [name, { key, value: inside }];
  });
  return { position, content: new Map(entries) };
}
