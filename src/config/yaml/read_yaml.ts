import { LineCounter, parseDocument } from "yaml";
import { locateNodes, MAX_VALUES, TOO_LARGE, type YamlReading } from "./locate_nodes.ts";

/** A config of any sense is far below. */
const MAX_CHARACTERS = 1_000_000;

/**
 * Reads YAML 1.2 with its core schema (`1e-4` is a number, `yes` is text, as is a date). Anchors, aliases and merge keys (`<<`)
 * work; a key given twice, unknown tags and a second document are problems. `file` only names the text in positions.
 */
export function readYaml(text: string, file: string): YamlReading {
  const tooLarge = sizeFlaw(text);
  if (tooLarge !== undefined) {
    return { problems: [{ file, line: 1, column: 1, path: "", message: tooLarge }] };
  }
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
  const faults = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    ...positionOf(pos[0]),
    path: "",
    message: `cannot be read as YAML: ${syntaxHint(code, message)}`,
  }));
  // One slip often upsets the parser several times in a row: the first of a line tells it.
  const seen = new Set<number>();
  const problems = faults.filter(({ line }) => !seen.has(line) && seen.add(line));
  return problems.length > 0 ? { problems } : locateNodes(document, positionOf);
}

/** What is too large about a text, as far as that shows before the parser spends seconds on it. */
function sizeFlaw(text: string): string | undefined {
  if (text.length > MAX_CHARACTERS) {
    return `is too large: a config has at most ${MAX_CHARACTERS} characters, found ${text.length}`;
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

function syntaxHint(code: string, message: string): string {
  if (code === "TAG_RESOLVE_FAILED" && /: !=/.test(message)) {
    return "a comparison with `!=` must be in quotes";
  }
  // What follows `>` on its line is no part of the text that it begins.
  if (/^Block scalar header|^Not a YAML token/.test(message)) {
    return "a value that begins with `>` must be in quotes";
  }
  return syntaxHints[code] ?? message;
}

const syntaxHints: Readonly<Record<string, string>> = {
  BAD_INDENT: "the indentation does not fit the lines above, or a bracket or quote is not closed",
  BAD_SCALAR_START: "a value cannot begin with this character; put it in quotes",
  BLOCK_AS_IMPLICIT_KEY:
    "a second `:` in one entry; check the indentation of the next line, or put the value in quotes",
  MISSING_CHAR: "a closing quote, bracket or comma is missing before this place",
  MULTIPLE_DOCS: "a config is one document; remove the second `---` and what follows",
  RESOURCE_EXHAUSTION: "it nests far too deep",
  TAG_RESOLVE_FAILED: "a config uses no tags (`!name`); remove it",
  TAB_AS_INDENT: "this line is indented by a tab; use spaces",
};
