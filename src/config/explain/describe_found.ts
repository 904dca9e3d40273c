import { showValue } from "../../text/show_value.ts";

const MAX_LENGTH = 60;

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

function shorten(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 3)}...`;
}
