import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { csvLine, splitCsv } from "../../src/text/csv.ts";

const cell = fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r\n", " ", "a", "é", "数"), maxLength: 6 });
const row = fc.array(cell, { minLength: 1, maxLength: 5 });

Deno.test("csvLine() writes what csv-stringify writes", () => {
  fc.assert(
    fc.property(row, (cells) => assert.equal(csvLine(cells), stringify([cells]))),
    { numRuns: 2000, seed: 1 },
  );
});

Deno.test("splitCsv() reads back what csvLine() wrote, and as csv-parse does", () => {
  // A first line without line ends in its cells: csv-parse learns from it how lines end.
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
      const table = [["a", "b"], ...rows];
      const text = table.map(csvLine).join("");
      assert.deepEqual(splitCsv(text), table);
      assert.deepEqual(splitCsv(text), parse(text, { relax_column_count: true }));
    }),
    { numRuns: 2000, seed: 2 },
  );
});

Deno.test("splitCsv() takes a byte order mark, \\r\\n, empty cells at a line's ends and a last line without its end", () => {
  assert.deepEqual(splitCsv('\uFEFFa,"b"\r\n,\r\n1,2'), [["a", "b"], ["", ""], ["1", "2"]]);
  assert.deepEqual(splitCsv("a,"), [["a", ""]]);
  assert.deepEqual(splitCsv(""), []);
});

Deno.test("splitCsv() refuses a quote that is not closed, one within a cell, and what follows one, with the line", () => {
  const refused = (text: string, message: RegExp) =>
    assert.throws(() => splitCsv(text), { name: "SyntaxError", message });
  refused('a,b\n1,"2\n', /^Quote Not Closed: .* line 2$/);
  refused('a,b\n1,2"\n', /^Invalid Opening Quote: .* line 2$/);
  refused('a,"b"c\n', /^Invalid Closing Quote: .* line 1$/);
});
