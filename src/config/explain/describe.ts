import type { JsonSchema } from "../json_schema.ts";
import { choicesOf, keysOf } from "./schema_paths.ts";
import { shorten, showValue } from "../../text/show_value.ts";

/** What a value must be, in words that follow "must be": `a whole number from 1 to 1024, or full`. */
export function describeAllowed(schema: JsonSchema): string {
  if (typeof schema.errorMessage === "string") return schema.errorMessage;
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) return oneOf(schema.enum.map(String));
  switch (schema.type) {
    case "integer":
      return `a whole number${range(schema)}`;
    case "number":
      return `a number${range(schema)}`;
    case "boolean":
      return "true or false";
    case "string":
      return typeof schema.patternErrorMessage === "string" ? schema.patternErrorMessage : "text";
    case "array":
      return describeList(schema);
    case "object":
      return describeMapping(schema);
  }
  const choices = choicesOf(schema);
  if (choices.length > 0 && choices.every((choice) => choice.const !== undefined)) {
    return oneOf([...new Set(choices.map((choice) => String(choice.const)))]);
  }
  return [...new Set(choices.map(describeAllowed))].join(", or ");
}

function describeMapping(schema: JsonSchema): string {
  if (schema.examples !== undefined) {
    return `a mapping such as ${schema.examples.map(showValue).join(" or ")}`;
  }
  const keys = keysOf(schema);
  return `a mapping with ${keys.length === 1 ? "the key" : "keys among"} ${keys.join(", ")}`;
}

function describeList({ items, minItems = 0, maxItems }: JsonSchema): string {
  const list = maxItems === undefined
    ? (minItems > 0 ? "a list of one or more" : "a list")
    : `a list of at most ${maxItems}`;
  return typeof items === "object" && !Array.isArray(items)
    ? `${list}, each ${describeAllowed(items)}`
    : list;
}

function range({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema): string {
  const end = (words: string, bound?: number | boolean) => bound === undefined ? "" : ` ${words} ${bound}`;
  const low = end("from", minimum) || end("above", exclusiveMinimum);
  return low + (end("to", maximum) || end("to below", exclusiveMaximum));
}

/** `a`, `a or b`, `a, b or c`. */
function oneOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** What stands in the place of a value, in words that follow "found": `the text "abc"`, `a list: [1, 2]`. */
export function describeFound(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "string") {
    return value === "" ? "an empty text" : `the text ${shorten(JSON.stringify(value))}`;
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty list" : `a list of ${value.length}: ${shorten(showValue(value))}`;
  }
  if (typeof value === "object") {
    return Object.keys(value).length === 0 ? "an empty mapping" : `a mapping: ${shorten(showValue(value))}`;
  }
  return String(value);
}
