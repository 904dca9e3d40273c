import type { z } from "zod";
import { byPlace, type ConfigProblem, type Position, problem } from "../yaml/config_error.ts";
import { before, describeAllowed, describeFound } from "./describe.ts";
import type { JsonSchema } from "../json_schema.ts";
import { keyHint, valueHint } from "./hints.ts";
import { keyPositionAt, type LocatedValue, plainValue, positionAt, valueAt } from "../yaml/located_value.ts";
import { choicesAt, hasConstants, keysOf, rootSchema, schemaAt } from "./schema_paths.ts";
import type { Language, Texts } from "../../text/language.ts";
import { isMapping } from "../../text/show_value.ts";

/** So many problems are explained; more are only counted, as nobody reads them all and each takes a while. */
const MAX_EXPLAINED = 100;

/** A config with its places, and as plain values, which take a while to make. */
interface Config {
  readonly root: LocatedValue;
  readonly plain: unknown;
}

/**
 * The issues that zod found in a config, as problems of the text: where, what is wrong, what was found, what is allowed. `more` is how
 * many there are beside these, which come first in the text.
 */
export function explainIssues(
  issues: readonly z.core.$ZodIssue[],
  root: LocatedValue,
): { problems: ConfigProblem[]; more: number } {
  if (issues.length === 0) return { problems: [], more: 0 };
  const config = { root, plain: plainValue(root) };
  const sorted = issues.flatMap(single)
    .map((issue) => ({ issue, place: placeOf(issue, root) }))
    .sort((a, b) => byPlace(a.place, b.place));
  const problems: ConfigProblem[] = [];
  let more = 0;
  for (const { issue } of sorted) {
    if (problems.length >= MAX_EXPLAINED) more++;
    else {
      for (const problem of explainIssue(issue, config)) {
        if (problems.length < MAX_EXPLAINED) problems.push(problem);
        else more++;
      }
    }
  }
  return { problems, more };
}

/** An issue of several keys as one for each of them. */
function single(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => ({ ...issue, keys: [key] })) : [issue];
}

function placeOf(issue: z.core.$ZodIssue, root: LocatedValue): Position {
  return issue.code === "unrecognized_keys"
    ? keyPositionAt(root, [...issue.path, ...issue.keys])
    : positionAt(root, issue.path);
}

function explainIssue(issue: z.core.$ZodIssue, config: Config): ConfigProblem[] {
  const { root } = config;
  switch (issue.code) {
    case "custom":
      return [problem(positionAt(root, issue.path), issue.path, textsOf(issue))];
    case "unrecognized_keys":
      return issue.keys.map((key) => explainUnknownKey([...issue.path, key], config));
    case "invalid_union": {
      const found = plainOf(config, issue.path);
      const meant = meantChoice(choicesAt(issue.path, config.plain), found);
      const inner = issue.errors[meant] ?? [];
      if (inner.length === 0) return [explainMismatch(issue.path, config)];
      const { path } = issue;
      return inner.flatMap(single).flatMap((deeper, i) =>
        i < MAX_EXPLAINED
          ? explainIssue({ ...deeper, path: [...path, ...deeper.path] }, config)
          // Only counted.
          : [{ ...root.position, path: "", message: "" }]
      );
    }
    default:
      return [explainMismatch(issue.path, config)];
  }
}

/** More than a mapping has keys: what makes an alternative of the mapping's own name come first. */
const NAMED = 1e6;

/** Which alternative a list or mapping is meant to be: the only one of its kind, or the one that has the most of the mapping's keys, and its name if any. */
function meantChoice(choices: readonly JsonSchema[], found: unknown): number {
  const ofType = (type: string) => choices.flatMap((choice, index) => choice.type === type ? [index] : []);
  const [list, ...otherLists] = ofType("array");
  if (Array.isArray(found)) return list !== undefined && otherLists.length === 0 ? list : -1;
  if (!isMapping(found)) return -1;
  const shared = choices.map((choice) => {
    const keys = keysOf(choice).filter((key) => Object.hasOwn(found, key)).length;
    return keys > 0 && hasConstants(choice, found) ? keys + NAMED : keys;
  });
  const most = Math.max(...shared);
  const known = most > 0 ? shared.indexOf(most) : -1;
  const [mapping, ...otherMappings] = ofType("object");
  return known >= 0 || otherMappings.length > 0 ? known : mapping ?? -1;
}

/** As refuse() has left them. */
function textsOf({ message, params = {} }: z.core.$ZodIssueCustom): Texts {
  return { en: message, ja: typeof params.ja === "string" ? params.ja : message };
}

function explainMismatch(path: readonly PropertyKey[], config: Config): ConfigProblem {
  const { root } = config;
  const schema = schemaOf(path, config);
  const value = valueAt(root, path);
  const place = positionAt(root, path);
  const allowed = {
    en: describeAllowed(schema),
    ja: describeAllowed(schemaOf(path, config, "ja"), "ja"),
  };
  if (value === undefined) {
    return problem(place, path, {
      en: `is missing; it must be ${allowed.en}`,
      ja: `必須のキーがありません。${before("を", allowed.ja)}指定してください`,
    });
  }
  const found = plainValue(value);
  const hint = valueHint({ path, schema, found });
  return problem(place, path, {
    en: `must be ${allowed.en}, found ${describeFound(found)}${hint.en}`,
    ja: `${before("を", allowed.ja)}指定してください（現在の値：${describeFound(found, "ja")}）${hint.ja}`,
  });
}

function explainUnknownKey(path: readonly PropertyKey[], config: Config): ConfigProblem {
  const { root } = config;
  const allowed = keysOf(schemaOf(path.slice(0, -1), config));
  const siblings = plainOf(config, path.slice(0, -1));
  const key = path[path.length - 1];
  const other = allowed.find((name) => name !== key && Object.hasOwn(Object(siblings), name));
  if (other !== undefined && allowed.some((name) => name === key)) {
    return problem(keyPositionAt(root, path), path, {
      en: `cannot stand beside \`${other}\`, as there is but one of ${
        allowed.join(", ")
      }; remove one of the two`,
      ja: `\`${other}\` と同時には書けません。${allowed.join("、")} のうち 1 つだけを書いてください`,
    });
  }
  const hint = keyHint({ path, allowed, value: plainOf(config, path), siblings });
  // The long list of what can be swept says less than the one name that was meant.
  const listed = hint.en === "" || allowed.length <= 13;
  return problem(keyPositionAt(root, path), path, {
    en: `is not a known key${listed ? `; allowed here: ${allowed.join(", ")}` : ""}${hint.en}`,
    ja: `このキーはありません${listed ? `。ここに書けるキー：${allowed.join("、")}` : ""}${hint.ja}`,
  });
}

function schemaOf(path: readonly PropertyKey[], { plain }: Config, language?: Language): JsonSchema {
  return schemaAt(path, plain, rootSchema(language)) ?? {};
}

/** What stands at the path, if anything. */
function plainOf({ plain }: Config, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (parent, key) => Object.hasOwn(Object(parent), key) ? Reflect.get(Object(parent), key) : undefined,
    plain,
  );
}
