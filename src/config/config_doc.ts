import type { Language } from "../settings/setting.ts";
import { showValue } from "../text/show_value.ts";
import { before, describeAllowed, rangeInJapanese, spaced } from "./explain/describe.ts";
import { choicesOf } from "./explain/schema_paths.ts";
import { expandedJsonSchema, type JsonSchema } from "./json_schema.ts";

const WORDS = {
  en: {
    title: "The keys of a config",
    intro:
      "An experiment is one YAML file. These are all of its keys and what each of them may be. A required key must be " +
      "there; any other may be left out, and then has its default, if there is one. `deno task schema` writes this page, and " +
      "the same [in Japanese](config.ja.md), from the schema that configs are read with. [sweeps.md](sweeps.md) tells more of sweeps.",
    columns: ["Key", "Value", "Default", "Meaning"],
    kinds: { method: "Method", name: "Optimizer" },
    required: "required",
    allowed: (schema: JsonSchema) => describeAllowed(schema),
    or: ", or ",
    listOf: (link: string) => `a list of ${link}`,
    comma: ", ",
    swept: (paths: string) =>
      `A sweep can vary these settings, and \`where\` and \`exclude\` can ask for them: ${paths}.`,
  },
  ja: {
    title: "設定ファイルのキー",
    intro:
      "1 つの実験は 1 つの YAML ファイルです。このページは、書けるキーと値のすべてをまとめたものです。「必須」のキーは必ず書きます。" +
      "ほかのキーは省略でき、省略時の値があるものはその値になります。このページと[英語版](config.md)は、設定ファイルを読むスキーマから" +
      " `deno task schema` が書き出しています。スイープについては [sweeps.ja.md](sweeps.ja.md) に詳しい説明があります。",
    columns: ["キー", "値", "省略時", "意味"],
    kinds: { method: "method", name: "最適化手法" },
    required: "必須",
    allowed: allowedInJapanese,
    or: "、または",
    listOf: (link: string) => `${link} のリスト`,
    comma: "、",
    swept: (paths: string) =>
      `スイープで変化させられる設定、\`where\` と \`exclude\` の条件に書ける設定は次のとおりです：${paths}。`,
  },
};

interface Row {
  readonly key: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  /** Of mappings of several kinds those with this key, as sweep methods; those that mean other things by it have rows of their own. */
  readonly kinds: readonly string[];
}

/** Keys that tell mappings of several kinds apart: each kind has a value of its own there. */
const KIND_KEYS = ["method", "name"] as const;

/** The key that tells what kind a mapping is, and its value; undefined of a mapping of one kind. */
function kindOf({ properties = {} }: JsonSchema): string | undefined {
  const kinds = KIND_KEYS.map((key) => (properties[key] as JsonSchema | undefined)?.const);
  const kind = kinds.find((kind) => kind !== undefined);
  return kind === undefined ? undefined : String(kind);
}

/** A mapping of a config, or several that have the same keys: `path` is where the first stands, `owners` are the keys of all. */
interface Section {
  readonly heading: string;
  readonly path: string;
  readonly owners: readonly Row[];
  readonly rows: readonly Row[];
}

/** The text of `docs/config.md`, or its Japanese twin: every key of a config with its values, default and meaning. */
export function configDoc(language: Language): string {
  const { title, intro, swept, comma } = WORDS[language];
  const rows = rowsOf(mappingsOf(expandedJsonSchema(language)));
  const sections = sectionsBelow({ path: "", rows });
  const parts = [`# ${title}`, intro, table(rows, sections, language)];
  for (const { heading, rows } of sections) {
    parts.push(`## ${heading}`, table(rows, sections, language));
    const parameters = rows.find(({ schema }) => isSwept(schema))?.schema.properties;
    if (parameters !== undefined) parts.push(swept(Object.keys(parameters).map(code).join(comma)));
  }
  return parts.join("\n\n") + "\n";
}

/** The mappings that a schema lets stand there, alone or in a list. */
function mappingsOf(schema: JsonSchema): JsonSchema[] {
  if (schema.properties !== undefined) return isSwept(schema) ? [] : [schema];
  const items = typeof schema.items === "object" && !Array.isArray(schema.items) ? [schema.items] : [];
  return [...choicesOf(schema), ...items].flatMap(mappingsOf);
}

/** Whether a mapping's keys are paths of settings. */
function isSwept({ properties = {} }: JsonSchema): boolean {
  return Object.keys(properties).some((key) => key.includes("."));
}

function distributionsOf({ properties = {} }: JsonSchema): JsonSchema[] {
  return Object.values(properties).flatMap((schema) => choicesOf(schema as JsonSchema))
    .filter(({ maxProperties }) => maxProperties === 1);
}

function rowsOf(mappings: readonly JsonSchema[]): Row[] {
  const rows = new Map<string, Row>();
  for (const mapping of mappings) {
    const { properties = {}, required = [] } = mapping;
    const kind = kindOf(mapping);
    for (const [key, schema] of Object.entries(properties) as [string, JsonSchema][]) {
      const name = `${key} ${schema.description}`;
      const known = rows.get(name);
      const kinds = [...known?.kinds ?? [], ...kind === undefined ? [] : [kind]];
      // What only one of several kinds of mapping has is not always required.
      const always = kind !== undefined || mappings.every(({ properties = {} }) => key in properties);
      const same = known === undefined || JSON.stringify(known.schema) === JSON.stringify(schema);
      rows.set(name, {
        key,
        schema: same ? schema : withoutItems(schema),
        required: always && required.includes(key),
        kinds,
      });
    }
  }
  // What several kinds share comes after what each has for itself.
  const shared = ({ kinds }: Row) => kinds.length > 1 ? 1 : 0;
  return [...rows.values()].sort((a, b) => shared(a) - shared(b));
}

