import { isAlias, isMap, isScalar, isSeq, visit } from "yaml";
import type { Alias, Document, Node, Pair, YAMLMap } from "yaml";
import type { Texts } from "../../text/language.ts";
import { type ConfigProblem, type Position, problem } from "./config_error.ts";
import type { LocatedEntry, LocatedMap, LocatedValue, Scalar } from "./located_value.ts";

/** A config of any sense is far below both, a list of 10,000 seeds is too; a bomb of nested aliases is far above. */
export const MAX_VALUES = 12_000;
const MAX_DEPTH = 100;

export const TOO_LARGE: Texts = {
  en: `is too large: a config has at most ${MAX_VALUES} values, ${MAX_DEPTH} levels deep, aliases expanded`,
  ja: `大きすぎます。値は（エイリアスを展開して）${MAX_VALUES} 個まで、入れ子は ${MAX_DEPTH} 段までです`,
};

type Path = readonly (string | number)[];

/** What a YAML text says, or why it cannot be read. */
export interface YamlReading {
  /** Absent if the text is empty or cannot be read at all; there may be problems beside it. */
  readonly root?: LocatedValue;
  /** In the order found. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * The values of a YAML document with their places: aliases and merge keys expanded into copies, so that each has its own path.
 * Problems are aliases without an anchor, or inside their own; keys given twice; keys that are not plain; and too many values.
 */
export function locateNodes(document: Document, positionOf: (offset: number) => Position): YamlReading {
  return document.contents === null
    ? { problems: [] }
    : new Locator(document, positionOf).locate(document.contents);
}

class Locator {
  readonly #positionOf: (offset: number) => Position;
  readonly #problems: ConfigProblem[] = [];
  readonly #targets = new Map<Alias, Node>();
  /** Anchored nodes being expanded, to find one that contains itself. */
  readonly #open = new Set<Node>();
  #values = 0;
  #tooLarge: ConfigProblem | undefined;

  constructor(document: Document, positionOf: (offset: number) => Position) {
    this.#positionOf = positionOf;
    const anchors = new Map<string, Node>();
    visit(document, {
      Alias: (_, alias) => {
        const target = anchors.get(alias.source);
        if (target !== undefined) this.#targets.set(alias, target);
      },
      Value: (_, node) => {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
      },
    });
  }

  locate(root: Node): YamlReading {
    const value = this.#value(root, []);
    // Of what is too large no more need be known.
    return this.#tooLarge ? { problems: [this.#tooLarge] } : { root: value, problems: this.#problems };
  }

  #value(node: Node, path: Path, at = this.#positionOf(node.range?.[0] ?? 0)): LocatedValue {
    this.#values++;
    if (this.#values > MAX_VALUES || path.length > MAX_DEPTH) {
      this.#tooLarge ??= problem(at, path, TOO_LARGE);
      this.#values = Infinity;
      return { position: at, content: null };
    }
    if (isAlias(node)) return this.#aliased(node, path, at);
    this.#open.add(node);
    let content: LocatedValue["content"] = null;
    let source: string | undefined;
    if (isScalar(node)) {
      content = scalar(node.value);
      if (typeof content === "number") source = node.source;
    } else if (isMap<Node, Node | null>(node)) content = this.#map(node, path);
    else if (isSeq<Node>(node)) {
      content = node.items.map((item, index) => this.#value(item, [...path, index]));
    }
    this.#open.delete(node);
    return source === undefined ? { position: at, content } : { position: at, content, source };
  }

  #aliased(alias: Alias, path: Path, at: Position): LocatedValue {
    const node = this.#targets.get(alias);
    if (node !== undefined && !this.#open.has(node)) return this.#value(node, path, at);
    const name = alias.source;
    const why = node === undefined
      ? {
        en: `alias *${name} has no anchor &${name} before it`,
        ja: `エイリアス *${name} より前にアンカー &${name} がありません`,
      }
      : {
        en: `alias *${name} stands inside its own anchor &${name}`,
        ja: `エイリアス *${name} が、そのアンカー &${name} の中にあります`,
      };
    this.#problem(at, path, why);
    return { position: at, content: null };
  }

  #map(node: YAMLMap<Node, Node | null>, path: Path): LocatedMap {
    const own = new Map<string, LocatedEntry>();
    const entries = new Map<string, LocatedEntry>();
    for (const pair of node.items) {
      const { key, position } = this.#key(pair, path);
      if (key === undefined) continue;
      if (key === "<<" && isScalar(pair.key) && pair.key.type === "PLAIN") {
        for (const [name, entry] of this.#merged(pair, path)) {
          if (!entries.has(name)) entries.set(name, entry);
        }
        continue;
      }
      const earlier = own.get(key);
      if (earlier !== undefined) {
        this.#problem(position, [...path, key], {
          en: `is given twice, first in line ${earlier.key.line}; remove one of the two`,
          ja:
            `同じキーが 2 回書かれています（1 回目は ${earlier.key.line} 行目）。どちらかを取り除いてください`,
        });
        continue;
      }
      const value = pair.value === null
        ? { position, content: null }
        : this.#value(pair.value, [...path, key]);
      own.set(key, { key: position, value });
      entries.set(key, { key: position, value });
    }
    return entries;
  }

  #key({ key }: Pair<Node, Node | null>, path: Path): { key?: string; position: Position } {
    const position = this.#positionOf(key.range?.[0] ?? 0);
    if (isScalar(key)) return { key: key.source ?? String(key.value), position };
    this.#problem(position, path, {
      en: "must have plain names as keys, found a list, mapping or alias in the place of one",
      ja: "キーには名前だけを書きます。リスト、マッピング、エイリアスは書けません",
    });
    return { position };
  }

  /** The entries that `<<` brings in: of one mapping, or of several, the first of which wins. */
  #merged({ key, value }: Pair<Node, Node | null>, path: Path): LocatedMap {
    const position = this.#positionOf(key.range?.[0] ?? 0);
    const known = this.#problems.length;
    const source = value === null ? undefined : this.#value(value, path).content;
    if (this.#problems.length > known) return new Map();
    const sources = Array.isArray(source) ? source.map(({ content }) => content) : [source];
    const entries = new Map<string, LocatedEntry>();
    for (const content of sources) {
      if (!(content instanceof Map)) {
        this.#problem(position, path, {
          en: "must merge (`<<`) a mapping or a list of mappings, as in `<<: *anchor`",
          ja: "`<<` で取り込めるのは、`<<: *anchor` のようなマッピングか、マッピングのリストです",
        });
        continue;
      }
      for (const [name, entry] of content) if (!entries.has(name)) entries.set(name, entry);
    }
    return entries;
  }

  #problem(position: Position, path: Path, message: Texts): void {
    this.#problems.push(problem(position, path, message));
  }
}

function scalar(value: unknown): Scalar {
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  return String(value);
}
