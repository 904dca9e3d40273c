import assert from "node:assert/strict";

const PIECES = new URL("../../../grade/notebooks/", import.meta.url);
const COURSE = new URL("../course/", import.meta.url);

/** A notebook of pieces: Python in which `# %%` begins a cell, with what is changed in it. */
export interface MadeNotebook {
  /** Names of files of `tests/grade/notebooks`, or of `../course` with `course/` before them. */
  readonly pieces: readonly string[];
  /** Each is there, and once unless it is to be changed everywhere. */
  readonly changes?: readonly (readonly [from: string, to: string])[];
  /** Cells after all others. */
  readonly more?: readonly string[];
}

/** The cells of a made notebook. */
export async function cellsOf({ pieces, changes = [], more = [] }: MadeNotebook): Promise<string[]> {
  const texts = await Promise.all(
    pieces.map((piece) =>
      Deno.readTextFile(
        piece.startsWith("course/")
          ? new URL(`${piece.slice(7)}.py`, COURSE)
          : new URL(`${piece}.py`, PIECES),
      )
    ),
  );
  let text = texts.join("\n# %%\n");
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), `there must be ${from}`);
    text = text.replaceAll(from, to);
  }
  return [...text.split("# %%\n"), ...more];
}

/** As Jupyter saves it, with a cell of text before each of code. */
export function notebookOf(cells: readonly string[]): Uint8Array<ArrayBuffer> {
  const made = cells.flatMap((source, i) => [
    { cell_type: "markdown", metadata: {}, source: [`## ${i + 1}`] },
    {
      cell_type: "code",
      execution_count: null,
      metadata: {},
      outputs: [],
      source: source.split(/(?<=\n)/),
    },
  ]);
  return new TextEncoder().encode(
    JSON.stringify({ cells: made, metadata: {}, nbformat: 4, nbformat_minor: 4 }),
  );
}
