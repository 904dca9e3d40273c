import type { JsonSchema } from "../json_schema.ts";
import { choicesOf, keysOf } from "./schema_paths.ts";
import type { Language } from "../../text/language.ts";
import { shorten, showValue } from "../../text/show_value.ts";

/**
 * What a value must be, in words that follow "must be": `a whole number from 1 to 1024, or full`. In Japanese a noun:
 * `1 以上 1024 以下の整数、または full`, from a schema in Japanese.
 */
export function describeAllowed(schema: JsonSchema, language: Language = "en"): string {
  return language === "ja" ? spaced(allowedInJapanese(schema)) : allowedInEnglish(schema);
}

function allowedInEnglish(schema: JsonSchema): string {
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
  const { keys, others } = apart(choices);
  const mapping = keys.length > 0 ? [`a mapping with one of the keys ${oneOf(keys)}`] : [];
  return [...new Set([...others.map(allowedInEnglish), ...mapping])].join(", or ");
}

/** Several mappings that have one key each, by their keys, and the other choices. */
function apart(choices: readonly JsonSchema[]): { keys: string[]; others: readonly JsonSchema[] } {
  const isSingle = (schema: JsonSchema) =>
    schema.type === "object" && schema.examples === undefined && schema.errorMessage === undefined &&
    keysOf(schema).length === 1;
  const single = choices.filter(isSingle);
  return single.length < 2
    ? { keys: [], others: choices }
    : { keys: single.flatMap(keysOf), others: choices.filter((choice) => !isSingle(choice)) };
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
    : `a list of ${minItems > 0 ? `${minItems} to` : "at most"} ${maxItems}`;
  return typeof items === "object" && !Array.isArray(items)
    ? `${list}, each ${allowedInEnglish(items)}`
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

function allowedInJapanese(schema: JsonSchema): string {
  if (typeof schema.errorMessage === "string") return schema.errorMessage;
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) return oneOfInJapanese(schema.enum.map(String));
  const { items, minItems = 0, maxItems } = schema;
  switch (schema.type) {
    case "integer":
      return `${rangeInJapanese(schema)}整数`;
    case "number":
      return `${rangeInJapanese(schema)}数`;
    case "boolean":
      return "true か false";
    case "string":
      return typeof schema.patternErrorMessage === "string" ? schema.patternErrorMessage : "文字列";
    case "array": {
      const each = typeof items === "object" && !Array.isArray(items)
        ? before("の", allowedInJapanese(items))
        : "";
      const size = maxItems !== undefined
        ? `（${minItems > 1 ? `${minItems}〜${maxItems} 個` : `${maxItems} 個まで`}）`
        : minItems > 0
        ? "（1 個以上）"
        : "";
      return `${each}リスト${size}`;
    }
    case "object":
      return schema.examples === undefined
        ? `${keysOf(schema).join("、")} をキーとするマッピング`
        : `${schema.examples.map(showValue).join(" や ")} のようなマッピング`;
  }
  const choices = choicesOf(schema);
  if (choices.length > 0 && choices.every((choice) => choice.const !== undefined)) {
    return oneOfInJapanese([...new Set(choices.map((choice) => String(choice.const)))]);
  }
  const { keys, others } = apart(choices);
  const mapping = keys.length > 0 ? [`${keys.join("、")} のどれか 1 つをキーとするマッピング`] : [];
  return [...new Set([...others.map(allowedInJapanese), ...mapping])].join("、または");
}

/** `1 以上 1024 以下の`, `0 より大きい`, `0 より大きく 1 未満の`, or an empty text. */
export function rangeInJapanese(
  { minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema,
): string {
  const high = maximum !== undefined
    ? `${maximum} 以下の`
    : exclusiveMaximum !== undefined
    ? `${exclusiveMaximum} 未満の`
    : "";
  if (minimum !== undefined) return `${minimum} 以上${high === "" ? "の" : ` ${high}`}`;
  if (exclusiveMinimum === undefined) return high;
  return `${exclusiveMinimum} より大き${high === "" ? "い" : `く ${high}`}`;
}

/** `a`, `a か b`, `a、b、c のどれか`. */
function oneOfInJapanese(names: readonly string[]): string {
  return names.length < 3 ? names.join(" か ") : `${names.join("、")} のどれか`;
}

/** A noun and its particle, with a space between them after what is not Japanese. */
export function before(particle: string, noun: string): string {
  return `${noun}${/[\w`}\]]$/.test(noun) ? " " : ""}${particle}`;
}

/** Japanese with a space before what is not. */
export function spaced(text: string): string {
  return text.replaceAll(/または(?=[\w`{[])/g, "または ");
}

/** What stands in the place of a value, in words that follow "found": `the text "abc"`, `a list: [1, 2]`. */
export function describeFound(value: unknown, language: Language = "en"): string {
  if (language === "ja") return foundInJapanese(value);
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

/** Words that follow `現在の値：`. */
function foundInJapanese(value: unknown): string {
  if (value === null || value === undefined) return "なし";
  if (typeof value === "string") {
    return value === "" ? "空の文字列" : `文字列 ${shorten(JSON.stringify(value))}`;
  }
  if (Array.isArray(value)) {
    return value.length === 0
      ? "空のリスト"
      : `要素が ${value.length} 個のリスト ${shorten(showValue(value))}`;
  }
  if (typeof value === "object") {
    return Object.keys(value).length === 0 ? "空のマッピング" : `マッピング ${shorten(showValue(value))}`;
  }
  return String(value);
}
