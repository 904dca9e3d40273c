import assert from "node:assert/strict";
import { configDoc } from "../../src/config/config_doc.ts";
import { expandedJsonSchema, type JsonSchema } from "../../src/config/json_schema.ts";

const read = (path: string) => Deno.readTextFileSync(new URL(`../../${path}`, import.meta.url));

interface Described {
  path: readonly string[];
  schema: JsonSchema;
  /** Whether it describes the key at the end of the path, and not an alternative or an item of its value. */
  isKey: boolean;
}

/** All of a schema that has a description. */
function described(schema: JsonSchema, path: readonly string[] = [], isKey = false): Described[] {
  const below = (child: unknown, path: readonly string[], isKey: boolean) =>
    typeof child === "object" && !Array.isArray(child) ? described(child as JsonSchema, path, isKey) : [];
  return [
    ...schema.description === undefined ? [] : [{ path, schema, isKey }],
    ...Object.entries(schema.properties ?? {}).flatMap(([key, child]) => below(child, [...path, key], true)),
    ...[...schema.anyOf ?? [], ...schema.oneOf ?? [], schema.items].flatMap((child) =>
      below(child, path, false)
    ),
  ];
}

Deno.test("docs/config.md and its Japanese twin are up to date", () => {
  const stale = "stale: run `deno task schema`";
  assert.equal(read("docs/config.md"), configDoc("en"), stale);
  assert.equal(read("docs/config.ja.md"), configDoc("ja"), stale);
});

Deno.test("the pages have a row for every key, with its default and what it means", () => {
  for (const language of ["en", "ja"] as const) {
    const lines = configDoc(language).split("\n").map((line) => line.replaceAll("\\|", "|"));
    // Those of the settings that a sweep varies are in their own sections.
    const keys = described(expandedJsonSchema(language)).filter(({ path, isKey }) =>
      isKey && !path.some((key) => key.includes("."))
    );
    assert.ok(keys.length > 50);
    for (const { path, schema: { description, default: value } } of keys) {
      const row = lines.find((line) =>
        line.startsWith(`| \`${path.at(-1)}\` |`) && line.endsWith(`| ${description} |`)
      );
      assert.ok(row !== undefined, `${language} ${path.join(".")}`);
      if (typeof value === "number") assert.ok(row.includes(`| \`${value}\` |`), row);
    }
  }
});

Deno.test("all that the schema says, it says in Japanese too, and configs/schema.json in English alone", () => {
  const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/;
  const texts = described(expandedJsonSchema("ja"));
  assert.equal(texts.length, described(expandedJsonSchema()).length);
  for (const { path, schema: { description = "" } } of texts) {
    assert.match(description, japanese, path.join("."));
  }
  assert.doesNotMatch(read("configs/schema.json"), japanese);
  assert.doesNotMatch(read("configs/schema.json"), /"ja":/);
});

Deno.test("the links of the pages lead to their headings, and no table has a row of another width", () => {
  for (const language of ["en", "ja"] as const) {
    const doc = configDoc(language).trim();
    const anchors = Array.from(
      doc.matchAll(/^## (.*)$/gm),
      ([, heading]) => heading.replaceAll(/[^\w\- ]/g, "").replaceAll(" ", "-"),
    );
    assert.equal(new Set(anchors).size, anchors.length);
    const links = Array.from(doc.matchAll(/\]\(#([^)]*)\)/g), ([, anchor]) => anchor);
    assert.ok(links.length > 10);
    for (const link of links) assert.ok(anchors.includes(link), link);
    for (const table of doc.split("\n\n").filter((part) => part.startsWith("|"))) {
      const widths = table.split("\n").map((line) => line.replaceAll("\\|", "").split("|").length);
      assert.equal(new Set(widths).size, 1, table);
    }
  }
});
