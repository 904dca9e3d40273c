import { z } from "zod";
import { experimentSchema } from "./schema.ts";
import { orderedParameters, parametersSchema } from "./sweep_schema.ts";

/** A node of the JSON Schema. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * The JSON Schema (draft 7, the one that editors' YAML servers know best) of a config as it is written, that is with
 * everything optional that has a default. The swept paths of `sweep.parameters` are listed, each with its own values.
 */
export function experimentJsonSchema(): JsonSchema {
  const options = { io: "input", target: "draft-7" } as const;
  const { $schema, ...schema } = z.toJSONSchema(experimentSchema, {
    ...options,
    override({ zodSchema, jsonSchema }) {
      // Editors would offer the empty mapping of a section as its value.
      if (typeof jsonSchema.default === "object" && !Array.isArray(jsonSchema.default)) {
        delete jsonSchema.default;
      }
      if (zodSchema === orderedParameters) {
        const { $schema: _, ...parameters } = z.toJSONSchema(parametersSchema, options);
        Object.assign(jsonSchema, parameters, { examples: [{ "train.learning_rate": [0.01, 0.1] }] });
      }
    },
  });
  return {
    $schema,
    title: "Experiment",
    description: "One experiment: a data set, a network, how it is trained, and which settings to sweep.",
    ...schema,
  };
}
