import assert from "node:assert/strict";
import fc from "fast-check";
import { readCount, readDecimal } from "../../src/text/decimal.ts";

/** The same by a pattern and Number(), which the engine's own tests vouch for. */
function read(text: string): number | undefined {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))
    ? Number(text)
    : undefined;
}

Deno.test("a decimal number is read as Number() reads it, bit for bit, and nothing else is one", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), maxLength: 20 });
  const sign = fc.constantFrom("", "-", "+");
  const written = fc.tuple(sign, digits, fc.option(digits), fc.option(fc.tuple(sign, digits)), fc.boolean())
    .map(([sign, whole, decimals, exponent, upper]) =>
      sign + whole + (decimals === null ? "" : `.${decimals}`) +
      (exponent === null ? "" : `${upper ? "E" : "e"}${exponent[0]}${exponent[1].slice(0, 4)}`)
    );
  const any = fc.string({ unit: fc.constantFrom(..."0123456789.-+eE x,"), maxLength: 8 });
  const float = fc.double().map(String);
  fc.assert(
    fc.property(fc.oneof(written, any, float), (text) => {
      assert.ok(Object.is(readDecimal(text), read(text)), text);
      const isCount = /^\d+$/.test(text) && Number.isSafeInteger(Number(text));
      assert.ok(Object.is(readCount(text), isCount ? Number(text) : undefined), text);
    }),
    { numRuns: 20_000 },
  );
});

Deno.test("decimal numbers at the edges of what is exact", () => {
  const edges =
    "0 -0 0.0 -0.0 999999999999999 9999999999999999 9007199254740993 0.1 0.30000000000000004 1e22 1e23 1e308 1e309 5e-324 " +
    "4.35 0.000000000000001 123456789012345.6 1.7976931348623157e308 00012.50 . 1. .5 - -. e5 1e 1e+ 1e5.5 0x10 1_0 Infinity NaN ١";
  for (const text of ["", " 1", "1 ", ...edges.split(" ")]) {
    assert.ok(Object.is(readDecimal(text), read(text)), JSON.stringify(text));
  }
  assert.deepEqual(["9007199254740991", "9007199254740992", "007", ""].map(readCount), [
    Number.MAX_SAFE_INTEGER,
    undefined,
    7,
    undefined,
  ]);
});
