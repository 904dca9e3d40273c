/** A line of CSV (RFC 4180): a cell that has a comma, a quote or a line end in it is quoted. */
export function csvLine(cells: readonly string[]): string {
  const quoted = (cell: string) => /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return cells.map(quoted).join(",") + "\n";
}

/**
 * The cells of a CSV text, line by line. Takes a byte order mark, `\r\n` and a last line without its end. It is ours since csv-parse needs
 * Node's Buffer, which a browser has not. Throws SyntaxError for a quote that is not closed, or stands where none may.
 */
export function splitCsv(text: string): string[][] {
  const body = text.replace(/^\uFEFF/, "");
  const rows: string[][] = [];
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  let row: string[] = [];
  for (let end = "\n"; end === "," || cell.lastIndex < body.length;) {
    const start = cell.lastIndex;
    const match = cell.exec(body);
    if (match === null) throw new SyntaxError(wrongQuote(body, start));
    const [, quoted, plain, separator] = match;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    end = separator;
    if (end !== ",") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

function wrongQuote(body: string, start: number): string {
  const line = body.slice(0, start).split("\n").length;
  if (body[start] !== '"') return `Invalid Opening Quote: a quote is found within a cell at line ${line}`;
  return /"[^"]*(?:""[^"]*)*"/y.test(body.slice(start))
    ? `Invalid Closing Quote: something else than a comma or a line end follows it at line ${line}`
    : `Quote Not Closed: the parsing is finished with an opening quote at line ${line}`;
}
