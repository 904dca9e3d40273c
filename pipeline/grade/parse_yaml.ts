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
import { choicesOf, keysOf, schemaAt } from "../../src/config/explain/schema_paths.ts";
import { showPath } from "../../src/text/show_value.ts";
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
  const schema = schemaAt(path, plainValue(root), jsonSchema) ?? {};
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

/** The allowed word that was probably meant, as `; did you mean ...`, or an empty text. */
export function didYouMean(word: string, allowed: readonly string[]): string {
  const meant = nearest(word, allowed);
  return meant === undefined ? "" : `; did you mean \`${meant}\`?`;
}
