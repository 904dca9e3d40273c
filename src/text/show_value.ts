/** A value as one would write it on one line of YAML: `[400, 200]`, `{method: he, bias: zero}`, `0.01`, `full`. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(showValue).join(", ")}]`;
  if (isMapping(value)) {
    return `{${Object.entries(value).map(([key, item]) => `${key}: ${showValue(item)}`).join(", ")}}`;
  }
  return String(value);
}

/** A path as people write it: `model.hidden[1]`. Of a name that is none its beginning is enough. */
export function showPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    const name = shorten(String(key));
    return text === "" ? name : `${text}.${name}`;
  }, "");
}

/** Of what was found so many characters are shown. */
const MAX_LENGTH = 60;

export function shorten(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 3)}...`;
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A whole number from 0 that is exact. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The values in a mapping of mappings by their paths, such as `train.learning_rate`; lists are not taken apart. */
export function flatten(value: unknown): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  const collect = (item: unknown, path: string) => {
    if (!isMapping(item)) {
      leaves.set(path, item);
      return;
    }
    for (const [key, inner] of Object.entries(item)) collect(inner, path === "" ? key : `${path}.${key}`);
  };
  if (isMapping(value)) collect(value, "");
  return leaves;
}
