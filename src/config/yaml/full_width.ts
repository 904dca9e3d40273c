// Characters that a Japanese keyboard gives in the place of those that YAML asks for: to the parser they are letters, and what it says of
// them is of other lines.

import type { Texts } from "../../text/language.ts";
import { colonFlaw } from "./colon.ts";

/** Blanks that are none to YAML: the full-width one, and the one that does not break. */
const BLANK = "\\u3000\\u00a0";
const INDENTATION = new RegExp(`^[ \\t]*[${BLANK}]`);
const DASH = new RegExp(`^(-[${BLANK}]|[－ー−][ \\t${BLANK}])`);
const COMMENT = new RegExp(`[${BLANK}][#＃]|[ \\t]＃`);

/** What is wrong with the indentation that a text begins with, if anything. */
export function indentationFlaw(text: string): Texts | undefined {
  return INDENTATION.test(text)
    ? {
      en: "the indentation has a blank that is not half-width; use half-width blanks",
      ja: "字下げに全角などの空白が使われています。半角の空白を使ってください",
    }
    : undefined;
}

/** What is wrong with the dash of a list that a text begins with, if anything. */
export function dashFlaw(text: string): Texts | undefined {
  return DASH.test(text)
    ? {
      en: "the dash of a list and the blank after it must be half-width, as in `- 0.1`",
      ja: "リストの「-」とその後の空白は、`- 0.1` のように半角で書いてください",
    }
    : undefined;
}

/** What is wrong with the comment that a text ends with, if anything. */
export function commentFlaw(text: string): Texts | undefined {
  return COMMENT.test(text)
    ? {
      en: "a comment begins with a half-width blank and a half-width `#`",
      ja: "コメントは、半角の空白と半角の「#」で始めてください",
    }
    : undefined;
}

/** What is wrong with a line, and where in it, counted from 0. */
function lineFlaw(line: string): { at: number; flaw: Texts } | undefined {
  const indentation = indentationFlaw(line);
  if (indentation !== undefined) return { at: line.search(/\S|[\u3000\u00a0]/), flaw: indentation };
  const at = line.search(/[^ \t]/);
  const entry = line.slice(Math.max(0, at));
  const [dash = ""] = entry.match(/^(- +)+/) ?? [];
  const flaw = dashFlaw(entry) ?? colonFlaw(entry.slice(dash.length));
  return flaw === undefined ? undefined : { at: at + dash.length, flaw };
}

/** A line that ends with the beginning of a text of several lines, which are no YAML. */
const BLOCK_TEXT = /[|>][+-]?\d?[ \t]*(#.*)?$/;

/** A slip, and where in a text. */
interface Slip {
  readonly at: number;
  readonly flaw: Texts;
}

/**
 * For each line of a text the slip that explains why it cannot be read there: the nearest on it, or before it of the same key without
 * indentation; undefined where there is none.
 */
export function slipsOf(text: string): (Slip | undefined)[] {
  let start = 0;
  let nearest: Slip | undefined;
  return text.split("\n").map((whole) => {
    const line = whole.replace(/\r$/, "");
    const own = BLOCK_TEXT.test(line) ? undefined : lineFlaw(line);
    if (own !== undefined) nearest = { at: start + own.at, flaw: own.flaw };
    else if (BLOCK_TEXT.test(line)) nearest = undefined;
    const found = nearest;
    // What follows a key without indentation is another one's.
    if (own === undefined && /^[^\s#]/.test(line)) nearest = undefined;
    start += whole.length + 1;
    return found;
  });
}
