let segmenter: Intl.Segmenter | undefined;
const wide =
  /^(?:\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6])/u;
const zeroWidth = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]/u;
const printableAscii = /^[\x20-\x7e]*$/;

/** Columns that a text without control characters takes in a terminal: East Asian wide characters and emoji take two. */
export function textWidth(text: string): number {
  if (printableAscii.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes(text)) width += graphemeWidth(segment);
  return width;
}

/** The text, cut to at most `width` columns; the last of them is `…` if something was cut off. */
export function cutToWidth(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width < 1) return "";
  let cut = "";
  let used = 0;
  for (const { segment } of graphemes(text)) {
    used += graphemeWidth(segment);
    if (used > width - 1) break;
    cut += segment;
  }
  return cut + "…";
}

/** The text, cut or filled with spaces to exactly `width` columns. */
export function fitToWidth(text: string, width: number): string {
  return padToWidth(cutToWidth(text, width), width);
}

/** The text, filled with spaces to `width` columns where it has fewer. */
export function padToWidth(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}

/** A segmenter takes 15 ms to make, and most texts are printable ASCII. */
function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

function graphemeWidth(grapheme: string): number {
  if (wide.test(grapheme)) return 2;
  return zeroWidth.test(grapheme) ? 0 : 1;
}

/** No line begins with one of these. */
const CLOSING = /^[、。，．・：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)\]}]/u;
/** No line ends with one of these. */
const OPENING = /[（「『【〔〈《([{]$/u;

/** The text in lines of at most `width` columns, broken at spaces and between wide characters; what cannot be broken stays whole. */
export function wrapToWidth(text: string, width: number): string {
  return text.split("\n").map((line) => wrapLine(line, width)).join("\n");
}

function wrapLine(line: string, width: number): string {
  const lines: string[] = [];
  let current = "";
  for (const piece of unbreakable(line)) {
    if (current !== "" && textWidth(current + piece.trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = piece.trimStart();
    } else current += piece;
  }
  return [...lines, current].join("\n");
}

/** The parts of a line between which it may be broken; spaces are at their ends. */
function unbreakable(line: string): string[] {
  const pieces: string[] = [];
  let last = "";
  for (const { segment } of graphemes(line)) {
    const isBreak = last === "" || (last === " " && segment !== " ") ||
      ((wide.test(last) || wide.test(segment)) && segment !== " " && !CLOSING.test(segment) &&
        !OPENING.test(last));
    if (isBreak) pieces.push(segment);
    else pieces[pieces.length - 1] += segment;
    last = segment;
  }
  return pieces;
}
