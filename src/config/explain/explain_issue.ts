import type { z } from "zod";
import type { ConfigProblem } from "../yaml/config_error.ts";
import { describeAllowed, describeFound } from "./describe.ts";
import type { JsonSchema } from "../json_schema.ts";
import { keyHint, valueHint } from "./hints.ts";
import { keyPositionAt, type LocatedValue, plainValue, positionAt, valueAt } from "../yaml/located_value.ts";
import { choicesOf, keysOf, schemaAt } from "./schema_paths.ts";
import { isMapping, showPath } from "../../text/show_value.ts";

/** An issue that zod found in a config, as problems of the text: where, what is wrong, what was found, what is allowed. */
export function explainIssue(issue: z.core.$ZodIssue, root: LocatedValue): ConfigProblem[] {
  switch (issue.code) {
    case "custom":
      return [{ ...positionAt(root, issue.path), path: showPath(issue.path), message: issue.message }];
    case "unrecognized_keys":
      return issue.keys.map((key) => explainUnknownKey([...issue.path, key], root));
    case "invalid_union": {
      const found = plainOf(root, issue.path);
      const meant = meantChoice(choicesOf(schemaOf(issue.path, root)), found);
      const inner = issue.errors[meant] ?? [];
      return inner.length === 0
        ? [explainMismatch(issue.path, root)]
        : inner.flatMap((deeper) => explainIssue({ ...deeper, path: [...issue.path, ...deeper.path] }, root));
    }
    default:
      return [explainMismatch(issue.path, root)];
  }
}

/** Which alternative a list or mapping is meant to be: the only one of its kind, or the one that has a key of the mapping's. */
function meantChoice(choices: readonly JsonSchema[], found: unknown): number {
  const ofType = (type: string) => choices.flatMap((choice, index) => choice.type === type ? [index] : []);
  const [list, ...otherLists] = ofType("array");
  if (Array.isArray(found)) return list !== undefined && otherLists.length === 0 ? list : -1;
  if (!isMapping(found)) return -1;
  const known = choices.findIndex((choice) => keysOf(choice).some((key) => key in found));
  const [mapping, ...otherMappings] = ofType("object");
  return known >= 0 || otherMappings.length > 0 ? known : mapping ?? -1;
}

function explainMismatch(path: readonly PropertyKey[], root: LocatedValue): ConfigProblem {
  const schema = schemaOf(path, root);
  const value = valueAt(root, path);
  const place = { ...positionAt(root, path), path: showPath(path) };
  const allowed = describeAllowed(schema);
  if (value === undefined) return { ...place, message: `is missing; it must be ${allowed}` };
  const found = plainValue(value);
  const hint = valueHint({ path, schema, found });
  return { ...place, message: `must be ${allowed}, found ${describeFound(found)}${hint}` };
}

function explainUnknownKey(path: readonly PropertyKey[], root: LocatedValue): ConfigProblem {
  const place = { ...keyPositionAt(root, path), path: showPath(path) };
  const allowed = keysOf(schemaOf(path.slice(0, -1), root));
  const hint = keyHint({ path, allowed, value: plainOf(root, path) });
  // The long list of what can be swept says less than the one name that was meant.
  const list = hint !== "" && allowed.length > 10 ? "" : `; allowed here: ${allowed.join(", ")}`;
  return { ...place, message: `is not a known key${list}${hint}` };
}

function schemaOf(path: readonly PropertyKey[], root: LocatedValue): JsonSchema {
  return schemaAt(path, plainValue(root)) ?? {};
}

function plainOf(root: LocatedValue, path: readonly PropertyKey[]): unknown {
  const value = valueAt(root, path);
  return value === undefined ? undefined : plainValue(value);
}
