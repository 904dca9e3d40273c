import { LineCounter, parseDocument } from "yaml";
import type { Texts } from "../../text/language.ts";
import { colonFlaw } from "./colon.ts";
import { problem } from "./config_error.ts";
import { slipsOf } from "./full_width.ts";
import { locateNodes, MAX_VALUES, TOO_LARGE, type YamlReading } from "./locate_nodes.ts";

/** A config of any sense is far below. */
const MAX_CHARACTERS = 1_000_000;

/**
 * Reads YAML 1.2 with its core schema (`1e-4` is a number, `yes` is text, as is a date). Anchors, aliases and merge keys (`<<`)
 * work; a key given twice, unknown tags and a second document are problems. `file` only names the text in positions.
 */
export function readYaml(text: string, file: string): YamlReading {
  const tooLarge = sizeFlaw(text);
  if (tooLarge !== undefined) return { problems: [problem({ file, line: 1, column: 1 }, [], tooLarge)] };
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    resolveKnownTags: false,
    schema: "core",
    uniqueKeys: false,
  });
  const positionOf = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const raised = [...document.errors, ...document.warnings];
  const slips = raised.length > 0 ? slipsOf(text) : [];
  const faults = raised.flatMap(({ code, message, pos }) => {
    const colons = wrongColons(text.slice(...pos), pos[0]);
    const slip = slips[lines.linePos(pos[0]).line - 1];
    const flaws = colons.length > 0 ? colons : [slip ?? { at: pos[0], flaw: syntaxHint(code, message) }];
    return flaws.map(({ at, flaw: { en, ja } }) =>
      problem(positionOf(at), [], {
        en: `cannot be read as YAML: ${en}`,
        ja: `YAML として読み取れません。${ja}`,
      })
    );
  });
  // One slip often upsets the parser several times in a row: the first of a line tells it.
  const seen = new Set<number | undefined>();
  const problems = faults.filter(({ line }) => !seen.has(line) && seen.add(line));
  return problems.length > 0 ? { problems } : locateNodes(document, positionOf);
}

/** The lines whose key has a colon that is none to YAML: to the parser they are one key of several lines. */
function wrongColons(key: string, start: number): { at: number; flaw: Texts }[] {
  return Array.from(key.matchAll(/^[ \t]*(.*)$/gm)).flatMap(({ 0: line, 1: entry, index }) => {
    const flaw = colonFlaw(entry);
    return flaw === undefined ? [] : [{ at: start + index + line.length - entry.length, flaw }];
  });
}

/** What is too large about a text, as far as that shows before the parser spends seconds on it. */
function sizeFlaw(text: string): Texts | undefined {
  if (text.length > MAX_CHARACTERS) {
    return {
      en: `is too large: a config has at most ${MAX_CHARACTERS} characters, found ${text.length}`,
      ja: `大きすぎます。設定ファイルは ${MAX_CHARACTERS} 文字までですが、${text.length} 文字あります`,
    };
  }
  // Entries are a line or a comma apart, a list or mapping opens with a bracket, and items of a list begin with a dash.
  let [apart, opened, dashes] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === "," || character === "\n") apart++;
    else if (character === "[" || character === "{") opened++;
    else if ((character === "-" || character === "?") && /\s/.test(text[i + 1])) dashes++;
  }
  return Math.max(apart, opened, dashes) > MAX_VALUES ? TOO_LARGE : undefined;
}

/** What nobody has put into words yet is said as the parser says it. */
function syntaxHint(code: string, message: string): Texts {
  if (code === "TAG_RESOLVE_FAILED" && /: !=/.test(message)) {
    return {
      en: "a comparison with `!=` must be in quotes",
      ja: "`!=` による比較は引用符で囲んでください",
    };
  }
  // What follows `>` on its line is no part of the text that it begins.
  if (/^Block scalar header|^Not a YAML token/.test(message)) {
    return {
      en: "a value that begins with `>` must be in quotes",
      ja: "`>` で始まる値は引用符で囲んでください",
    };
  }
  if (/^Implicit (map )?keys need/.test(message)) {
    return {
      en: "a key must be followed by `:` and a blank, on one line",
      ja: "キーの後には、同じ行に半角の「:」と空白が必要です",
    };
  }
  return syntaxHints[code] ?? { en: message, ja: message };
}

const syntaxHints: Readonly<Record<string, Texts>> = {
  BAD_INDENT: {
    en: "the indentation does not fit the lines above, or a bracket or quote is not closed",
    ja: "字下げが上の行とそろっていないか、括弧や引用符が閉じられていません",
  },
  BAD_SCALAR_START: {
    en: "a value cannot begin with this character; put it in quotes",
    ja: "値はこの文字で始められません。引用符で囲んでください",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    en: "a second `:` in one entry; check the indentation of the next line, or put the value in quotes",
    ja: "1 つの項目に `:` が 2 つあります。次の行の字下げを確かめるか、値を引用符で囲んでください",
  },
  MISSING_CHAR: {
    en: "a closing quote, bracket or comma is missing before this place",
    ja: "ここより前で、閉じる引用符や括弧、またはコンマが抜けています",
  },
  MULTIPLE_DOCS: {
    en: "a config is one document; remove the second `---` and what follows",
    ja: "1 つのファイルに書ける設定は 1 つです。2 つ目の `---` から後を取り除いてください",
  },
  RESOURCE_EXHAUSTION: { en: "it nests far too deep", ja: "入れ子が深すぎます" },
  TAG_RESOLVE_FAILED: {
    en: "a config uses no tags (`!name`); remove it",
    ja: "タグ（`!name`）は使えません。取り除いてください",
  },
  TAB_AS_INDENT: {
    en: "this line is indented by a tab; use spaces",
    ja: "この行の字下げにタブが使われています。半角の空白を使ってください",
  },
};
