/**
 * Control characters, which could move a terminal's cursor or end a line, and those that turn the direction of writing, each become a space;
 * with `keepLines`, line ends stay.
 */
export function withoutControls(text: string, options: { keepLines?: boolean } = {}): string {
  return text.replaceAll(
    /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (c) => options.keepLines && c === "\n" ? c : " ",
  );
}
