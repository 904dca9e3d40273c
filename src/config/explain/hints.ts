import type { JsonSchema } from "../json_schema.ts";
import { choicesOf, settingPaths } from "./schema_paths.ts";
import { isMapping, showPath, showValue } from "../../text/show_value.ts";
import { nearest, nearestPath } from "./suggest.ts";
import { SETTINGS } from "../../settings/settings.ts";

/** A number that may be meant as how many seeds there are to be. */
const MANY_SEEDS = /^([2-9]|[1-9]\d{1,3})$/;

/** Keys of a distribution, ours or another library's. */
const DRAWN = /^(choice|(log_|int_)?uniform|quantized|distribution|min|max)$/;

/** What the writer of a wrong value probably meant, as `; write [100]`, or an empty text. */
export function valueHint(
  { path, schema, found }: { path: readonly PropertyKey[]; schema: JsonSchema; found: unknown },
): string {
  const alternatives = [schema, ...choicesOf(schema)];
  const accepts = (...types: string[]) => alternatives.some(({ type }) => types.includes(String(type)));
  if (found === null) {
    return accepts("object")
      ? "; indent its keys below it, or leave it out"
      : "; give it a value or leave it out";
  }
  if (found === Infinity) return "; it must be finite";
  const setting = path.filter((key) => typeof key !== "number").join(".");
  if (Array.isArray(found) && !accepts("array") && Object.hasOwn(SETTINGS, setting)) {
    return `; to try several values, list them in sweep.parameters under ${setting}`;
  }
  if (
    setting === "seeds" && path.length === 1 && typeof found === "number" && MANY_SEEDS.test(String(found))
  ) {
    return `; write [${found}], or {count: ${found}} for the seeds 0 to ${found - 1}`;
  }
  if (isMapping(found) && !accepts("object") && accepts("array")) {
    const { values, value } = found;
    if (Array.isArray(values) || value !== undefined) return `; write ${showValue(values ?? [value])}`;
    if (Object.keys(found).some((key) => DRAWN.test(key))) return "; a distribution needs method random";
  }
  if (["number", "boolean"].includes(typeof found) && schema.type === "string" && schema.enum === undefined) {
    return "; put it in quotes";
  }
  const list = alternatives.find(({ type }) => type === "array");
  const meant = list !== undefined
    ? listMeant(found, list)
    : typeof found === "string"
    ? textMeant(found, alternatives)
    : undefined;
  return meant === undefined
    ? ""
    : `; ${typeof meant === "string" ? `did you mean \`${meant}\`?` : `write ${showValue(meant)}`}`;
}

/** What the writer of an unknown key, the last of `path`, probably meant. */
export function keyHint(
  { path, allowed, value, siblings }: {
    path: readonly PropertyKey[];
    allowed: readonly string[];
    value: unknown;
    /** The mapping that has the key. */
    siblings: unknown;
  },
): string {
  const key = String(path.at(-1));
  const parent = showPath(path.slice(0, -1));
  const parameters = ["sweep.parameters", "sweep.candidates.parameters"].includes(parent);
  if (
    parameters && isMapping(value) && Object.keys(value).every((name) => allowed.includes(`${key}.${name}`))
  ) {
    return "; write a path as one key, as in `train.learning_rate: [0.01, 0.1]`";
  }
  if (
    allowed.includes("candidates") &&
    ["parameters", "trials", "count", "seed", "where", "exclude"].includes(key)
  ) {
    return "; indent it below `candidates:`";
  }
  if (allowed.includes("choice")) return distributionHint(key, isMapping(siblings) ? siblings : {}, allowed);
  const near = nearest(key, allowed);
  if (near !== undefined) return `; did you mean \`${near}\`?`;
  const paths = [...settingPaths().keys()].filter((setting) =>
    setting === "sweep.parameters" && path.length === 1 || !setting.startsWith("sweep.")
  );
  if (parameters) {
    if (paths.includes(key)) return `; ${key} is the same in every trial`;
  } else if (parent === "sweep" && Object.hasOwn(SETTINGS, key)) {
    return "; indent it below `parameters:`";
  } else if (key.includes(".") && paths.includes(key)) {
    const dot = key.lastIndexOf(".");
    return `; write \`${key.slice(dot + 1)}\` as a key of \`${key.slice(0, dot)}\``;
  }
  const elsewhere = nearestPath(key, parameters ? allowed : paths);
  return elsewhere === undefined ? "" : `; did you mean \`${elsewhere}\`?`;
}

