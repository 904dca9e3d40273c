import assert from "node:assert/strict";
import { decode, encode } from "fast-png";
import { palettePng } from "../../tools/pictures/palette_png.ts";
import { screens, screenSvg } from "../../tools/pictures/terminal_svg.ts";

Deno.test("a terminal's screen is a picture in which text is text, at its columns and in its colours", async () => {
  const parts = [
    "one\r\n\x1b[31merror:\x1b[39m a<b & \x1b[1mbold\x1b[0m",
    "\r\x1b[1A\x1b[Ktwo ███ 5\x1b[?7h",
  ];
  const [before, after] = await screens(parts, 40);
  assert.deepEqual(before.rows.map((runs) => runs.map(({ column, text }) => [column, text])), [
    [[0, "one"]],
    [[0, "error:"], [7, "a<b &"], [13, "bold"]],
  ]);
  assert.deepEqual(after.rows[0].map(({ column, text }) => [column, text]), [[0, "two"], [4, "███"], [
    8,
    "5",
  ]]);
  const svg = screenSvg(after, { command: "deno task sweep", title: "a <title>" });
  assert.match(svg, /<title>a &lt;title&gt;<\/title>/);
  assert.match(svg, /<text [^>]*>deno task sweep<\/text>/);
  assert.match(svg, /<text [^>]*fill="#ff7b72"[^>]*>error:<\/text>/);
  assert.match(svg, /<text [^>]*font-weight="bold"[^>]*>bold<\/text>/);
  assert.match(svg, /<text [^>]*>a&lt;b &amp;<\/text>/);
  // Three blocks are one bar of three columns.
  assert.match(svg, /<rect x="47.3" [^>]*width="23.5"/);
});

Deno.test("a screenshot of few colours keeps each, one of many the most frequent", () => {
  const few = Uint8Array.of(255, 255, 255, 0, 0, 0, 200, 30, 40, 0, 114, 178);
  const kept = decode(palettePng(encode({ width: 2, height: 2, data: few, channels: 3, depth: 8 })));
  assert.deepEqual([...kept.data].map((i) => kept.palette?.[i]), [[255, 255, 255], [0, 0, 0], [200, 30, 40], [
    0,
    114,
    178,
  ]]);
  const many = new Uint8Array(3 * 64 * 64).map((_, i) => (i * 37) % 256);
  const cut = decode(palettePng(encode({ width: 64, height: 64, data: many, channels: 3, depth: 8 })));
  assert.ok((cut.palette?.length ?? 0) <= 256);
});
