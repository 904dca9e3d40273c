import { hashBytes } from "./store/hash_bytes.ts";

/** What identifies a step that is performed: two of the same content have the same results. */
export interface StepIdentity {
  /** The step's name, such as `train`. */
  step: string;
  /** Raised whenever the step's code gives other bytes than before. */
  version: number;
  /** The parameters that matter to the results, and no others. JSON. */
  parameters: unknown;
  /** SHA-256 of each input's content, by its name. */
  inputs: Record<string, string>;
}

/** The step's fingerprint: SHA-256, in hex, of the canonical JSON of its identity. */
export function fingerprint({ step, version, parameters, inputs }: StepIdentity): string {
  return hashBytes(canonicalJson({ step, version, parameters, inputs }));
}

/**
 * The one JSON text of a value: no spaces, keys sorted by UTF-16 code units, numbers as the shortest decimal
 * that reads back, -0 as 0 (as RFC 8785). Nothing is dropped or converted silently: throws a TypeError that
 * names the place where `value` holds anything but finite numbers, strings, booleans, null, arrays and plain
 * objects of these.
 */
export function canonicalJson(value: unknown): string {
  return write(value, "value", []);
}

function write(value: unknown, place: string, ancestors: readonly object[]): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === "object") {
    if (ancestors.includes(value)) throw refusal(place, "a cycle");
    const inside = [...ancestors, value];
    if (Array.isArray(value)) {
      // Array.from visits the holes that map() would skip.
      return `[${Array.from(value, (item, index) => write(item, `${place}[${index}]`, inside)).join()}]`;
    }
    if (isPlainObject(value)) {
      const members = Object.keys(value).sort().map((key) =>
        `${JSON.stringify(key)}:${write(value[key], `${place}.${key}`, inside)}`
      );
      return `{${members.join()}}`;
    }
  }
  throw refusal(place, describe(value));
}

function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (typeof value === "object" && value !== null) return `a ${value.constructor.name}`;
  return typeof value === "number" || value === undefined ? String(value) : `a ${typeof value}`;
}

function refusal(place: string, found: string): TypeError {
  return new TypeError(
    `Cannot write canonical JSON: ${place} must be a finite number, a string, a boolean, null, ` +
      `an array or a plain object, found ${found}`,
  );
}
