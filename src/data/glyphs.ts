/**
 * One way to write a digit: pen strokes, each a chain of cubic Béziers as x, y pairs (anchor, handle, handle, anchor,
 * handle, handle, anchor, ...), in a box of 100 x 100 with y downwards.
 */
type Glyph = readonly Float64Array[];

/** SVG path data (absolute M, L, Q and C), to be read and changed in any vector editor. */
const PATHS: readonly (readonly string[])[] = [
  [
    "M50 0 C22 0 15 28 15 50 C15 76 25 100 50 100 C77 100 85 74 85 50 C85 26 76 0 50 0",
    "M62 4 C34 -6 18 26 20 56 C22 86 40 104 58 98 C78 90 86 60 80 34 C76 12 60 0 44 8",
    "M34 8 C14 26 14 74 32 94 C50 108 78 90 82 54 C86 18 62 -6 42 4",
  ],
  [
    "M50 0 L50 100",
    "M28 24 Q44 16 54 0 L52 100",
    "M30 22 L54 0 L54 98 M28 99 L80 98",
    "M56 0 C52 34 48 68 46 100",
  ],
  [
    "M18 26 C20 -2 80 -8 80 28 C80 54 42 74 16 98 L86 98",
    "M20 22 C26 -4 78 -6 76 28 C74 58 48 86 30 96 C12 104 8 82 26 82 C46 82 62 104 88 94",
    "M22 14 C48 -10 88 2 78 36 C70 58 42 78 18 96 C40 88 62 90 84 96",
    "M16 10 C40 -2 74 0 74 20 C74 46 36 76 20 98 L84 94",
  ],
  [
    "M20 12 C44 -8 82 0 76 26 C72 42 56 48 42 48 C64 48 84 56 82 76 C78 104 36 106 16 88",
    "M20 4 L78 4 L46 42 C74 40 88 58 82 78 C74 104 34 104 16 88",
    "M22 14 C44 -8 80 0 74 26 C70 44 52 54 42 50 C38 44 48 40 56 46 C74 54 86 62 80 80 C72 102 34 104 18 88",
  ],
  [
    "M26 2 C24 22 18 40 20 56 C40 60 62 58 86 54 M70 20 C70 48 66 76 64 100",
    "M64 100 L66 0 L14 66 L90 66",
    "M32 0 L16 56 L84 56 M66 26 L60 100",
    "M28 4 C20 26 14 52 32 56 C52 58 68 40 74 8 C72 40 68 70 66 100",
  ],
  [
    "M78 4 L30 4 L24 44 C50 32 84 42 82 70 C80 102 36 106 16 90",
    "M32 8 C30 20 26 34 26 46 C48 36 82 44 80 70 C76 104 34 102 18 90 M32 8 L82 2",
    "M78 4 C52 -2 28 6 28 26 C30 46 80 44 78 72 C76 98 40 106 18 90",
  ],
  [
    "M68 2 C38 14 18 46 20 72 C22 98 50 104 68 94 C88 82 82 54 58 52 C38 52 26 64 22 78",
    "M56 0 C38 20 22 52 24 78 C28 104 68 106 74 82 C78 58 44 50 26 76",
    "M78 8 C48 -4 20 34 20 68 C20 96 44 106 62 96 C80 86 78 60 58 58 C40 56 26 70 24 84",
  ],
  [
    "M16 6 L84 6 C66 36 50 66 42 100",
    "M16 8 C38 2 62 2 84 6 C68 34 52 66 40 100 M30 52 L76 48",
    "M18 26 L20 6 L82 4 C64 30 52 64 50 100",
    "M16 10 C40 14 66 10 80 4 C72 38 62 70 58 100",
  ],
  [
    "M74 14 C60 -6 24 -4 26 20 C28 42 78 52 76 78 C74 104 24 106 24 80 C24 56 72 44 74 14",
    "M50 46 C22 44 22 0 50 0 C78 0 78 44 50 46 C14 50 14 100 50 100 C86 100 86 50 50 46",
    "M82 8 C60 -6 28 -2 28 22 C30 44 74 56 72 80 C68 104 26 102 28 78 C30 56 66 40 80 14",
  ],
  [
    "M76 22 C68 -4 22 -4 22 28 C22 58 66 58 76 24 C76 52 74 76 66 100",
    "M78 14 C60 -8 20 2 22 32 C24 58 66 54 78 16 L72 100",
    "M76 24 C66 -4 20 -2 22 28 C24 56 68 54 77 24 C80 58 76 88 58 98 C46 104 30 100 24 88",
  ],
];

/** The ways to write each digit, 0 to 9. */
export const GLYPHS: readonly (readonly Glyph[])[] = PATHS.map((paths) => paths.map(parsePath));

function parsePath(path: string): Glyph {
  const strokes: number[][] = [];
  for (const [, command, list] of path.matchAll(/([MLQC])([^MLQC]*)/g)) {
    const p = list.trim().split(/\s+/).map(Number);
    if (command === "M") strokes.push(p);
    else strokes[strokes.length - 1].push(...asCubic(command, strokes[strokes.length - 1].slice(-2), p));
  }
  return strokes.map((stroke) => Float64Array.from(stroke));
}

/** The three further points of the cubic that begins at `from`: lines and quadratics raised in degree. */
function asCubic(command: string, [x, y]: number[], p: number[]): number[] {
  if (command === "C") return p;
  const third = (a: number, b: number) => a + (b - a) / 3;
  if (command === "L") return [third(x, p[0]), third(y, p[1]), third(p[0], x), third(p[1], y), ...p];
  const [qx, qy, endX, endY] = p;
  return [third(qx, x), third(qy, y), third(qx, endX), third(qy, endY), endX, endY];
}
