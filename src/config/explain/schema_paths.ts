import { expandedJsonSchema, type JsonSchema } from "../json_schema.ts";
import type { Language } from "../../text/language.ts";
import { isMapping } from "../../text/show_value.ts";

// All are made on first use: most configs are right and never need them.
const cachedRoots: { [language in Language]?: JsonSchema } = {};
let cachedPaths: ReadonlyMap<string, readonly string[]> | undefined;

/** The schema of a whole config, with its texts in the language. */
export function rootSchema(language: Language = "en"): JsonSchema {
  return cachedRoots[language] ??= expandedJsonSchema(language);
}

/**
 * The schema of the value at `path` of a config, or of a text of another kind by its `whole` schema; undefined if there is no such path.
 * What `config` holds on the way decides between alternatives where it can, as the method does between sweeps.
 */
export function schemaAt(
  path: readonly PropertyKey[],
  config?: unknown,
  whole: JsonSchema = rootSchema(),
): JsonSchema | undefined {
  const { schema, value } = walk(path, config, whole);
  return schema && narrow(schema, value);
}

/** The alternatives that a schema leaves to the value at `path`, whatever stands there. */
export function choicesAt(path: readonly PropertyKey[], config: unknown): JsonSchema[] {
  return choicesOf(walk(path, config, rootSchema()).schema ?? {});
}

function walk(
  path: readonly PropertyKey[],
  config: unknown,
  whole: JsonSchema,
): { schema: JsonSchema | undefined; value: unknown } {
  let schema: JsonSchema | undefined = whole;
  let value = config;
  for (const key of path) {
    schema = schema && child(narrow(schema, value, key), key);
    value = isMapping(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined;
  }
  return { schema, value };
}

export function keysOf(schema: JsonSchema): string[] {
  const all = [schema, ...choicesOf(schema)];
  return [...new Set(all.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

export function choicesOf({ anyOf, oneOf }: JsonSchema): JsonSchema[] {
  return (anyOf ?? oneOf ?? []).filter((choice) => typeof choice === "object");
}

/** Every setting and section, as written with dots, and its keys: a swept path is one key, dots and all. */
export function settingPaths(): ReadonlyMap<string, readonly string[]> {
  if (cachedPaths !== undefined) return cachedPaths;
  const paths = new Map<string, readonly string[]>();
  const visit = (schema: JsonSchema, path: readonly string[]) => {
    if (path.length > 0) paths.set(path.join("."), path);
    for (const key of keysOf(schema)) visit(child(schema, key) ?? {}, [...path, key]);
  };
  visit(rootSchema(), []);
  return cachedPaths = paths;
}

/** The schema without the alternatives that `value` is not, by a key of theirs that has one value only (but for `key` itself). */
function narrow(schema: JsonSchema, value: unknown, key?: PropertyKey): JsonSchema {
  const choices = choicesOf(schema);
  if (choices.length === 0 || !isMapping(value)) return schema;
  const fitting = choices.filter((choice) => hasConstants(choice, value, key));
  if (fitting.length === 0 || fitting.length === choices.length) return schema;
  const { anyOf: _, oneOf: __, ...rest } = schema;
  return fitting.length === 1 ? { ...rest, ...fitting[0] } : { ...rest, anyOf: fitting };
}

/** Whether a mapping has what a schema says of keys that have one value only (but for `key` itself). */
export function hasConstants(
  { properties = {} }: JsonSchema,
  value: Readonly<Record<string, unknown>>,
  key?: PropertyKey,
): boolean {
  return Object.entries(properties).every(([name, property]) =>
    name === key || typeof property !== "object" || property.const === undefined ||
    property.const === (Object.hasOwn(value, name) ? value[name] : property.default)
  );
}

function child(schema: JsonSchema, key: PropertyKey): JsonSchema | undefined {
  const found: JsonSchema[] = [];
  for (const { properties = {}, items } of [schema, ...choicesOf(schema)]) {
    const next = typeof key !== "number"
      ? (Object.hasOwn(properties, key) ? properties[String(key)] : undefined)
      : Array.isArray(items)
      ? items[key]
      : items;
    if (typeof next === "object" && !Array.isArray(next)) found.push(next);
  }
  if (found.length < 2) return found[0];
  const different = new Map(found.map((next) => [JSON.stringify(next), next]));
  const alternatives = (next: JsonSchema) => choicesOf(next).length === 0 ? [next] : choicesOf(next);
  return different.size < 2 ? found[0] : { anyOf: found.flatMap(alternatives) };
}
