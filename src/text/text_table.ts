import { withoutControls } from "./controls.ts";
import { textWidth } from "./text_width.ts";

/** A column of a table in the terminal. */
export interface TextColumn {
  readonly title: string;
  /** Default left. */
  readonly align?: "left" | "right" | undefined;
}

/**
 * A table for the terminal: columns two spaces apart, no lines. Ends with a line break. Control characters become spaces.
 * @throws TypeError if a row has more or fewer cells than there are columns
 */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows].map((cells) =>
    cells.map((cell) => withoutControls(cell))
  );
  const wrong = lines.find((cells) => cells.length !== columns.length);
  if (wrong) {
    throw new TypeError(
      `Cannot write a table: each row must have ${columns.length} cells, found ${wrong.length}`,
    );
  }
  const widths = columns.map((_, i) =>
    lines.reduce((width, cells) => Math.max(width, textWidth(cells[i])), 0)
  );
  return lines.map((cells) => {
    const padded = cells.map((cell, i) => {
      const space = " ".repeat(widths[i] - textWidth(cell));
      return columns[i].align === "right" ? space + cell : cell + space;
    });
    return padded.join("  ").trimEnd() + "\n";
  }).join("");
}
