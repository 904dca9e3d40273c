const KEYWORDS = new Set(
  ("break case catch class const continue default do else export extends false finally for function if import in instanceof let new null of " +
    "return static super switch this throw true try typeof undefined var void while yield").split(" "),
);

/** A comment, a string, a number, a word, or one character of anything else; blanks between them match nothing. */
const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\d[\w.]*|[\p{L}_$][\p{L}\p{N}_$]*|[^\s]/gu;

/**
 * The tokens of TypeScript source as a copy keeps them, whatever it is made to look like: comments and blanks are left out, every name is
 * `v`, every number `n`, every string `s`.
 */
export function sourceTokens(source: string): string[] {
  const tokens: string[] = [];
  for (const [text] of source.matchAll(TOKEN)) {
    if (text.startsWith("//") || text.startsWith("/*")) continue;
    if (/^["'`]/.test(text)) tokens.push("s");
    else if (/^\d/.test(text)) tokens.push("n");
    else if (/^[\p{L}_$]/u.test(text)) tokens.push(KEYWORDS.has(text) ? text : "v");
    else tokens.push(text);
  }
  return tokens;
}
