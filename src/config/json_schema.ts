import { z } from "zod";
import { writtenObject } from "./schemas/ordered.ts";
import { experimentSchema } from "./schema.ts";
import { shareDefinitions } from "./share_definitions.ts";

/** A node of the JSON Schema. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * The JSON Schema (draft 7, the one that editors' YAML servers know best) of a config as it is written, that is with
 * everything optional that has a default. The swept paths of `sweep.parameters` are listed, each with its own values.
 */
export function experimentJsonSchema(): JsonSchema {
  return shareDefinitions(expandedJsonSchema());
}

/** The same without references: everything written out wherever it stands. */
export function expandedJsonSchema(): JsonSchema {
  const options = { io: "input", target: "draft-7" } as const;
  const { $schema, ...schema } = z.toJSONSchema(experimentSchema, {
    ...options,
    override({ zodSchema, jsonSchema }) {
      // Editors would offer the empty mapping of a section as its value.
      if (typeof jsonSchema.default === "object" && !Array.isArray(jsonSchema.default)) {
        delete jsonSchema.default;
      }
      const written = writtenObject(zodSchema);
      if (written !== undefined) {
        const { $schema: _, ...schema } = z.toJSONSchema(written.schema, options);
        Object.assign(jsonSchema, schema, { examples: [written.example] });
      }
    },
  });
  return {
    ...$schema && { $schema },
    title: "Experiment",
    description: "One experiment: a data set, a network, how it is trained, and which settings to sweep.",
    ...schema,
  };
}