/** How a distribution is written that was meant as in W&B: `{distribution: log_uniform_values, min: 0.001, max: 1}`. */
function distributionHint(
  key: string,
  { distribution, min, max, q }: Readonly<Record<string, unknown>>,
  allowed: readonly string[],
): string {
  const anyRange = allowed.find((kind) => kind !== "choice");
  const kind = typeof distribution === "string"
    ? nearest(distribution, allowed)
    : q === undefined
    ? anyRange
    : "quantized";
  if (["distribution", "min", "max", "q"].includes(key) && kind !== undefined && kind !== "choice") {
    const ends = [min ?? "low", max ?? "high", ...kind === "quantized" ? [q ?? "step"] : []];
    return `; write ${showValue({ [kind]: ends })}`;
  }
  const near = key === "distribution" ? kind : nearest(key, allowed);
  return near === undefined ? "" : `; did you mean \`${near}\`?`;
}

/** What a text stands for where no such text is allowed: a number, a mapping of one key, or the name it is a slip of. */
function textMeant(text: string, alternatives: readonly JsonSchema[]): unknown {
  for (const { type, pattern, properties = {} } of alternatives) {
    const number = type === "integer" || type === "number" ? numberMeant(text) : undefined;
    if (number !== undefined) return number;
    const [key] = Object.entries(properties).find(([, property]) =>
      typeof property === "object" && property.enum?.includes(text)
    ) ?? [];
    if (key !== undefined) {
      return { [key]: text };
    }
    const slug = text.normalize("NFKC").replaceAll(/[^A-Za-z0-9._-]+/g, "-").replaceAll(/^\W+|\W+$/g, "");
    // Where a space may stand, it is prose, whose words nobody should join.
    const meant = pattern !== undefined && new RegExp(pattern).test("a b")
      ? text.replaceAll(/\p{Cc}+/gu, " ").trim()
      : slug;
    if (pattern !== undefined && meant !== text && new RegExp(pattern).test(meant)) {
      return meant;
    }
  }
  const names = alternatives.flatMap(({ enum: values = [], const: value }) =>
    value === undefined ? values : [value]
  );
  return nearest(text, names.map(String));
}

/** A single value put into as many lists as are asked for; `400, 200` without brackets becomes their items. */
function listMeant(found: unknown, { items }: JsonSchema): unknown[] | undefined {
  if (typeof items !== "object" || Array.isArray(items) || typeof found === "object") return undefined;
  if (items.type === "array") {
    const inner = listMeant(found, items);
    return inner === undefined ? undefined : [inner];
  }
  const parts = typeof found === "string"
    ? found.split(",").map((part) => numberMeant(part) ?? part.trim())
    : [found];
  const numeric = items.type === "integer" || items.type === "number";
  const fits = (part: unknown) =>
    items.type === "integer" ? Number.isInteger(part) : typeof part === "number";
  return numeric && !parts.every(fits) ? undefined : parts;
}

/** The number that a text was meant as: in quotes, full-width, with a decimal comma or with separators between thousands. */
function numberMeant(text: string): number | undefined {
  const plain = text.normalize("NFKC").trim()
    .replace(/^(\d+),(\d{1,2}|\d{4,})$/, "$1.$2")
    .replaceAll(/(\d)[_, ](?=\d{3}\b)/g, "$1");
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : undefined;
}
