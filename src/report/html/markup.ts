/** Text as it must stand in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Escapes text but keeps `**bold**` as bold. */
export function boldHtml(text: string): string {
  return escapeHtml(text).replaceAll(/\*\*(.+?)\*\*/g, "<strong>$1</strong>");
}

/** Escapes text but keeps `code` as code. */
export function codeHtml(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

/** A paragraph of sentences; empty where there is none. */
export function paragraph(sentences: readonly string[], space: string): string {
  const text = sentences.filter((sentence) => sentence !== "").join(space);
  return text === "" ? "" : `<p class="note">${escapeHtml(text)}</p>`;
}

export interface Section {
  /** Of its element, which the contents link to. */
  readonly id: string;
  /** Plain text, not yet escaped. */
  readonly title: string;
  readonly body: string;
}

/** A wide thing that scrolls sideways in a narrow window, by keyboard too. */
export function scrollable(content: string, label: string, attributes = 'class="scroll"'): string {
  return `<div ${attributes} role="region" tabindex="0" aria-label="${escapeHtml(label)}">${content}</div>`;
}

/** Attributes of a header cell: of a column of numbers, of a column of words, of a row. */
const COLUMN = 'scope="col"';
export const TEXT = `${COLUMN} class="text"`;
export const ROW = 'scope="row" class="text"';

export function head(text: string, attributes = COLUMN): string {
  return `<th ${attributes}>${escapeHtml(text)}</th>`;
}

/** Data as JSON that cannot end its script element. */
export function embedJson(id: string, value: unknown): string {
  const text = JSON.stringify(value).replaceAll("<", "\\u003c");
  return `<script type="application/json" id="${id}">${text}</script>`;
}
