import { z } from "zod";
import { ConfigError, type Position } from "../../src/config/yaml/config_error.ts";
import type { JsonSchema } from "../../src/config/json_schema.ts";
import {
  keyPositionAt,
  type LocatedValue,
  plainValue,
  positionAt,
  valueAt,
  withTextsOf,
  withValueAt,
} from "../../src/config/yaml/located_value.ts";
import { readYaml } from "../../src/config/yaml/read_yaml.ts";
import { choicesOf, keysOf, schemaAt } from "../../src/config/explain/schema_paths.ts";
import { showPath } from "../../src/text/show_value.ts";
import { nearest } from "../../src/config/explain/suggest.ts";
import { type Fault, sayFault } from "../../src/grade/fault.ts";
import { gradeMessages } from "../../src/grade/messages/messages.ts";

/** A YAML text that its schema accepts, with its places for checks that the schema cannot make. */
interface ParsedYaml<T> {
  readonly value: T;
  readonly root: LocatedValue;
}

/** What is wrong with a YAML text, and where. */
interface YamlFault extends Position {
  /** The key that it is about, such as `seeds.init`; empty for the text as a whole. */
  readonly path: string;
  readonly fault: Fault;
}

/** What begins a sentence about each. */
const TITLES = {
  "a rubric": { en: "The rubric", ja: "採点基準" },
  "a manifest": { en: "The manifest", ja: "manifest.yaml " },
  "the overrides": { en: "overrides.yaml", ja: "overrides.yaml " },
} as const;

/** What a text is read as. */
interface Reading<S extends z.ZodType> {
  /** Names the text in positions. */
  readonly file: string;
  readonly schema: S;
  /** What the text is, for messages. */
  readonly what: keyof typeof TITLES;
  /** Keys whose values are texts, also where YAML makes them numbers: of the id `00123` the zeros stay. */
  readonly texts?: readonly string[];
  /** What is read in the place of a key that is wrong, so that the rest counts all the same. */
  readonly standIns?: Readonly<Record<string, string>>;
}

/**
 * Reads YAML against a schema and fills in the defaults: a rubric, a manifest, overrides.
 *
 * @throws ConfigError that lists everything that is wrong, each as `file:line:column: path: message`
 */
export function parseYaml<S extends z.ZodType>(text: string, reading: Reading<S>): ParsedYaml<z.infer<S>> {
  const { faults, parsed } = checkYaml(text, reading);
  if (parsed !== null && faults.length === 0) return parsed;
  const [en, ja] = [gradeMessages("en"), gradeMessages("ja")];
  throw new ConfigError(
    faults.map(({ fault, ...place }) => ({
      ...place,
      message: sayFault(fault, en),
      ja: sayFault(fault, ja),
    })),
    { what: TITLES[reading.what] },
  );
}

/**
 * The same with everything that is wrong as faults, for whoever reads another language; `parsed` is null where there are any, but for those
 * for which there is something to stand in.
 */
export function checkYaml<S extends z.ZodType>(
  text: string,
  { file, schema, what, texts = [], standIns = {} }: Reading<S>,
): { faults: readonly YamlFault[]; parsed: ParsedYaml<z.infer<S>> | null } {
  const empty: LocatedValue = { position: { file, line: 1, column: 1 }, content: new Map() };
  const { root = empty, problems: unreadable } = readYaml(text, file);
  if (unreadable.length > 0) {
    const faults = unreadable.map(({ message, ja, ...place }): YamlFault => ({
      ...place,
      fault: ["yaml", { en: message, ja }],
    }));
    return { faults, parsed: null };
  }
  if (!(root.content instanceof Map) && root.content !== null) {
    const fault: Fault = ["notMapping", what, plainValue(root)];
    return { faults: [{ ...root.position, path: "", fault }], parsed: null };
  }
  const mapping = root.content === null ? empty : texts.length === 0 ? root : withTextsOf(root, texts);
  const { data, error } = schema.safeParse(plainValue(mapping));
  if (error === undefined) return { faults: [], parsed: { value: data, root: mapping } };
  const jsonSchema = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
  const faults = error.issues.flatMap((issue) => explain(issue, mapping, jsonSchema));
  const replaced = Object.entries(standIns).filter(([key]) => faults.some(({ path }) => path === key));
  const mended = replaced.reduce(
    (value, [key, content]) => withValueAt(value, [key], { position: mapping.position, content }),
    mapping,
  );
  const again = replaced.length === 0 ? undefined : schema.safeParse(plainValue(mended)).data;
  return { faults, parsed: again === undefined ? null : { value: again, root: mended } };
}

function explain(issue: z.core.$ZodIssue, root: LocatedValue, jsonSchema: JsonSchema): YamlFault[] {
  const { path } = issue;
  const place = { ...positionAt(root, path), path: showPath(path) };
  const schema = schemaAt(path, plainValue(root), jsonSchema) ?? {};
  switch (issue.code) {
    case "custom":
      // What configs are refused for too is a text, and no fault of grading's.
      return [{
        ...place,
        fault: issue.params?.fault ?? ["yaml", { en: issue.message, ja: issue.params?.ja }],
      }];
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const allowed = keysOf(schema);
        return {
          ...keyPositionAt(root, [...path, key]),
          path: showPath([...path, key]),
          fault: ["unknownKey", allowed, nearest(key, allowed) ?? null],
        };
      });
    default: {
      const found = valueAt(root, path);
      if (found === undefined) return [{ ...place, fault: ["valueMissing", schema] }];
      const value = plainValue(found);
      const words = [schema, ...choicesOf(schema)].flatMap((choice) => choice.enum ?? choice.const ?? []).map(
        String,
      );
      const meant = typeof value === "string" ? nearest(value, words) ?? null : null;
      return [{ ...place, fault: ["valueWrong", schema, { found: value, meant }] }];
    }
  }
}
