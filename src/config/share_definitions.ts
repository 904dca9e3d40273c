import type { JsonSchema } from "./json_schema.ts";
import { isMapping } from "../text/show_value.ts";

/** A schema of fewer characters is written out each time: a reference would hardly be shorter. */
const MIN_LENGTH = 150;

/** A JSON Schema (draft 7) with what occurs in it several times written once, under `definitions`, and referred to. */
export function shareDefinitions(root: JsonSchema): JsonSchema {
  const counts = new Map<string, number>();
  const count = (value: unknown) => {
    if (isSchema(value)) {
      const text = JSON.stringify(value);
      const times = (counts.get(text) ?? 0) + 1;
      counts.set(text, times);
      // What is inside a shared schema is written once with it.
      if (times > 1 && text.length >= MIN_LENGTH) return;
    }
    for (const inner of Object.values(Object(value))) if (typeof inner === "object") count(inner);
  };
  count(root);

  const definitions: Record<string, unknown> = {};
  const names = new Map<string, string>();
  const share = (value: unknown, name: string): unknown => {
    const text = isSchema(value) ? JSON.stringify(value) : "";
    if (text.length < MIN_LENGTH || (counts.get(text) ?? 0) < 2) return copy(value, name);
    const known = names.get(text);
    if (known !== undefined) return { $ref: `#/definitions/${known}` };
    let unique = name;
    for (let i = 2; unique in definitions; i++) unique = `${name}-${i}`;
    names.set(text, unique);
    definitions[unique] = null;
    definitions[unique] = copy(value, name);
    return { $ref: `#/definitions/${unique}` };
  };
  const copy = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => share(item, name));
    if (!isMapping(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, share(inner, KEYWORDS.has(key) ? name : key)]),
    );
  };
  const whole = copy(root, "experiment");
  return { ...(whole as JsonSchema), definitions: definitions as JsonSchema["definitions"] };
}

/** Keys of a schema itself; any other key names a setting. */
const KEYWORDS = new Set(["properties", "items", "anyOf", "oneOf", "allOf", "examples", "default"]);

function isSchema(value: unknown): boolean {
  return isMapping(value) &&
    ["type", "anyOf", "oneOf"].some((key) =>
      key in value && typeof Reflect.get(value, key) !== "object" || Array.isArray(Reflect.get(value, key))
    );
}
