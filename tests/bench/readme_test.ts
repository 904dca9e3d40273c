import assert from "node:assert/strict";

const read = (path: string) => Deno.readTextFile(new URL(`../../${path}`, import.meta.url));

Deno.test("the table of speed in the README is the bench's own", async () => {
  const [readme, results] = await Promise.all([read("README.md"), read("bench/results.md")]);
  const section = readme.split(/^(?=## )/m).find((text) => text.startsWith("## Speed")) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  assert.ok(rows.length > 4, "the section Speed must have a table");
  const measured = results.split("\n").map(cells);
  for (const row of rows.map(cells)) assert.ok(measured.includes(row), `${row} is not in bench/results.md`);
  const machine = /^- (.*)$/m.exec(results)?.[1] ?? "no machine";
  assert.ok(section.replaceAll("\n", " ").includes(machine), `the section must name ${machine}`);
});

/** A table's row, whatever its columns' widths: `deno fmt` pads them. */
function cells(line: string): string {
  return line.split("|").map((cell) => cell.trim()).join("|").replaceAll(/-+/g, "-");
}
