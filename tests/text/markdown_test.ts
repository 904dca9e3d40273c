import assert from "node:assert/strict";
import { formatCount, formatCounted, formatLoss, formatPercent } from "../../src/text/numbers.ts";
import { codeBlock, escapeMarkdown, markdownTable } from "../../src/text/markdown.ts";

Deno.test("escapeMarkdown() disarms markup and keeps ordinary words readable", () => {
  assert.equal(escapeMarkdown("learning_rate 0.1, 400-200"), "learning_rate 0.1, 400-200");
  assert.equal(
    escapeMarkdown("a|b *c* `d` <img> [e](f) _g_ \\ ~h~ $i$"),
    "a\\|b \\*c\\* \\`d\\` \\<img\\> \\[e\\](f) \\_g\\_ \\\\ \\~h\\~ \\$i\\$",
  );
  assert.equal(escapeMarkdown("R&D &amp; &#60;"), "R&D \\&amp; \\&#60;");
  assert.equal(escapeMarkdown("one\r\n two"), "one two");
});

Deno.test("a code block keeps backticks in", () => {
  assert.equal(codeBlock("x: 1\n\n", "yaml"), "```yaml\nx: 1\n```");
  assert.equal(codeBlock("```\nx"), "````\n```\nx\n````");
});

Deno.test("a table is padded and aligned, and a | in a cell does not end it", () => {
  const columns = [{ title: "name" }, { title: "n", align: "right" }] as const;
  assert.equal(
    markdownTable(columns, [["a|b", "10"], ["c\\|d", "9"]]),
    [
      "| name |   n |",
      "| ---- | --: |",
      "| a\\|b |  10 |",
      "| c\\|d |   9 |",
    ].join("\n"),
  );
  assert.throws(() => markdownTable(columns, [["a", "b", "c"]]), {
    name: "TypeError",
    message: "Cannot write a table: each row must have 2 cells, found 3",
  });
});

Deno.test("numbers have four significant digits, accuracies are percentages", () => {
  assert.deepEqual([0.123456, 2.3, 1.5e-7, 0, null].map(formatLoss), [
    "0.1235",
    "2.300",
    "1.500e-7",
    "0.000",
    "–",
  ]);
  assert.deepEqual([0.9735, 1, 0, 0.98765432, null].map(formatPercent), [
    "97.35%",
    "100.00%",
    "0.00%",
    "98.77%",
    "–",
  ]);
  assert.deepEqual([0, 999, 1000, 48000, 1234567].map(formatCount), [
    "0",
    "999",
    "1,000",
    "48,000",
    "1,234,567",
  ]);
  assert.deepEqual([0, 1, 2000].map((n) => formatCounted(n, "trial")), [
    "0 trials",
    "1 trial",
    "2,000 trials",
  ]);
});