/** The schema of lists of anything, unless each place of a list has its own. */
function withoutItems({ items, ...schema }: JsonSchema): JsonSchema {
  return Array.isArray(items) ? { ...schema, items } : schema;
}

/** The sections of the mappings that are below a section's keys, depth first. */
function sectionsBelow({ path, rows }: Pick<Section, "path" | "rows">): Section[] {
  const sections: Section[] = [];
  for (const row of rows) {
    const { key, schema, kinds } = row;
    const inner = rowsOf(isSwept(schema) ? distributionsOf(schema) : mappingsOf(schema));
    // The candidates of a sweep are a sweep again.
    if (inner.every((row) => rows.some((known) => sameRow(row, known)))) continue;
    const same = sections.findIndex((section) =>
      section.rows.length === inner.length && inner.every((row, i) => sameRow(row, section.rows[i]))
    );
    if (same >= 0) {
      const { heading, owners, ...section } = sections[same];
      sections[same] = { ...section, heading: `${heading}, ${code(key)}`, owners: [...owners, row] };
      continue;
    }
    const inside = path === "" ? key : `${path}.${key}`;
    const heading = isSwept(schema) ? `${code(inside)}: ${kinds.join(", ")}` : code(inside);
    sections.push({ heading, path: inside, owners: [row], rows: inner });
  }
  return sections.flatMap((section) => [section, ...sectionsBelow(section)]);
}

function sameRow(a: Row, b: Row): boolean {
  return a.key === b.key && a.schema.description === b.schema.description;
}

function table(rows: readonly Row[], sections: readonly Section[], language: Language): string {
  const { columns: [first, ...others], kinds: words, required, comma } = WORDS[language];
  const withKinds = new Set(rows.map(({ kinds }) => kinds.join())).size > 1;
  const kindKey = KIND_KEYS.find((key) => rows.some((row) => row.key === key && row.kinds.length === 1)) ??
    "method";
  const lines = rows.map((row) => {
    const { key, schema, kinds } = row;
    const section = sections.find(({ owners }) => owners.includes(row));
    const initial = schema.default !== undefined ? code(showValue(schema.default)) : "";
    return [
      code(key),
      ...withKinds ? [kinds.join(comma)] : [],
      valueCell(row, section, language),
      row.required ? required : initial,
      schema.description ?? "",
    ];
  });
  const header = [first, ...withKinds ? [words[kindKey]] : [], ...others];
  return [header, header.map(() => "---"), ...lines]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
}

/** What a value may be, with a link in place of each mapping that has a section. */
function valueCell({ key, schema }: Row, section: Section | undefined, language: Language): string {
  const { allowed, or, listOf } = WORDS[language];
  if (section === undefined || isSwept(schema)) return spaced(allowed(withoutTop(schema)));
  // As GitHub makes an anchor of a heading.
  const anchor = section.heading.toLowerCase().replaceAll(/[^\w\- ]/g, "").replaceAll(" ", "-");
  const link = `[${code(section.path.replace(/[^.]*$/, key))}](#${anchor})`;
  const choices = schema.properties === undefined ? choicesOf(schema) : [schema];
  const cells = choices.map((choice) => {
    if (choice.properties !== undefined) return link;
    return mappingsOf(choice).length > 0 ? listOf(link) : allowed(choice);
  });
  return spaced([...new Set(cells)].join(or));
}

/** Without the largest whole number of all, which says nothing. */
function withoutTop({ maximum, ...schema }: JsonSchema): JsonSchema {
  return maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? schema : { ...schema, maximum };
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Shorter than in a message: a cell of a table. */
function allowedInJapanese(schema: JsonSchema): string {
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(String).join("、");
  const { items, minItems = 0, maxItems } = schema;
  switch (schema.type) {
    case "integer":
      return `${rangeInJapanese(schema)}整数`;
    case "number":
      return `${rangeInJapanese(schema)}数`;
    case "boolean":
      return "true、false";
    case "string":
      return "文字列";
    case "array":
      if (typeof schema.errorMessage === "string") return schema.errorMessage;
      if (items === undefined) return "リスト";
      if (Array.isArray(items)) return `${items.length} つの数のリスト`;
      return `${before("のリスト", allowedInJapanese(items as JsonSchema))}${
        maxItems === undefined
          ? minItems > 0 ? "（1 個以上）" : ""
          : minItems > 1
          ? `（${minItems}〜${maxItems} 個）`
          : `（${maxItems} 個まで）`
      }`;
    case "object":
      return schema.examples === undefined
        ? "マッピング"
        : `${schema.examples.map((example) => code(showValue(example))).join("、")} のようなマッピング`;
  }
  if (typeof schema.errorMessage === "string") return schema.errorMessage;
  return [...new Set(choicesOf(schema).map(allowedInJapanese))].join(WORDS.ja.or);
}
