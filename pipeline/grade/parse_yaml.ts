import { z } from "zod";
import { ConfigError, type ConfigProblem } from "../../src/config/yaml/config_error.ts";
import { describeAllowed, describeFound } from "../../src/config/explain/describe.ts";
import type { JsonSchema } from "../../src/config/json_schema.ts";
import {
  keyPositionAt,
  type LocatedValue,
  plainValue,
  positionAt,
  valueAt,
} from "../../src/config/yaml/located_value.ts";
import { readYaml } from "../../src/config/yaml/read_yaml.ts";
import { choicesOf, keysOf } from "../../src/config/explain/schema_paths.ts";
import { isMapping, showPath } from "../../src/text/show_value.ts";
import { nearest } from "../../src/config/explain/suggest.ts";

/** A YAML text that its schema accepts, with its places for checks that the schema cannot make. */
export interface ParsedYaml<T> {
  readonly value: T;
  readonly root: LocatedValue;
}

/**
 * Reads YAML against a schema and fills in the defaults: a rubric, a manifest, overrides.
 *
 * @param options.file names the text in messages
 * @param options.what the text is, for messages: `a rubric`
 * @throws ConfigError that lists everything that is wrong, each as `file:line:column: path: message`
 */
export function parseYaml<S extends z.ZodType>(
  text: string,
  { file, schema, what }: { file: string; schema: S; what: string },
): ParsedYaml<z.infer<S>> {
  const empty: LocatedValue = { position: { file, line: 1, column: 1 }, content: new Map() };
  const { root = empty, problems: unreadable } = readYaml(text, file);
  if (unreadable.length > 0) throw new ConfigError(unreadable);
  if (!(root.content instanceof Map) && root.content !== null) {
    const found = describeFound(plainValue(root));
    throw new ConfigError([{
      ...root.position,
      path: "",
      message: `${what} must be a mapping, found ${found}`,
    }]);
  }
  const mapping = root.content === null ? empty : root;
  const { data, error } = schema.safeParse(plainValue(mapping));
  if (error === undefined) return { value: data, root: mapping };
  const jsonSchema = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
  const problems = error.issues.flatMap((issue) => explain(issue, mapping, jsonSchema));
  throw new ConfigError(problems);
}

function explain(issue: z.core.$ZodIssue, root: LocatedValue, jsonSchema: JsonSchema): ConfigProblem[] {
  const { path } = issue;
  const place = { ...positionAt(root, path), path: showPath(path) };
  const schema = schemaAt(jsonSchema, path, root);
  switch (issue.code) {
    case "custom":
      return [{ ...place, message: issue.message }];
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const allowed = keysOf(schema);
        return {
          ...keyPositionAt(root, [...path, key]),
          path: showPath([...path, key]),
          message: `is not a known key; allowed here: ${allowed.join(", ")}${didYouMean(key, allowed)}`,
        };
      });
    default: {
      const found = valueAt(root, path);
      const allowed = describeAllowed(schema);
      if (found === undefined) return [{ ...place, message: `is missing; it must be ${allowed}` }];
      const value = plainValue(found);
      const words = [schema, ...choicesOf(schema)].flatMap((choice) => choice.enum ?? choice.const ?? []).map(
        String,
      );
      const hint = typeof value === "string" ? didYouMean(value, words) : "";
      return [{ ...place, message: `must be ${allowed}, found ${describeFound(value)}${hint}` }];
    }
  }
}

function didYouMean(word: string, allowed: readonly string[]): string {
  const meant = nearest(word, allowed);
  return meant === undefined ? "" : `; did you mean \`${meant}\`?`;
}

/** The schema of the value at `path`; of alternatives, those that the mapping's own constants, such as its kind, allow. */
function schemaAt(root: JsonSchema, path: readonly PropertyKey[], located: LocatedValue): JsonSchema {
  let schema = root;
  for (const [depth, key] of path.entries()) {
    const value = valueAt(located, path.slice(0, depth));
    const steps = narrowed(schema, value === undefined ? undefined : plainValue(value), key).flatMap(
      (choice) => {
        const next = typeof key === "number" ? choice.items : choice.properties?.[String(key)];
        return typeof next === "object" && !Array.isArray(next) ? [next] : [];
      },
    );
    schema = steps.length === 1 ? steps[0] : { anyOf: steps };
  }
  const last = valueAt(located, path);
  const choices = narrowed(schema, last === undefined ? undefined : plainValue(last));
  return choices.length === 1 ? choices[0] : schema;
}

function narrowed(schema: JsonSchema, value: unknown, key?: PropertyKey): JsonSchema[] {
  const choices = choicesOf(schema);
  if (choices.length === 0) return [schema];
  if (!isMapping(value)) return choices;
  const fitting = choices.filter(({ properties = {} }) =>
    Object.entries(properties).every(([name, property]) =>
      name === key || typeof property !== "object" || property.const === undefined ||
      property.const === value[name]
    )
  );
  return fitting.length === 0 ? choices : fitting;
}
