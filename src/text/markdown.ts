import { withoutControls } from "./controls.ts";

export interface MarkdownColumn {
  /** Markdown. */
  readonly title: string;
  /** Default left; numbers are easiest to compare aligned right. */
  readonly align?: "left" | "right" | undefined;
}

export function right(title: string): MarkdownColumn {
  return { title, align: "right" };
}

/**
 * Plain text as it must stand inside a line of Markdown: what GitHub's dialect would take for markup is escaped, line
 * breaks and control characters become spaces. An underscore inside a word, as in learning_rate, is no markup and stays as it is.
 */
export function escapeMarkdown(text: string): string {
  return withoutControls(text.replaceAll(/\s*[\r\n]+\s*/g, " "))
    .replaceAll(/[\\`*[\]<>|~$]|&(?=[#\w]+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&");
}

/** An image; `alt` is plain text. */
export function image(path: string, alt: string): string {
  return `![${escapeMarkdown(alt)}](${path})`;
}

/** A part that is folded until somebody opens it. */
export function details(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** Text as a fenced code block, whatever fences it holds; ends without a line break. */
export function codeBlock(text: string, language = ""): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n+$/, "")}\n${fence}`;
}

/**
 * A table, padded so that it reads as plain text too; ends without a line break. Cells are Markdown; a `|` that is not escaped
 * yet is escaped.
 * @throws TypeError if a row has more or fewer cells than there are columns
 */
export function markdownTable(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [columns.map((column) => column.title), ...rows].map((cells) => cells.map(escapeCell));
  for (const cells of lines) {
    if (cells.length !== columns.length) {
      throw new TypeError(
        `Cannot write a table: each row must have ${columns.length} cells, found ${cells.length}`,
      );
    }
  }
  const widths = columns.map((_, i) => lines.reduce((width, cells) => Math.max(width, cells[i].length), 3));
  const [header, ...body] = lines.map((cells) => {
    const padded = cells.map((cell, i) => pad(cell, widths[i], columns[i].align));
    return `| ${padded.join(" | ")} |`;
  });
  const rules = columns.map(({ align }, i) => rule(widths[i], align));
  return [header, `| ${rules.join(" | ")} |`, ...body].join("\n");
}

function escapeCell(cell: string): string {
  return cell.replaceAll(/\s*[\r\n]+\s*/g, " ").replaceAll(/(?<!\\)\|/g, "\\|");
}

function pad(cell: string, width: number, align: MarkdownColumn["align"]): string {
  return align === "right" ? cell.padStart(width) : cell.padEnd(width);
}

function rule(width: number, align: MarkdownColumn["align"]): string {
  return align === "right" ? "-".repeat(width - 1) + ":" : "-".repeat(width);
}
