import type { DocumentOptions, SchemaOptions } from "yaml";

/**
 * How YAML is written so that readers of 1.1, such as PyYAML, take it for the same: they know `1e-7` as a text, and `on`, `1:30` or a date
 * as none. (https://yaml.org/type/float.html: a decimal point, and a sign in the exponent.)
 */
export const PORTABLE_YAML: DocumentOptions & SchemaOptions = {
  compat: "yaml-1.1",
  customTags: (tags) => [
    {
      identify: (value) => typeof value === "number" && /^-?\d+e/.test(String(value)),
      default: true,
      tag: "tag:yaml.org,2002:float",
      // Of use in writing alone.
      test: /(?!)/,
      resolve: Number,
      stringify: ({ value }) => String(value).replace("e", ".0e"),
    },
    ...tags,
  ],
};
