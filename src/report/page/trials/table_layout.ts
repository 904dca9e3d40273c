// How wide the table of trials must be, so that it is a table where there is room and cards where there is not: with any settings, in
// any language, before a browser has measured anything.

import type { TrialColumn } from "../../sections/trial_cells.ts";

/** A column's widest texts, each piece of its cells on its own. */
export interface ColumnWidth {
  readonly pieces: readonly string[];
  /** In em: pieces below one another, without the word before a trial's number and with it, and side by side. */
  readonly narrow: number;
  readonly medium: number;
  readonly wide: number;
}

/** Room in em for a box to tick. */
const BOX = 2;
/** The least width in em of an interval's bar and what stands beside it. */
const BAR = 8;
/** Layer sizes of more letters than these may break after a hyphen. */
export const UNBROKEN = 8;
const BOLD = 1.1;
/** Of headings, in the cells' em. */
const HEADING = 0.9;

/** The widths that a column needs, of so many rows. */
export function columnWidth(column: TrialColumn, rows: number): ColumnWidth {
  const { kind, title } = column;
  const pieces: string[] = [];
  for (let row = 0; row < rows; row++) {
    for (const [i, piece] of column.pieces(row).entries()) {
      if (piece.length > (pieces[i]?.length ?? -1)) pieces[i] = piece;
    }
  }
  const heading = HEADING * widest(words(title));
  const side = kind === "status"
    ? BOLD * widest(pieces)
    : pieces.reduce((sum, piece) => sum + textWidth(piece) + 0.4, 0);
  const wide = side + (kind === "trial" ? BOX : kind === "difference" ? BAR : 0);
  const below = (kind === "status" ? BOLD : 1) * widest(pieces.flatMap((piece) => narrowest(piece, kind)));
  const narrow = below + (kind === "trial" ? BOX : 0);
  return {
    pieces,
    narrow: Math.max(narrow, heading, kind === "difference" ? BAR : 0),
    medium: Math.max(
      // A trial has the word before its number, and an interval does not break.
      kind === "trial" ? widest(pieces) + BOX : kind === "difference" ? widest(pieces) : narrow,
      heading,
      kind === "difference" ? BAR : 0,
    ),
    wide: Math.max(wide, heading),
  };
}

/** What of a piece does not break in a narrow column. */
function narrowest(piece: string, kind: TrialColumn["kind"]): string[] {
  switch (kind) {
    case "trial":
      return [piece.replace(/^.*?(?=\d+$)/, "")];
    case "parameter":
      return piece.length > UNBROKEN ? piece.split(/(?<=\u2011)/).flatMap(words) : [piece];
    case "status":
      return words(piece);
    case "difference":
      return piece.split(/ |(?<=〜)/);
    case "metric":
      return [piece];
  }
}

/** What does not break: words. */
function words(text: string): string[] {
  return text.split(" ").flatMap(phrases);
}

/**
 * The parts of a text between which it may break besides at spaces: in Japanese where kanji or katakana begin after other letters than
 * theirs, and before a bracket. The page breaks there and nowhere else: where browsers see phrases, each sees others.
 */
export function phrases(text: string): string[] {
  return text.split(
    /(?<=\p{sc=Hiragana})(?=\p{sc=Han}.)|(?<=[^\p{sc=Katakana}ー（ ])(?=\p{sc=Katakana})|(?<=[\p{sc=Katakana}ー])(?=\p{sc=Han})|(?=（)/u,
  );
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);
}

/** In em, rather too much than too little: letters as wide as those of DejaVu Sans, others as wide as they are high. */
function textWidth(text: string): number {
  let width = 0;
  for (const letter of text) {
    width += /[., ]/.test(letter)
      ? 0.34
      : /[()‑-]/.test(letter)
      ? 0.42
      : /[\da-z]/.test(letter)
      ? 0.64
      : letter < "\u2e80"
      ? 0.9
      : 1;
  }
  return width;
}

/** Font size in rem and padding in em of a cell's either side. */
const WIDE = { font: 0.9, padding: 0.6 };
const MEDIUM = { font: 0.85, padding: 0.45 };
const NARROW = { font: 0.76, padding: 0.3 };

/** The style of a table of these columns, the first of which names the trial. */
export function tableStyle(columns: readonly TrialColumn[], widths: readonly ColumnWidth[]): string {
  const needed = (side: "narrow" | "medium" | "wide", { font, padding }: typeof WIDE) =>
    Math.ceil(10 * font * widths.reduce((sum, width) => sum + width[side] + 2 * padding, 0)) / 10;
  const below = (width: number, rules: string) => `@container trials (max-width:${width}rem){${rules}}`;
  const labels = columns.slice(1).map(({ title }, i) =>
    `.trials td:nth-child(${i + 2})::before{content:"${cssText(title)}"}`
  );
  const differences = widths[columns.findIndex(({ kind }) => kind === "difference")]?.pieces ?? [];
  return `.trials .mean{min-width:${textWidth(differences[0] ?? "")}em}` +
    below(needed("wide", WIDE), cells(MEDIUM) + STACKED) +
    below(needed("medium", MEDIUM), cells(NARROW) + UNNAMED) +
    below(needed("narrow", NARROW), CARDS + labels.join(""));
}

function cells({ font, padding }: typeof WIDE): string {
  return `.trials table{font-size:${font}rem}.trials th,.trials td{padding:.3rem ${padding}em}`;
}

/** The pieces of a cell below one another. */
const STACKED = `.trials table{line-height:1.35}.trials .spread,.trials .place{display:block}` +
  `.trials .difference>div{flex-wrap:wrap;gap:0 .4em}.trials .ci{flex-basis:100%}`;

/** Yet narrower: the column's heading says "trial", and a difference stands beside its bar. */
const UNNAMED =
  `.trials .word{display:none}.trials .ci{flex:1 1 2.5em;min-width:2.5em}.trials .range{flex-basis:100%;white-space:normal}.trials thead .status{width:6em}`;

/** No table: a card a trial, whose cells name their columns. */
const CARDS = `.trials thead,.trials .sizes{display:none}.trials .sort{display:flex}` +
  `.trials table,.trials tbody,.trials caption{display:block;width:100%}` +
  `.trials table{font-size:.85rem}` +
  `.trials tbody tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(8rem,1fr));` +
  `gap:.2rem .8rem;padding:.6rem 0 .6rem .6rem;border-bottom:1px solid var(--line);align-content:start}` +
  `.trials tbody th,.trials tbody td{display:block;border:0;padding:0;text-align:left;overflow-wrap:anywhere}` +
  `.trials tbody th,.trials td.status,.trials td.difference{grid-column:1/-1}` +
  `.trials td.status{grid-row:2}.trials .mark{display:inline;margin-right:.8em}` +
  `.trials td::before{display:block;color:var(--soft);font-size:.9em}` +
  `.trials .word,.trials .spread,.trials .place{display:inline}.trials .ci{flex:0 1 12rem}.trials .range{flex-basis:auto;white-space:nowrap}` +
  `.trials .difference>div{flex-wrap:nowrap}` +
  `.trials tr[data-slot]{box-shadow:inset 4px 0 var(--swatch)}.trials [data-slot] .trial{box-shadow:none}` +
  `.trials td.status::before,.trials tr.gap td::before,.trials td:empty:not([style]){display:none}` +
  `.trials tbody tr.gap{display:block;padding:0;border:0}`;

/** Text within quotes in a style, that can end neither the quotes nor the style. */
function cssText(text: string): string {
  return text.replaceAll(/[\p{Cc}"\\<>]/gu, (letter) => `\\${letter.charCodeAt(0).toString(16)} `);
}
