import type { FigureName } from "../figures.ts";
import { escapeMarkdown, type MarkdownColumn } from "../../text/markdown.ts";
import type { ReportModel } from "../report_model.ts";

/** A column of numbers. */
export function right(title: string): MarkdownColumn {
  return { title, align: "right" };
}

/** A figure in its place beside the report. */
export function image(name: FigureName, alt: string): string {
  return `![${escapeMarkdown(alt)}](figures/${name})`;
}

/** Sentences as a paragraph; empty where there is none. */
export function sentences({ t }: ReportModel, parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(t.space);
}

/** A part that is folded until somebody opens it. */
export function details(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
