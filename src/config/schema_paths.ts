import { experimentJsonSchema, type JsonSchema } from "./json_schema.ts";

// Both are made on first use: most configs are right and never need them.
let cachedRoot: JsonSchema | undefined;
let cachedPaths: ReadonlyMap<string, readonly string[]> | undefined;

function root(): JsonSchema {
  return cachedRoot ??= experimentJsonSchema();
}

/** The schema of the value at `path`, or undefined if no config has such a path. */
export function schemaAt(path: readonly PropertyKey[]): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>((schema, key) => schema && child(schema, key), root());
}

/** The names that a mapping of this schema may have. */
export function keysOf(schema: JsonSchema): string[] {
  return [schema, ...choicesOf(schema)].flatMap(({ properties = {} }) => Object.keys(properties));
}

/** The alternatives of a schema that has some. */
export function choicesOf({ anyOf, oneOf }: JsonSchema): JsonSchema[] {
  return (anyOf ?? oneOf ?? []).filter((choice) => typeof choice === "object");
}

/** Every setting and section, as written with dots, and its keys: a swept path is one key, dots and all. */
export function settingPaths(): ReadonlyMap<string, readonly string[]> {
  return cachedPaths ??= collectPaths();
}

function collectPaths(): Map<string, readonly string[]> {
  const paths = new Map<string, readonly string[]>();
  const visit = (schema: JsonSchema, path: readonly string[]) => {
    if (path.length > 0) paths.set(path.join("."), path);
    for (const key of keysOf(schema)) visit(child(schema, key) ?? {}, [...path, key]);
  };
  visit(root(), []);
  return paths;
}

function child(schema: JsonSchema, key: PropertyKey): JsonSchema | undefined {
  if (typeof key === "number") {
    for (const { items } of [schema, ...choicesOf(schema)]) {
      if (typeof items === "object" && !Array.isArray(items)) return items;
    }
    return undefined;
  }
  for (const { properties = {} } of [schema, ...choicesOf(schema)]) {
    const property = Object.hasOwn(properties, key) ? properties[String(key)] : undefined;
    if (typeof property === "object") return property;
  }
  return undefined;
}
