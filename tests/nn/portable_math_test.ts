import assert from "node:assert/strict";

/** Folders whose numbers are hashed or compared. */
const FOLDERS = ["../../src/random/", "../../src/nn/", "../../src/data/"];
/** Of Math, what IEEE 754 or ECMAScript determines to the last bit. */
const EXACT = [
  "abs",
  "ceil",
  "clz32",
  "floor",
  "fround",
  "imul",
  "max",
  "min",
  "round",
  "sign",
  "sqrt",
  "trunc",
];

const COMMENT_OR_STRING = /\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;

/**
 * Where a source uses Math beyond what is exact, or `**`; powers of two by a literal and those of BigInt are exact. AssemblyScript's own
 * Math and Mathf are meant too. Comments and strings do not count; templates do, for there is code in them.
 */
function findInexactMath(source: string): string[] {
  const code = source.replace(COMMENT_OR_STRING, (text) => text.replace(/[^\n]/g, " "));
  const exact = new RegExp(`^\\.(?:${EXACT.join("|")})\\b`);
  return code.split("\n").flatMap((line, i) => {
    const found: string[] = [];
    for (const { 0: name, index } of line.matchAll(/\b(?:Native)?Mathf?\b/g)) {
      const rest = line.slice(index + name.length);
      if (name !== "Math" || !exact.test(rest)) found.push(name + (/^\.\w+/.exec(rest)?.[0] ?? ""));
    }
    const powers = line.replace(/(?<![\w.])2 ?\*\* ?-?\d+\b(?!\.)/g, "").replace(/\*\*=? ?\d+n\b/g, "");
    found.push(...powers.match(/\*\*/g) ?? []);
    return found.map((what) => `${i + 1}: ${what}`);
  });
}

function sourcesIn(folder: URL): URL[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    if (isDirectory) return sourcesIn(new URL(`${name}/`, folder));
    return name.endsWith(".ts") ? [new URL(name, folder)] : [];
  });
}

Deno.test("random, nn and data use no function of Math that engines round differently, and no power", () => {
  const sources = FOLDERS.flatMap((folder) => sourcesIn(new URL(folder, import.meta.url)));
  assert.ok(sources.length > 30);
  const found = sources.flatMap((source) =>
    findInexactMath(Deno.readTextFileSync(source)).map((where) => `${source.pathname}:${where}`)
  );
  assert.deepEqual(found, []);
});

Deno.test("the finder of inexact mathematics finds it, and leaves comments and exact functions alone", () => {
  const functions =
    "exp log log2 log10 log1p expm1 sin cos tan asin acos atan atan2 sinh cosh tanh pow hypot cbrt";
  for (const name of functions.split(" ")) {
    assert.deepEqual(findInexactMath(`\nconst y = Math.${name}(x);`), [`2: Math.${name}`]);
  }
  assert.deepEqual(findInexactMath("const { exp } = Math;"), ["1: Math"]);
  assert.deepEqual(findInexactMath("Math[name](x) + globalThis.Math.tanh(x)"), ["1: Math", "1: Math.tanh"]);
  assert.deepEqual(findInexactMath("NativeMath.exp(x); Mathf.exp(x)"), ["1: NativeMath.exp", "1: Mathf.exp"]);
  assert.deepEqual(findInexactMath("x ** 0.5; x **= y; x ** 2; 2 ** x"), [
    "1: **",
    "1: **",
    "1: **",
    "1: **",
  ]);
  assert.deepEqual(findInexactMath("2 ** 0.5; 1.2 ** 3; 12 ** 3"), ["1: **", "1: **", "1: **"]);
  assert.deepEqual(findInexactMath("2 ** 31; 2 ** -149; big ** 2n"), []);
  assert.deepEqual(findInexactMath("`${Math.exp(1)}`"), ["1: Math.exp"]);
  assert.deepEqual(findInexactMath("/** Math.exp\n 2**32 */ f(); // x ** y\n'Math.exp'; Math.log(x)"), [
    "3: Math.log",
  ]);
  assert.deepEqual(findInexactMath(`"// not a comment"; Math.exp(x)`), ["1: Math.exp"]);
  assert.deepEqual(findInexactMath("Math.sqrt(x) + Math.max(x, Math.fround(y))"), []);
});
