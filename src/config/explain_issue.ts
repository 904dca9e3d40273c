import type { z } from "zod";
import type { ConfigProblem } from "./config_error.ts";
import { describeAllowed } from "./describe_allowed.ts";
import { describeFound } from "./describe_found.ts";
import { keyHint, valueHint } from "./hints.ts";
import { keyPositionAt, type LocatedValue, plainValue, positionAt, valueAt } from "./located_value.ts";
import { choicesOf, keysOf, schemaAt } from "./schema_paths.ts";
import { isMapping, showPath } from "./show_value.ts";

/** An issue that zod found in a config, as problems of the text: where, what is wrong, what was found, what is allowed. */
export function explainIssue(issue: z.core.$ZodIssue, root: LocatedValue): ConfigProblem[] {
  switch (issue.code) {
    case "custom":
      return [{ ...positionAt(root, issue.path), path: showPath(issue.path), message: issue.message }];
    case "unrecognized_keys":
      return issue.keys.map((key) => explainUnknownKey([...issue.path, key], root));
    case "invalid_union": {
      // A mapping that has a key of one of the alternatives is meant to be that one.
      const found = plainOf(root, issue.path);
      const choices = choicesOf(schemaAt(issue.path) ?? {});
      const meant = choices.findIndex((choice) =>
        isMapping(found) && keysOf(choice).some((key) => key in found)
      );
      const inner = issue.errors[meant] ?? [];
      return inner.length === 0
        ? [explainMismatch(issue.path, root)]
        : inner.flatMap((deeper) => explainIssue({ ...deeper, path: [...issue.path, ...deeper.path] }, root));
    }
    default:
      return [explainMismatch(issue.path, root)];
  }
}

function explainMismatch(path: readonly PropertyKey[], root: LocatedValue): ConfigProblem {
  const schema = schemaAt(path) ?? {};
  const value = valueAt(root, path);
  const place = { ...positionAt(root, path), path: showPath(path) };
  const allowed = describeAllowed(schema);
  if (value === undefined) return { ...place, message: `is missing; it must be ${allowed}` };
  const found = plainValue(value);
  return {
    ...place,
    message: `must be ${allowed}, found ${describeFound(found)}${valueHint({ path, schema, found })}`,
  };
}

function explainUnknownKey(path: readonly PropertyKey[], root: LocatedValue): ConfigProblem {
  const place = { ...keyPositionAt(root, path), path: showPath(path) };
  const allowed = keysOf(schemaAt(path.slice(0, -1)) ?? {});
  const hint = keyHint({ path, allowed, value: plainOf(root, path) });
  // The long list of what can be swept says less than the one name that was meant.
  const list = hint !== "" && allowed.length > 9 ? "" : `; allowed here: ${allowed.join(", ")}`;
  return { ...place, message: `is not a known key${list}${hint}` };
}

function plainOf(root: LocatedValue, path: readonly PropertyKey[]): unknown {
  const value = valueAt(root, path);
  return value === undefined ? undefined : plainValue(value);
}
