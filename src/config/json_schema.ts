import { z } from "zod";
import { writtenObject } from "./methods/parameters.ts";
import { experimentSchema } from "./schema.ts";
import { isMapping } from "../text/show_value.ts";
import type { Language } from "../settings/setting.ts";

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * The JSON Schema (draft 7, the one that editors' YAML servers know best) of a config as it is written, that is with
 * everything optional that has a default. The swept paths of `sweep.parameters` are listed, each with its own values.
 */
export function experimentJsonSchema(language?: Language): JsonSchema {
  return shareDefinitions(expandedJsonSchema(language));
}

/** The keywords whose texts people read, and those that have them in Japanese until the schema is made. */
const JAPANESE = [
  ["description", "ja"],
  ["errorMessage", "errorMessageJa"],
  ["patternErrorMessage", "patternErrorMessageJa"],
] as const;

const ABOUT = {
  en: "One experiment: a data set, a network, how it is trained, and which settings to sweep.",
  ja: "1 つの実験です：データセット、ネットワーク、学習のしかた、スイープする設定。",
};

/** The same without references: everything written out wherever it stands. Its descriptions are in the language. */
export function expandedJsonSchema(language: Language = "en"): JsonSchema {
  const options = { io: "input", target: "draft-7", override } as const;
  function override(
    { zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: z.core.JSONSchema.BaseSchema },
  ): void {
    // Editors would offer the empty mapping of a section as its value.
    if (typeof jsonSchema.default === "object" && !Array.isArray(jsonSchema.default)) {
      delete jsonSchema.default;
    }
    const written = writtenObject(zodSchema);
    if (written !== undefined) {
      const { $schema: _, ...schema } = z.toJSONSchema(written.schema, options);
      Object.assign(jsonSchema, schema, { examples: [written.example] });
    }
    for (const [key, japanese] of JAPANESE) {
      if (language === "ja" && typeof jsonSchema[japanese] === "string") {
        jsonSchema[key] = jsonSchema[japanese];
      }
      delete jsonSchema[japanese];
    }
  }
  const { $schema, ...schema } = z.toJSONSchema(experimentSchema, options);
  return { ...$schema && { $schema }, title: "Experiment", description: ABOUT[language], ...schema };
}

/** A schema of fewer characters is written out each time: a reference would hardly be shorter. */
const MIN_LENGTH = 150;

/** A JSON Schema (draft 7) with what occurs in it several times written once, under `definitions`, and referred to. */
function shareDefinitions(root: JsonSchema): JsonSchema {
  const counts = new Map<string, number>();
  const count = (value: unknown) => {
    if (isSchema(value)) {
      const text = JSON.stringify(value);
      const times = (counts.get(text) ?? 0) + 1;
      counts.set(text, times);
      // What is inside a shared schema is written once with it.
      if (times > 1 && text.length >= MIN_LENGTH) return;
    }
    for (const inner of Object.values(Object(value))) if (typeof inner === "object") count(inner);
  };
  count(root);

  const definitions: Record<string, unknown> = {};
  const names = new Map<string, string>();
  const share = (value: unknown, name: string): unknown => {
    const text = isSchema(value) ? JSON.stringify(value) : "";
    if (text.length < MIN_LENGTH || (counts.get(text) ?? 0) < 2) return copy(value, name);
    const known = names.get(text);
    if (known !== undefined) return { $ref: `#/definitions/${known}` };
    let unique = name;
    for (let i = 2; unique in definitions; i++) unique = `${name}-${i}`;
    names.set(text, unique);
    definitions[unique] = null;
    definitions[unique] = copy(value, name);
    return { $ref: `#/definitions/${unique}` };
  };
  const copy = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => share(item, name));
    if (!isMapping(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, share(inner, KEYWORDS.has(key) ? name : key)]),
    );
  };
  const whole = copy(root, "experiment");
  return { ...(whole as JsonSchema), definitions: definitions as JsonSchema["definitions"] };
}

/** Keys of a schema itself; any other key names a setting. */
const KEYWORDS = new Set(["properties", "items", "anyOf", "oneOf", "allOf", "examples", "default"]);

function isSchema(value: unknown): boolean {
  return isMapping(value) &&
    ["type", "anyOf", "oneOf"].some((key) =>
      key in value && typeof Reflect.get(value, key) !== "object" || Array.isArray(Reflect.get(value, key))
    );
}
