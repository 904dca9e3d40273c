import { z } from "zod";
import { rubricSchema } from "./rubric.ts";

/** The JSON Schema (draft 7) of a rubric as it is written, by which editors complete and check: configs/rubrics/schema.json. */
export function rubricJsonSchema(): z.core.JSONSchema.JSONSchema {
  const { $schema, ...schema } = z.toJSONSchema(rubricSchema, {
    io: "input",
    target: "draft-7",
    override({ jsonSchema }) {
      // Editors would offer the empty mapping of a section as its value.
      if (typeof jsonSchema.default === "object" && !Array.isArray(jsonSchema.default)) {
        delete jsonSchema.default;
      }
    },
  });
  return { ...$schema && { $schema }, title: "Rubric", ...schema };
}
